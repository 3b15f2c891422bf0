"""Many files decided at once: each is checked again, and what no longer matches stays in its pile."""

from certification.funding.actions.deciding import grant, validate
from certification.funding.lifecycle import Verdict
from certification.funding.models import Demande
from lms.accounts.models import Person
from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused

AT_ONCE = 20
TOGETHER = {Verdict.GRANT: grant, Verdict.VALIDATE: validate}
"""What may be decided of many files at once."""


def decide_many(demandes, verdict, *, by) -> tuple[int, list[str]]:
    """How many were decided, and why the others were not."""
    done, refused = 0, []
    for demande in demandes:
        try:
            TOGETHER[verdict](demande, by=by)
        except TransitionRefused as refusal:
            refused.append(f"Dossier {demande.number} : {' '.join(refusal.sentences)}")
        else:
            done += 1
    return done, refused


def order_many(demandes, verdict, *, by) -> None:
    """The same by a job, for a long list."""
    post("funding.decide_many", by.pk, str(verdict), *(one.pk for one in demandes), awaited=True)


def run_many(by_pk, verdict, pks) -> int:
    by = Person.objects.get(pk=by_pk)
    found = Demande.objects.decided_by(by).without_mismatch().filter(pk__in=pks).for_page()
    return decide_many(found, Verdict(verdict), by=by)[0]


def note_export(person, *, rows) -> None:
    """Who took a list away, and of how many files."""
    record("funding.export", person, by=person, after={"rows": rows})
