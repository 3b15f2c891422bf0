from django.apps import AppConfig


class ColleaguesConfig(AppConfig):
    name = "parcours.colleagues"
    label = "colleagues"
    verbose_name = "collègues d’une structure"
