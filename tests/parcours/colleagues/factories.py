"""A structure, its référente, a parcours open to all with somebody who answers, and lists as they are pasted."""

from lms.kernel.tables import read_text
from lms.organisations.models import Role
from parcours.colleagues import actions
from parcours.colleagues.engine.entries import entries_of
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import EditionFactory
from tests.organisations.factories import MembershipFactory, OrganisationFactory

GOOD = "Nom;Prénom;Mail\nDurand;Marie;marie.durand@ville-exemple.fr\nLe Goff;Paul;paul.legoff@ville-exemple.fr\n"
FAULTY = GOOD + "Roux;Anne;anne.roux@gmial.com\nPetit;;luc.petit@ville-exemple.fr\n"


def edition_open(**values):
    return EditionFactory(parcours__organisation=OrganisationFactory(training=True), **values)


def referent_of(structure, **values):
    person = PersonFactory(first_name="Nadia", last_name="Vasseur", **values)
    return MembershipFactory(person=person, organisation=structure, role=Role.STRUCTURE_REFERENT).person


def colleague_of(structure, **values):
    return MembershipFactory(person=PersonFactory(**values), organisation=structure).person


def draft(structure, by, pasted=GOOD, edition=None):
    parcours = (edition or edition_open()).parcours
    reading, entries = entries_of(read_text(pasted))
    values = {"entries": list(entries), "source": "liste collée", "reading": reading}
    return actions.draft_list(structure, parcours, by=by, **values)


def statuses(found):
    return list(found.lines.order_by("position").values_list("status", flat=True))


def outcomes(found):
    return list(found.lines.order_by("position").values_list("outcome", flat=True))
