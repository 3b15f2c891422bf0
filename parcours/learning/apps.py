from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "parcours.learning"
    label = "learning"
    verbose_name = "suivi des parcours"
