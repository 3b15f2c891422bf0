from django.apps import AppConfig


class PilotageConfig(AppConfig):
    name = "lms.pilotage"
    label = "pilotage"
    verbose_name = "pilotage"
