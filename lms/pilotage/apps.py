from django.apps import AppConfig


class PilotageConfig(AppConfig):
    name = "lms.pilotage"
    label = "pilotage"
    verbose_name = "pilotage"

    def ready(self):
        from lms.kernel import consistency
        from lms.pilotage import receivers  # noqa: F401  (it listens)
        from lms.pilotage.actions import check
        from lms.pilotage.permissions import can_read_boards
        from lms.site.menus import Entry, Space, register

        space = "Espace pilotage"
        register(Space(space, "pilotage:board", can_read_boards, order=55))
        register(Entry(space, "Où en sommes-nous ?", "pilotage:board", can_read_boards, order=10))
        register(Entry(space, "Indicateurs et listes", "pilotage:definitions", can_read_boards, order=80))
        register(Entry(space, "Structures", "organisations:organisations", can_read_boards, order=70))
        advice = "« check_consistency --repair » recompte."
        consistency.register(consistency.Check("pilotage", "ligne(s) et compte(s)", advice, check))
