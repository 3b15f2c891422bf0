from django.apps import AppConfig


class HabilitationConfig(AppConfig):
    name = "certification.habilitation"
    label = "habilitation"
    verbose_name = "habilitation Aidants Connect"

    def ready(self):
        from certification.habilitation import indicators, receivers  # noqa: F401
        from certification.habilitation.actions import audit, told_of_departure
        from certification.habilitation.documents.remaining import has_habilitation, lines_of, ways_onward
        from certification.habilitation.documents.waiting import beside_doubts, beside_queue
        from certification.habilitation.permissions import can_follow_people, can_steer, notes_presences
        from lms.kernel import consistency
        from lms.organisations.engine import departures
        from lms.site.menus import Entry, StructurePage, register
        from parcours.learning.engine import onward, waiting

        training = "Espace formation"
        steering, about = "Espace pilotage", "ce qui est fait, ce qui reste, et qui le fait"
        register(Entry("Mon espace", "Mon habilitation", "habilitation:mine", has_habilitation, order=6, about=about))
        register(StructurePage("Habilitations", "habilitation:structure", can_follow_people, order=35))
        register(Entry(training, "Présences hors plateforme", "habilitation:presences", notes_presences, 63))
        register(Entry(steering, "Déclarations à vérifier", "habilitation:queue", can_steer, 40, detail=beside_queue))
        register(Entry(steering, "Lignes à rapprocher", "habilitation:doubts", can_steer, 42, detail=beside_doubts))
        register(Entry(steering, "Doublons", "habilitation:duplicates", can_steer, 44))
        register(Entry(steering, "Fichiers reçus", "habilitation:pilotage_files", can_steer, 46))
        register(Entry(steering, "Fichiers à remettre", "habilitation:pilotage_exports", can_steer, 48))
        register(Entry(training, "Fichiers reçus", "habilitation:formation_files", notes_presences, 64))
        register(Entry(training, "Fichiers à remettre", "habilitation:formation_exports", notes_presences, 65))
        register(Entry(steering, "Campagnes", "habilitation:campagnes", can_steer, 60))
        waiting.register(lines_of)
        onward.register(ways_onward)
        departures.register(told_of_departure)
        advice = "« check_consistency --repair » les dérive de nouveau."
        consistency.register(consistency.Check("habilitation", "habilitation(s)", advice, audit))
