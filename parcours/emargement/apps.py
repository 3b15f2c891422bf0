from django.apps import AppConfig


class EmargementConfig(AppConfig):
    name = "parcours.emargement"
    label = "emargement"
    verbose_name = "émargement"
