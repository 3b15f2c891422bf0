from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "lms.organisations"
    label = "organisations"
    verbose_name = "organisations"

    def ready(self):
        from lms.accounts.second_factor import register_level
        from lms.organisations.permissions import (
            answers_for,
            answers_for_a_structure,
            can_list_organisations,
            second_factor_level,
        )
        from lms.site.menus import Space, StructurePage, register

        register_level(second_factor_level)
        register(Space("Espace structure", "organisations:structures", answers_for_a_structure, order=20))
        register(StructurePage("Personnes de la structure", "organisations:members", answers_for, order=30))
        register(Space("Espace pilotage", "organisations:organisations", can_list_organisations, order=60))
