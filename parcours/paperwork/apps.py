from django.apps import AppConfig


class PaperworkConfig(AppConfig):
    name = "parcours.paperwork"
    label = "paperwork"
    verbose_name = "documents d’une session"
