from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KernelConfig(AppConfig):
    name = "lms.kernel"
    label = "kernel"
    verbose_name = "socle"

    def ready(self):
        from lms.kernel import checks, rules  # noqa: F401  (registered checks; a receiver drops remembered values)

        autodiscover_modules("tasks")
