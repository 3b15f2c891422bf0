from parcours.colleagues.views.checking import check, discard
from parcours.colleagues.views.confirming import confirm, report, take_up
from parcours.colleagues.views.giving import choose, give
from parcours.colleagues.views.invitations import invitation
from parcours.colleagues.views.register import export, export_file, order_export, register, remind, write_again

__all__ = [
    "check",
    "choose",
    "confirm",
    "discard",
    "export",
    "export_file",
    "give",
    "invitation",
    "order_export",
    "register",
    "remind",
    "report",
    "take_up",
    "write_again",
]
