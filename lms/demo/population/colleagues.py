"""A list that the demonstration référente confirmed: colleagues enrolled, one invited elsewhere, a line set aside."""

from datetime import timedelta

from django.utils import timezone

from lms.accounts.models import Person
from lms.demo.population.draw import identity
from lms.demo.population.institutions import SEED
from lms.demo.population.learning import MAIN
from lms.demo.population.personas import PERSONAS, home
from lms.kernel.tables import read_text
from parcours.catalogue.models import Edition
from parcours.colleagues import actions
from parcours.colleagues.engine.entries import entries_of
from parcours.colleagues.models import EnrolmentList

STRUCTURE, REFERENT, INVITED = "valdexemple", "referente", "apprenante"
ENROLLED = ("Isabelle De La Croix", "Maud Delattre", "Thanh Pham", "Yannick Kowalski")
DAYS_AGO = 4


def populate_colleagues() -> int:
    """One finished list, made as a référente makes it; nothing when she has one already, or no parcours is open."""
    structure, referent = home(STRUCTURE), _persona(REFERENT)
    edition = Edition.objects.open_to_enrolment().exclude(slug=MAIN).order_by("slug").last()
    if edition is None or actions.open_edition(edition.parcours) is None:
        return 0
    if EnrolmentList.objects.filter(organisation=structure, created_by=referent).exists():
        return 0
    reading, entries = entries_of(read_text(_pasted()))
    values = {"entries": list(entries), "source": "agents-novembre.csv", "reading": reading}
    found = actions.draft_list(structure, edition.parcours, by=referent, **values)
    actions.exclude_faulty(found)
    actions.confirm_list(found, by=referent)
    _run(found, edition)
    return 1


def _persona(code) -> Person:
    return Person.objects.get(public_id=identity(SEED, "persona", code))


def _pasted() -> str:
    people = [Person.objects.get(public_id=identity(SEED, "colleague", name)) for name in ENROLLED]
    invited = next(persona for persona in PERSONAS if persona.code == INVITED)
    lines = [f"{one.last_name};{one.first_name};{one.email}" for one in (*people, invited)]
    return "\n".join(["Nom;Prénom;Courriel", *lines, f"Total;{len(lines)};"])


def _run(found, edition):
    found = EnrolmentList.objects.select_related("organisation__departement", "confirmed_by").get(pk=found.pk)
    found = actions.start_list(found)
    for pk in found.lines.waiting().order_by("position").values_list("pk", flat=True):
        actions.enrol_line(pk, found, edition)
    actions.finish_list(found)
    then = timezone.now() - timedelta(days=DAYS_AGO)
    EnrolmentList.objects.filter(pk=found.pk).update(created_at=then, touched_at=then, confirmed_at=then, done_at=then)
