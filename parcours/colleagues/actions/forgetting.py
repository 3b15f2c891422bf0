from django.db import transaction
from django.utils import timezone

from parcours.colleagues.models import EnrolmentList, Invitation, ListLine


@transaction.atomic
def forget_person(person):
    """Somebody's account was erased: no list names them any more, no invitation waits for them."""
    lines = ListLine.objects.filter(person=person)
    lines.update(person=None, first_name="", last_name="", email="", extra="", faults=[], note="")
    Invitation.objects.filter(person=person).delete()


@transaction.atomic
def forget_lines(found):
    """A report that served its time keeps its figures and no name."""
    found.lines.all().delete()
    EnrolmentList.objects.filter(pk=found.pk).update(source="", forgotten_at=timezone.now())
