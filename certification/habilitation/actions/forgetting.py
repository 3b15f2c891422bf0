"""What `privacy.py` promises: what is erased with a person, and what is forgotten with time."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from certification.habilitation.models import ExternalId, Fact, Habilitation, ImportedFile, ImportedLine

FILE_DAYS = 365
ERASED = "effacé avec le compte"


@transaction.atomic
def forget_person(person, addresses=()) -> None:
    """`addresses`: those by which lines that were matched with nobody may still name the person."""
    facts = Fact.objects.filter(person=person)
    for fact in facts.exclude(proof=""):
        _erase_file(fact, "proof")
    facts.exclude(note="").update(note=ERASED)
    facts.update(score=None)
    Habilitation.objects.filter(person=person).update(profession="", external_id="", exit_note="")
    ImportedLine.objects.naming(person, addresses).update(values={}, sentences=[], candidates=[])
    ExternalId.objects.filter(person=person).delete()


@transaction.atomic
def forget_old_files(now=None) -> int:
    """The bytes and the values of the files received more than a year ago; gives how many."""
    before = (now or timezone.now()) - timedelta(days=FILE_DAYS)
    old = list(ImportedFile.objects.filter(received_at__lt=before).exclude(content=""))
    for one in old:
        one.lines.update(values={}, sentences=[], candidates=[])
        _erase_file(one, "content")
    return len(old)


def _erase_file(row, name):
    stored = getattr(row, name)
    storage, path = stored.storage, stored.name
    type(row).objects.filter(pk=row.pk).update(**{name: ""})
    transaction.on_commit(lambda: storage.delete(path))
