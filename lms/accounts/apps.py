from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lms.accounts"
    label = "accounts"
    verbose_name = "comptes"

    def ready(self):
        from lms.accounts import receivers  # noqa: F401
