"""From a parcours that prepares habilitation, the trainee finds the way to « Où en est mon habilitation ? »."""

import pytest
from django.urls import reverse

from lms.kernel.models import Paper
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import EditionFactory
from tests.organisations.factories import OrganisationFactory
from tests.parcours.learning.factories import EnrolmentFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
PIX = {"type": "external", "kind": "pix", "title": "Le test Pix", "html": "<p>Vingt minutes.</p>", "url": ""}
WORDS = "Où en est mon habilitation ?"


def follows(*, habilitation=True, **values):
    edition = EditionFactory(habilitation=habilitation, activities=[{"nodes": [PIX]}, {}])
    return EnrolmentFactory(edition=edition, person=PersonFactory(), **values)


def says(enrolment, address):
    page = " ".join(signed_in(enrolment.person).get(address).content.decode().split()).replace("\xa0", " ")
    way = f'href="{reverse("habilitation:mine")}"'
    return page.count(WORDS) if way in page else 0


def etape(enrolment, rank):
    slug = enrolment.edition.activities.order_by("position")[rank].slug
    return reverse("learning:activity", args=[enrolment.pk, slug])


def test_it_stands_after_the_test_pix_and_on_the_home_of_the_parcours():
    enrolment = follows()
    assert says(enrolment, etape(enrolment, 0)) == 1
    assert says(enrolment, etape(enrolment, 1)) == 0
    assert says(enrolment, enrolment.get_absolute_url()) == 1


def test_it_stands_on_the_parcours_once_finished_and_on_its_attestation(run_jobs):
    OrganisationFactory(training=True)
    enrolment = follows(completed=True)
    assert says(enrolment, enrolment.get_absolute_url()) == 1
    run_jobs()
    paper = Paper.objects.get(key=enrolment.attestation_key)
    assert says(enrolment, reverse("learning:paper", args=[paper.number])) == 1


def test_a_parcours_that_prepares_for_something_else_says_nothing_of_it():
    enrolment = follows(habilitation=False)
    for address in (etape(enrolment, 0), enrolment.get_absolute_url()):
        assert says(enrolment, address) == 0


def test_the_page_it_leads_to_opens_before_anything_is_known():
    page = signed_in(follows().person).get(reverse("habilitation:mine"))
    assert page.status_code == 200
