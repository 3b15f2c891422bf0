from django.utils import timezone

from lms.kernel.formats import NBSP, date_long, number
from lms.kernel.tables import write
from parcours.quality.models import Complaint

HEADINGS = (
    "Numéro",
    "Objet",
    "À quel titre",
    "Reçue le",
    "Annoncée pour le",
    "Répondue le",
    "Jours",
    "Close le",
    "État",
)


def write_complaints(out, form, found) -> None:
    """Dates and delays, never what was written nor by whom."""
    write(out, form, HEADINGS, map(_row, found.iterator(chunk_size=500)), title="Réclamations")


def _row(one):
    days = [at and timezone.localdate(at) for at in (one.received_at, one.due_at, one.answered_at, one.closed_at)]
    received, due, answered, closed = days
    told = (one.number, one.subject, one.get_capacity_display(), received, due, answered, one.days_taken, closed)
    return (*told, "en retard" if one.is_late() else one.get_state_display())


def waiting_complaints(person) -> str:
    """« 2 en attente », of those a person answers for; nothing when none is."""
    count = Complaint.objects.visible_to(person).waiting().count()
    return f"{number(count)}{NBSP}en{NBSP}attente" if count else ""


def due_sentence(complaint) -> str:
    """« Réponse annoncée au plus tard mardi 24 novembre 2026 »."""
    return f"Réponse annoncée au plus tard {date_long(timezone.localtime(complaint.due_at))}"
