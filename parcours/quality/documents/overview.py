"""What the first page of quality says of each register: how many lines, and what is to be done."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from lms.kernel.formats import number
from lms.organisations.queries import today
from parcours.quality.models import Complaint, Improvement, TrainerDocument


@dataclass(frozen=True)
class Drawer:
    title: str
    url: str
    text: str
    detail: str


def drawer_of(register, person) -> Drawer:
    count = register.visible_to(person).count()
    said = f"{number(count)} ligne{'s' if count > 1 else ''}" if count else "aucune ligne"
    late = LATE[register.slug](person) if register.slug in LATE else 0
    detail = f"{said}, dont {number(late)} en retard" if late else said
    return Drawer(register.label, reverse("quality:register", args=[register.slug]), register.lead, detail)


def complaints_drawer(person) -> Drawer:
    waiting = Complaint.objects.visible_to(person).waiting().count()
    late = Complaint.objects.visible_to(person).late(timezone.now()).count()
    said = f"{number(waiting)} en attente" if waiting else "aucune en attente"
    text = "Reçues par le pied de chaque page : répondre, clore, et dire ce qui change."
    url = reverse("quality:complaints")
    return Drawer("Réclamations", url, text, f"{said}, dont {number(late)} en retard" if late else said)


def _late_improvements(person):
    found = Improvement.objects.visible_to(person).standing()
    return found.filter(state=Improvement.State.TODO, due_on__lt=today()).count()


def _documents_to_renew(person):
    return TrainerDocument.objects.visible_to(person).standing().filter(expires_on__lt=today()).count()


LATE = {"ameliorations": _late_improvements, "formateurs": _documents_to_renew}
