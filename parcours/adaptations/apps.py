from django.apps import AppConfig


class AdaptationsConfig(AppConfig):
    name = "parcours.adaptations"
    label = "adaptations"
    verbose_name = "adaptations"
