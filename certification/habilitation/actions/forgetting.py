"""What `privacy.py` promises: what is erased with a person, and what is forgotten with time."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from certification.habilitation.models import (
    ExternalId,
    Fact,
    Habilitation,
    HandOver,
    ImportedFile,
    ImportedLine,
    Merge,
)
from lms.accounts.models import Person
from lms.kernel.files import gone_with_commit
from lms.kernel.journal import record, record_many
from lms.kernel.terms import define_years, kept_from

BATCH = 500

FILE_DAYS = 365
ERASED = "effacé avec le compte"
OUTLIVED = "effacé à son terme"
KEPT = define_years(
    "habilitation.facts_years",
    "durée de conservation de ce qui accompagne les faits vers l’habilitation, en années après le dernier "
    "(six, comme les preuves d’une session ; à confirmer)",
    6,
)
REGISTER = define_years(
    "habilitation.register_years",
    "durée de conservation du registre des remises et des fusions, en années (six, à confirmer)",
    6,
)


@transaction.atomic
def forget_person(person, addresses=()) -> None:
    """`addresses`: those by which lines that were matched with nobody may still name the person."""
    _erase_details([person.pk], ERASED)
    Habilitation.objects.filter(person=person).update(external_id="")
    ImportedLine.objects.naming(person, addresses).update(values={}, sentences=[], candidates=[])
    ExternalId.objects.filter(person=person).delete()


@transaction.atomic
def forget_old_files(now=None) -> int:
    """The bytes and the values of the files received more than a year ago; gives how many."""
    before = (now or timezone.now()) - timedelta(days=FILE_DAYS)
    old = list(ImportedFile.objects.filter(received_at__lt=before).exclude(content=""))
    for one in old:
        one.lines.update(values={}, sentences=[], candidates=[])
        erase_file(one, "content")
    return len(old)


def erase_file(row, name):
    type(row).objects.filter(pk=row.pk).update(**{name: ""})
    gone_with_commit(getattr(row, name))


def forget_outlived(today) -> int:
    """What goes with the facts of people of whom nothing was recorded for years, and the old lines of the registers.

    The dated facts stay: an habilitation lasts, and the figures are made of them. Gives how many people lost something.
    """
    before = kept_from(KEPT.code, today)
    people = list(_silent_since(before).values_list("pk", flat=True))
    for start in range(0, len(people), BATCH):
        with transaction.atomic():
            batch = people[start : start + BATCH]
            _erase_details(batch, OUTLIVED)
            record_many("habilitation.forget_outlived", Person.objects.filter(pk__in=batch).order_by("pk"))
    _forget_registers(kept_from(REGISTER.code, today))
    return len(people)


def _silent_since(before):
    """Who still has something to erase, and no fact on or after that day."""
    facts = Fact.objects.filter(person=OuterRef("pk"))
    detailed = facts.filter(~Q(proof="") | Q(score__isnull=False) | ~Q(note__in=("", ERASED, OUTLIVED)))
    lately = facts.filter(Q(on__gte=before) | Q(declared_at__date__gte=before))
    told = Habilitation.objects.filter(person=OuterRef("pk")).exclude(profession="", exit_note="")
    known = Habilitation.objects.filter(person=OuterRef("pk"), created_at__date__gte=before)
    return Person.objects.filter(Exists(detailed) | Exists(told), ~Exists(lately), ~Exists(known)).order_by("pk")


@transaction.atomic
def _forget_registers(before):
    for model in (HandOver, Merge):
        for one in model.objects.filter(at__date__lt=before).order_by("pk"):
            record("habilitation.forget_register", one)
            one.delete()


def _erase_details(people, note):
    """The results, the proofs, the reasons and the profession; never a date."""
    facts = Fact.objects.filter(person__in=people)
    for fact in facts.exclude(proof=""):
        erase_file(fact, "proof")
    facts.exclude(note="").update(note=note)
    facts.update(score=None)
    Habilitation.objects.filter(person__in=people).update(profession="", exit_note="")
