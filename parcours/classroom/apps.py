from django.apps import AppConfig


class ClassroomConfig(AppConfig):
    name = "parcours.classroom"
    label = "classroom"
    verbose_name = "sessions en direct"
