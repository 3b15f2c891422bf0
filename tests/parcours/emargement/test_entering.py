"""Signing from a phone, from the screen of the room, from one’s account: refusals included."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from parcours.emargement.lifecycle import Way
from parcours.emargement.models import Signature
from parcours.emargement.views.screen import token_of
from tests.parcours.emargement.doors import text_of
from tests.parcours.emargement.factories import (
    during,
    lines,
    session_with_sheets,
    sheet_of,
    trainer_of,
)
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
ENTER, CONFIRM = reverse("emargement:enter"), reverse("emargement:confirm")


def enter(client, code):
    return client.post(ENTER, {"code": code}, follow=True)


def scan_screen(client, sheet, at=None):
    return client.get(reverse("emargement:scan_screen", args=[token_of(sheet, at or timezone.now())]), follow=True)


# --- From any phone -----------------------------------------------------------------------------------------------


def test_a_code_then_one_button_sign_from_a_phone_without_an_account(client, session):
    line = lines(session)[0]
    with during(session):
        page = text_of(enter(client, f"{line.code[:3]} {line.code[3:]}"))
        assert f"{line.person.full_name} certifie sa présence" in page
        assert not Signature.objects.exists()
        done = text_of(client.post(CONFIRM, follow=True))
    assert "Présence signée" in done
    assert "Vous avez signé à 9 h 10" in done
    assert (Signature.objects.get().way, Signature.objects.get().entered_by) == (Way.CODE, None)


def test_the_phone_goes_to_somebody_else_who_signs_too(client, session):
    with during(session):
        for line in lines(session):
            enter(client, line.code)
            client.post(CONFIRM)
            client.post(reverse("emargement:leave"))
    assert Signature.objects.count() == 2
    assert "emargement.line" not in client.session


def test_a_wrong_code_says_so_beside_the_field_and_ten_make_wait(client, session):
    with during(session):
        right = {line.code for line in lines(session)}
        wrong = next(code for code in ("000000", "111111", "222222") if code not in right)
        response = enter(client, wrong)
        assert response.status_code == 422
        assert "Ce code n’ouvre aucune demi-journée" in text_of(response)
        for _ in range(9):
            enter(client, wrong)
        assert enter(client, wrong).status_code == 429
        assert enter(client, lines(session)[0].code).status_code == 429


def test_right_codes_are_never_counted_against_a_room_of_many(client):
    session = session_with_sheets(people=14)
    with during(session):
        for line in lines(session):
            assert enter(client, line.code).status_code == 200


@pytest.mark.parametrize("typed", ["", "12 34", "douze!"])
def test_what_is_no_code_is_refused_with_what_to_do(client, typed):
    assert "Un code comporte six chiffres" in text_of(enter(client, typed))


def test_too_early_is_told_with_the_hour_it_opens(client, session):
    line = lines(session)[0]
    with during(session, minutes=-90):
        assert "Trop tôt : on signe cette demi-journée" in text_of(enter(client, line.code))
        client.post(CONFIRM)
    assert not Signature.objects.exists()


def test_nobody_confirms_without_a_code_nor_ten_minutes_later(client, session):
    assert "Le délai pour confirmer est passé" in text_of(client.post(CONFIRM, follow=True))
    with during(session):
        enter(client, lines(session)[0].code)
    with during(session, minutes=25):
        assert "Le délai pour confirmer est passé" in text_of(client.post(CONFIRM, follow=True))
    assert not Signature.objects.exists()


# --- The screen of the room ---------------------------------------------------------------------------------------


def test_who_is_signed_in_signs_from_the_screen_in_two_gestures(client, session):
    line = lines(session)[0]
    client.force_login(line.person)
    with during(session):
        assert "certifie sa présence" in text_of(scan_screen(client, sheet_of(session)))
        client.post(CONFIRM)
    assert Signature.objects.get().way == Way.SCREEN


def test_who_is_not_signed_in_gives_the_code_after_the_screen(client, session):
    with during(session):
        assert "Code QR reconnu" in text_of(scan_screen(client, sheet_of(session)))
        enter(client, lines(session)[0].code)
        client.post(CONFIRM)
    assert Signature.objects.get().way == Way.SCREEN


@pytest.mark.parametrize(("seconds", "status"), [(0, 200), (59, 200), (95, 410), (3600, 410)])
def test_a_code_of_the_screen_that_is_shown_again_later_opens_nothing(client, seconds, status, session):
    with during(session):
        shown = timezone.now()
    with time_machine.travel(shown + timedelta(seconds=seconds), tick=False):
        response = scan_screen(client, sheet_of(session), at=shown)
    assert response.status_code == status


def test_a_code_of_the_screen_that_was_made_up_opens_nothing(client):
    assert client.get(reverse("emargement:scan_screen", args=["nimporte:quoi"])).status_code == 410


def test_the_screen_shows_another_code_each_half_minute_and_may_be_stopped(session):
    url = reverse("emargement:screen", args=[sheet_of(session).public_id])
    client = signed_in(trainer_of(session))
    with during(session):
        first = client.get(url)
    with during(session, minutes=11):
        second = client.get(url)
        still = client.get(url, {"fixe": "1"})
    assert first.context["qr"] != second.context["qr"]
    assert 'http-equiv="refresh"' in text_of(first)
    assert 'http-equiv="refresh"' not in text_of(still)


# --- From one's account -------------------------------------------------------------------------------------------


def test_at_a_distance_one_signs_from_ones_account(client):
    session = session_with_sheets(remote=True)
    line = lines(session)[0]
    client.force_login(line.person)
    with during(session):
        page = text_of(client.get(reverse("emargement:mine")))
        assert "Je certifie ma présence" in page
        response = client.post(reverse("emargement:sign", args=[line.public_id]), follow=True)
    assert "Votre présence est signée" in text_of(response)
    assert Signature.objects.get().way == Way.ACCOUNT


def test_in_a_room_ones_account_shows_the_code_and_does_not_sign(client, session):
    line = lines(session)[0]
    client.force_login(line.person)
    with during(session):
        page = text_of(client.get(reverse("emargement:mine")))
        assert f"{line.code[:3]} {line.code[3:]}" in page
        response = client.post(reverse("emargement:sign", args=[line.public_id]), follow=True)
    assert "se signe sur place" in text_of(response)
    assert not Signature.objects.exists()


def test_the_code_of_a_half_day_is_shown_one_day_before(client):
    session = session_with_sheets(days=2)
    client.force_login(lines(session)[0].person)
    assert "apparaît ici un jour avant" in text_of(client.get(reverse("emargement:mine")))


def test_nobody_signs_for_somebody_else(client):
    session = session_with_sheets(remote=True)
    mine, other = lines(session)
    client.force_login(mine.person)
    with during(session):
        assert client.post(reverse("emargement:sign", args=[other.public_id])).status_code == 404


def test_a_reader_elsewhere_reads_the_own_hour_first(client):
    session = session_with_sheets(remote=True, zone="America/Guadeloupe")
    line = lines(session)[0]
    line.person.time_zone = "Indian/Mayotte"
    line.person.save()
    client.force_login(line.person)
    with during(session):
        page = text_of(client.get(reverse("emargement:mine")))
    assert "Chez vous" in page
    assert "16 h" in page
    assert "heure de la Guadeloupe" in page
