"""Publication at a date goes through our jobs: each page by itself, at its minute, and again each hour."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from lms.kernel.models import Job, OutgoingMail
from parcours.catalogue.models import Edition, ModulePage, ParcoursPage
from parcours.catalogue.tasks import publish_promised
from tests.catalogue.test_editor import etape, module_form, sentences
from tests.catalogue.workshop import body
from tests.permissions.matrix import signed_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
HOUR = datetime.timedelta(hours=1)


def promise(page, person, at=None, **changes):
    """A version approved for a date."""
    for name, value in changes.items():
        setattr(page, name, value)
    page.go_live_at = at or timezone.now() + HOUR
    revision = page.save_revision(user=person)
    revision.publish(user=person)
    return page


def later(hours=2):
    return time_machine.travel(timezone.now() + hours * HOUR, tick=False)


def test_a_reviewer_promises_a_date_and_the_page_is_published_then(workshop, run_jobs):
    page, at = workshop.pages["own module"], timezone.localtime() + HOUR
    form = module_form(etape(), title=page.title, slug=page.slug, **{"action-publish": "1"})
    form["go_live_at"] = f"{at:%d/%m/%Y %H:%M}"
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = signed_in(workshop.people["reviewer"]).post(url, form)
    assert response.status_code == 302, sentences(response)
    assert not ModulePage.objects.get(pk=page.pk).live
    assert Job.objects.filter(name="catalogue.publish_due").count() == 1
    home = signed_in(workshop.people["author"]).get(reverse("wagtailadmin_home")).content.decode()
    assert "Brouillon Armor" in home[home.index("programmees-section") :]
    run_jobs()
    assert not ModulePage.objects.get(pk=page.pk).live
    with later():
        run_jobs()
    assert ModulePage.objects.get(pk=page.pk).live


def test_the_hour_strikes_for_those_whose_minute_was_missed(workshop):
    page = promise(workshop.pages["own module"], workshop.people["reviewer"])
    publish_promised("2026-11-22T10Z")
    assert not ModulePage.objects.get(pk=page.pk).live
    with later():
        publish_promised("2026-11-22T12Z")
        publish_promised("2026-11-22T12Z")
    assert ModulePage.objects.get(pk=page.pk).live


def test_a_promised_parcours_is_frozen_when_it_is_published_and_not_before(workshop):
    parcours = promise(workshop.pages["own parcours"], workshop.people["reviewer"])
    assert not Edition.objects.filter(parcours=parcours).exists()
    with later():
        publish_promised("2026-11-22T12Z")
    assert Edition.objects.get(parcours=parcours).published_by == workshop.people["reviewer"]


def test_one_that_is_refused_keeps_no_other_waiting_and_is_told(workshop):
    reviewer = workshop.people["reviewer"]
    first = promise(workshop.pages["own module"], reviewer, timezone.now() + HOUR, body=body(words=3, minutes=45))
    second = promise(workshop.pages["other's module"], workshop.people["admin"], timezone.now() + 1.5 * HOUR)
    with later():
        publish_promised("2026-11-22T12Z")
        publish_promised("2026-11-22T13Z")
    assert not ModulePage.objects.get(pk=first.pk).live
    assert ModulePage.objects.get(pk=second.pk).live
    message = OutgoingMail.objects.get(to=reviewer.email)
    assert message.subject == "« Brouillon Armor » n’a pas pu être publié à la date prévue"
    assert "annoncées, 0 gagnées" in message.body


def test_a_page_is_withdrawn_at_its_date(workshop):
    parcours = workshop.parcours
    parcours.expire_at = timezone.now() + HOUR
    parcours.save_revision().publish()
    with later():
        publish_promised("2026-11-22T12Z")
    parcours = ParcoursPage.objects.get(pk=parcours.pk)
    assert (parcours.live, parcours.expired) == (False, True)
