"""The papers of the demonstration: two sessions held, a devis and a convention that wait for the référente."""

import pytest

from lms.accounts.models import Person
from lms.demo.population.draw import identity
from lms.demo.population.institutions import SEED, institution, populate_institutions
from lms.demo.population.paperwork import populate_paperwork
from lms.demo.population.personas import populate_personas
from lms.organisations.models import Organisation, Role
from parcours.paperwork.models import Convention, HouseText, Invoice, Price, Quote, SessionPaper
from tests.parcours.paperwork.factories import hold, live_session, seat

pytestmark = pytest.mark.django_db


def referente_home():
    referente = Person.objects.get(public_id=identity(SEED, "persona", "referente"))
    return Organisation.objects.get(memberships__person=referente, memberships__role=Role.STRUCTURE_REFERENT)


def test_a_second_run_orders_nothing_more(run_jobs):
    populate_institutions()
    populate_personas()
    held = live_session(institution("training"))
    hold(held, seat(held), seat(held))
    seat(live_session(institution("training"), days=30), referente_home())
    assert populate_paperwork() > 0
    run_jobs()
    assert HouseText.objects.count() == 2
    assert SessionPaper.objects.filter(paper__kind="certificat-realisation").count() == 2
    assert (Quote.objects.count(), Convention.objects.get().state) == (1, "sent")
    assert Price.objects.count() == 2
    assert Invoice.objects.get().parts.count() == 1
    count = SessionPaper.objects.count()
    assert populate_paperwork() == 0
    run_jobs()
    assert SessionPaper.objects.count() == count
