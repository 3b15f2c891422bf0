from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "certification.funding"
    label = "funding"
    verbose_name = "demandes de prise en charge"

    def ready(self):
        from certification.funding import permissions, receivers  # noqa: F401  (receivers listen)
        from certification.funding.documents import people
        from certification.funding.documents.piles import waiting_count
        from certification.habilitation.documents.handing import register as register_export
        from lms.site.menus import Entry, Space, StructurePage, register
        from parcours.classroom.documents import Tab, register_tab

        officer, space = permissions.can_decide_somewhere, "Espace financement"
        register(Space(space, "funding:home", officer, icon="euro", order=40))
        register(Entry(space, "Dossiers", "funding:home", officer, order=10, detail=waiting_count))
        register(Entry(space, "Bordereaux de paiement", "funding:bordereaux", officer, order=12))
        register(Entry(space, "Équipe", "funding:team", officer, order=15))
        register(Entry(space, "Fichiers à télécharger", "funding:people_file", officer, order=17))
        register(Entry(space, "Règles", "funding:rules", officer, order=20))
        register(
            Entry(
                "Espace formation",
                "Qualiopi et déclaration d’activité",
                "funding:credentials",
                permissions.can_manage_training,
                order=32,
            )
        )
        register(
            StructurePage("Prises en charge", "funding:employer_list", permissions.can_keep_for_employer, order=45)
        )
        for one in people.FILES.values():
            register_export(one)
        register_tab(Tab("Prises en charge", "funding:training_list", permissions.can_keep_for_session, order=55))
