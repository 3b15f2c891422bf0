from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "parcours.assessment"
    label = "assessment"
    verbose_name = "évaluation"
