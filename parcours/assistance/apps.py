from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "parcours.assistance"
    label = "assistance"
    verbose_name = "questions et réponses"
