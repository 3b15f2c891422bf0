from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "parcours.learning"
    label = "learning"
    verbose_name = "suivi des parcours"

    def ready(self):
        from lms.kernel import calendars, consistency
        from lms.site.menus import Entry, Space, register
        from parcours.assistance.engine import following
        from parcours.learning import permissions, receivers  # noqa: F401  (a receiver listens)
        from parcours.learning.actions import audit
        from parcours.learning.documents import dates_of
        from parcours.learning.documents.following import following_of

        register(Space("Espace formation", "learning:issued_papers", permissions.can_list_issued_papers, order=30))
        register(
            Entry("Espace formation", "Éditions et diffusion", "learning:editions", permissions.can_list_editions, 50)
        )
        register(Entry("Mon espace", "Accueil de mon espace", "learning:home", permissions.can_enrol, order=0))
        trains = permissions.can_list_learners
        register(Entry("Espace formation", "Apprenants et relevés", "learning:learners", trains, order=15))
        may_read = permissions.can_list_issued_papers
        register(Entry("Espace formation", "Attestations délivrées", "learning:issued_papers", may_read, order=55))
        for label, name, allowed, order, about in (
            ("Mes attestations", "papers", permissions.has_finished, 10, "à lire, à télécharger, à faire vérifier"),
            ("Mes compétences", "competences", permissions.follows, 30, "ce que vous avez travaillé, avec les faits"),
            (
                *("Calendrier et rappels", "calendar", permissions.follows, 60),
                "vos moments, votre agenda, un rappel par semaine au plus",
            ),
        ):
            register(Entry("Mon espace", label, f"learning:{name}", allowed, order, about=about))
        calendars.register(dates_of)
        following.register(following_of)
        advice = "« rebuild_progress » refait la progression."
        consistency.register(consistency.Check("learning", "inscription(s)", advice, audit))
