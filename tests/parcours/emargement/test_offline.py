"""What a device kept without network is received once; and what the pages cost."""

import json
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from parcours.emargement import actions
from parcours.emargement.lifecycle import Way
from parcours.emargement.models import Sheet, Signature
from tests.parcours.emargement.doors import text_of
from tests.parcours.emargement.factories import (
    after,
    during,
    lines,
    locked,
    session_with_sheets,
    sheet_of,
    sign,
    trainer_of,
)
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


# --- Without network ----------------------------------------------------------------------------------------------


def kept(line, minutes=10, number=None):
    at = line.sheet.half_day.starts_at + timedelta(minutes=minutes)
    return {"client_id": number or str(uuid.uuid4()), "attendance": str(line.public_id), "claimed_at": at.isoformat()}


def send(client, sheet, items):
    return client.post(reverse("emargement:receive", args=[sheet.public_id]), {"signatures": json.dumps(items)})


def states(response):
    return [one["state"] for one in response.json()["results"]]


def test_what_was_signed_without_network_is_received_once_however_often_it_is_sent():
    session = session_with_sheets(people=3)
    client, trainer = None, trainer_of(session)
    client = signed_in(trainer)
    items = [kept(line) for line in lines(session)[:2]]
    with after(session, minutes=120):
        assert states(send(client, sheet_of(session), items)) == ["signed", "signed"]
        assert states(send(client, sheet_of(session), items)) == ["already", "already"]
    row = Signature.objects.first()
    assert (row.claimed_at.isoformat(), row.entered_by, row.is_late) == (items[0]["claimed_at"], trainer, False)
    assert row.reason == actions.OFFLINE_WHY


def test_who_had_signed_otherwise_keeps_the_first_signature(session):
    with during(session):
        sign(lines(session)[0])
    with after(session):
        response = send(signed_in(trainer_of(session)), sheet_of(session), [kept(lines(session)[0])])
    assert states(response) == ["already"]
    assert Signature.objects.get().way == Way.CODE


def test_sent_another_day_they_are_late_and_say_why():
    session = session_with_sheets(days=-2)
    response = send(signed_in(trainer_of(session)), sheet_of(session), [kept(lines(session)[0])])
    assert states(response) == ["signed"]
    assert Signature.objects.get().is_late


@pytest.mark.parametrize("minutes", [-120, 60 * 24])
def test_a_device_whose_clock_is_far_off_is_refused(minutes, session):
    with during(session):
        response = send(signed_in(trainer_of(session)), sheet_of(session), [kept(lines(session)[0], minutes)])
    assert states(response) == ["refused"]
    assert not Signature.objects.exists()


def test_what_is_no_signature_is_refused_one_by_one():
    session, other = session_with_sheets(), session_with_sheets()
    client, good = signed_in(trainer_of(session)), kept(lines(session)[0])
    bad = [{}, 3, good | {"client_id": "x"}, good | {"claimed_at": "hier"}, kept(lines(other)[0])]
    with during(session, minutes=20):
        assert states(send(client, sheet_of(session), [*bad, good])) == ["refused"] * 5 + ["signed"]
        url = reverse("emargement:receive", args=[sheet_of(session).public_id])
        assert client.post(url, {"signatures": "{"}).status_code == 422
        assert send(client, sheet_of(session), [good] * 501).status_code == 422


def test_a_locked_sheet_refuses_what_arrives_with_its_sentence(session):
    absent = lines(session)[0].registration
    locked(session, absent=[absent])
    with after(session, minutes=30):
        response = send(signed_in(trainer_of(session)), sheet_of(session), [kept(lines(session)[0])])
    assert "verrouillée" in response.json()["results"][0]["sentence"]


# --- Lists --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "most"), [("sheet", 15), ("codes", 14), ("tablet", 14), ("paper", 14), ("offline", 14)]
)
def test_the_pages_of_a_sheet_cost_the_same_for_two_people_or_thirty(name, most, django_assert_max_num_queries):
    for people in (2, 30):
        session = session_with_sheets(people=people, enrolled=False)
        client = signed_in(trainer_of(session))
        with django_assert_max_num_queries(most):
            client.get(reverse(f"emargement:{name}", args=[sheet_of(session).public_id]))


def test_the_register_costs_the_same_for_two_people_or_thirty(django_assert_max_num_queries):
    for people in (2, 30):
        session = session_with_sheets(people=people, enrolled=False)
        client = signed_in(trainer_of(session))
        with django_assert_max_num_queries(15):
            page = client.get(reverse("emargement:register", args=[session.public_id]))
        assert len(page.context["rows"]) == min(people, 25)
        assert len(client.get(page.request["PATH_INFO"] + "?tout").context["rows"]) == people


def test_the_people_of_a_sheet_are_shown_by_pages():
    session = session_with_sheets(people=30, enrolled=False)
    page = signed_in(trainer_of(session)).get(reverse("emargement:sheet", args=[sheet_of(session).public_id]))
    assert len(page.context["page"]) == 25
    assert "sur 30" in page.content.decode()


def test_the_register_goes_on_by_name_from_one_page_to_the_next():
    session = session_with_sheets(people=30, enrolled=False)
    client, address = signed_in(trainer_of(session)), reverse("emargement:register", args=[session.public_id])
    first, second = (client.get(f"{address}?page={page}").context["rows"] for page in (1, 2))
    people = [row.registration.person for row in [*first, *second]]
    assert (len(first), len(second)) == (25, 5)
    assert people == sorted(people, key=lambda one: (one.last_name, one.first_name))
    assert all(len(row.cells) == 2 and None not in row.cells for row in second)


def test_a_session_without_sheets_says_when_they_are_prepared():
    session = session_with_sheets(days=9)
    Sheet.objects.all().delete()
    client = signed_in(trainer_of(session))
    page = client.get(reverse("emargement:register", args=[session.public_id]))
    assert "se préparent seuls trois jours avant" in text_of(page)
    client.post(reverse("emargement:prepare", args=[session.public_id]))
    assert Sheet.objects.count() == 2
