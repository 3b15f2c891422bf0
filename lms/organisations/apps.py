from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "lms.organisations"
    label = "organisations"
    verbose_name = "organisations"

    def ready(self):
        from lms.accounts.second_factor import register_level
        from lms.organisations.permissions import answers_for_a_structure, can_list_organisations, second_factor_level
        from lms.site.menus import Space, register

        register_level(second_factor_level)
        register(Space("Espace structure", "organisations:structures", answers_for_a_structure, order=20))
        register(Space("Espace pilotage", "organisations:organisations", can_list_organisations, order=60))
