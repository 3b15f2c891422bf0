from django.apps import AppConfig


class HabilitationConfig(AppConfig):
    name = "certification.habilitation"
    label = "habilitation"
    verbose_name = "habilitation Aidants Connect"

    def ready(self):
        from certification.habilitation import indicators  # noqa: F401
