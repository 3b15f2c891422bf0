"""What `privacy.py` promises: what is erased with a person, and what is forgotten with time."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from certification.habilitation.documents.imports.plans import ERASED as ERASED_LINE
from certification.habilitation.lifecycle import Outcome
from certification.habilitation.models import (
    ExternalId,
    Fact,
    Habilitation,
    HandOver,
    ImportedFile,
    ImportedLine,
    Merge,
    Refusal,
)
from certification.habilitation.models.refusal import digests_of
from lms.accounts.models import Person
from lms.kernel.files import gone_with_commit
from lms.kernel.journal import record, record_many
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.terms import define_years, kept_from

BATCH = 500

FILE_DAYS = 365
ERASED = "effacé avec le compte"
OUTLIVED = "effacé à son terme"
NOTHING_REFUSED = (
    "Aucune personne effacée n’a cette adresse ni cet identifiant : vérifiez-les, ou demandez l’autre des deux."
)
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
REFUSED = define_years(
    "habilitation.refusal_years",
    "durée de conservation de l’empreinte qui empêche un fichier de faire revenir une personne effacée à sa demande, "
    "en années après l’effacement (dix, à confirmer)",
    10,
)


@transaction.atomic
def forget_person(person, addresses=()) -> None:
    """`addresses`: those by which lines that were matched with nobody may still name the person."""
    _erase_details([person.pk], ERASED)
    _refuse_files(person, addresses)
    _erase_lines(person, addresses)
    Habilitation.objects.filter(person=person).update(external_id="")
    ExternalId.objects.filter(person=person).delete()


def _refuse_files(person, addresses):
    """By what a file would name them from now on, in digests alone."""
    known = ExternalId.objects.filter(person=person).values_list("value", flat=True)
    followed = Habilitation.objects.filter(person=person).exclude(external_id="").values_list("external_id", flat=True)
    rows = [Refusal(person=person, digest=digests_of(one)[0]) for one in {*addresses, *known, *followed}]
    Refusal.objects.bulk_create(rows, ignore_conflicts=True)


def _erase_lines(person, addresses):
    """What files said of them; a line that waits to be recorded, or for somebody, does nothing more."""
    lines = list(ImportedLine.objects.naming(person, addresses).order_by("pk").values_list("pk", flat=True))
    named = ImportedLine.objects.filter(pk__in=lines)
    named.update(values={}, sentences=[], candidates=[])
    pending = list(named.pending().select_related("file"))
    ImportedLine.objects.filter(pk__in=[one.pk for one in pending]).update(
        outcome=Outcome.ERASED, sentences=[ERASED_LINE]
    )
    for file in {one.file_id: one.file for one in pending}.values():
        ImportedFile.objects.filter(pk=file.pk).update(counts=file.lines.by_outcome())


@transaction.atomic
def lift_refusals(value, *, by) -> None:
    """The person asked to come back: files may name them again. Raises TransitionRefused when nothing is refused."""
    found = Refusal.objects.of_one_human_being(digests_of(value))
    people = list(Person.objects.filter(pk__in=found.values("person")).order_by("pk"))
    if not people:
        raise TransitionRefused([NOTHING_REFUSED])
    found.delete()
    for one in people:
        record("habilitation.lift_refusals", one, by=by)


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
    Refusal.objects.filter(at__date__lt=kept_from(REFUSED.code, today)).delete()
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
