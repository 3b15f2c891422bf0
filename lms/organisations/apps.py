from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "lms.organisations"
    label = "organisations"
    verbose_name = "organisations"

    def ready(self):
        from lms.accounts.second_factor import register_level
        from lms.organisations.permissions import second_factor_level

        register_level(second_factor_level)
