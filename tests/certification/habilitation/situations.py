"""Sessions that prepare habilitation, followed for real: seats, signatures, étapes."""

from django.db.models import QuerySet

from certification.habilitation.models import Habilitation
from parcours.catalogue.models import Edition, ParcoursPage
from parcours.emargement import actions as emargement
from parcours.emargement.models import Attendance
from parcours.learning.models import Enrolment
from tests.catalogue.factories import EditionFactory
from tests.parcours.emargement.factories import (
    after,
    hybrid_edition,
    locked,
    session_with_sheets,
    sheet_of,
    trainer_of,
)
from tests.parcours.learning.actions.test_attend import SEANCES
from tests.parcours.learning.factories import finish

Mark = emargement.Mark


def prepares(edition):
    """The parcours of this edition prepares habilitation, and so does the edition."""
    edition.content = edition.content | {"habilitation": True}
    QuerySet(Edition).filter(pk=edition.pk).update(content=edition.content)
    ParcoursPage.objects.filter(pk=edition.parcours_id).update(is_habilitation=True)
    edition.parcours.is_habilitation = True
    return edition


def preparing_session(people=2, *, online=True, **values):
    """A session of two half-days a month ago, that prepares habilitation; with étapes online, or in class alone."""
    edition = hybrid_edition() if online else in_class_alone()
    values = {"days": -30} | values
    return session_with_sheets(people, edition=prepares(edition), **values)


def in_class_alone():
    known = EditionFactory(activities=[])
    content = known.content | {"seances": SEANCES, "minutes": 420}
    return EditionFactory(parcours=known.parcours, content=content, minutes=420, activities=[])


def both_signed(session, *, absent=()):
    for rank in (0, 1):
        locked(session, rank, absent=absent)


def everything_online(registration):
    enrolment = Enrolment.objects.get(pk=registration.enrolment_id)
    for one in enrolment.edition.outline:
        finish(enrolment, enrolment.edition.activity(one.slug))


def correct(session, registration, state, *, rank=1, by=None):
    line = Attendance.objects.get(sheet=sheet_of(session, rank), registration=registration)
    with after(session, rank, minutes=60):
        return emargement.correct(line, Mark(state, reason="feuille papier relue"), by=by or trainer_of(session))


def habilitation_of(registration):
    return Habilitation.objects.get(person=registration.person, organisation=registration.employer)
