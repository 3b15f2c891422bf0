"""A draft is offered the edition published since, with what changes, before it opens."""

import pytest
from django.urls import reverse

from lms.kernel.models import JournalEntry
from tests.catalogue.factories import EditionFactory
from tests.parcours.classroom.ready import live_edition, manager_of, organisme, prepared, seances
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
OFFERED = "Une édition plus récente"


@pytest.fixture
def session():
    return prepared(organisme(), edition=live_edition())


@pytest.fixture
def manager(session):
    return signed_in(manager_of(session.organisation))


def publish_again(session, count=2, **changed):
    content = session.edition.content | {"seances": seances(count)} | changed
    return EditionFactory(parcours=session.parcours, number=session.edition.number + 1, content=content)


def review(manager, session):
    response = manager.get(reverse("classroom:prepare_review", args=[session.public_id]))
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def take(manager, session):
    address = reverse("classroom:take_edition", args=[session.public_id])
    return " ".join(manager.post(address, follow=True).content.decode().replace("\xa0", " ").split())


def test_what_changes_is_read_and_the_newer_edition_taken_with_its_dates(session, manager):
    assert OFFERED not in review(manager, session)
    newer = publish_again(session, summary="Un résumé récrit")
    shown = review(manager, session)
    assert OFFERED in shown
    assert "Un résumé récrit" in shown
    before = list(session.half_days.values_list("starts_at"))
    assert f"La session suit maintenant l’édition {newer.number}" in take(manager, session)
    session.refresh_from_db()
    assert session.edition == newer
    assert list(session.half_days.values_list("starts_at")) == before
    assert OFFERED not in review(manager, session)
    assert JournalEntry.objects.filter(verb="classroom.take_edition").count() == 1


def test_it_may_be_left_aside_and_the_session_opens_as_it_was_drafted(session, manager):
    kept = session.edition
    publish_again(session)
    manager.post(reverse("classroom:publish", args=[session.public_id]))
    session.refresh_from_db()
    assert (session.state, session.edition) == ("published", kept)
    address = reverse("classroom:take_edition", args=[session.public_id])
    assert manager.post(address).status_code == 404


def test_half_days_that_the_newer_edition_does_not_describe_are_told_before_opening(session, manager):
    publish_again(session, count=3)
    take(manager, session)
    assert "le parcours en prévoit 3" in review(manager, session)


def test_taking_it_twice_changes_nothing(session, manager):
    publish_again(session)
    take(manager, session)
    assert "suit déjà l’édition en vigueur" in take(manager, session)
    assert JournalEntry.objects.filter(verb="classroom.take_edition").count() == 1
