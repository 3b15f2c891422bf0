"""Level of the role × state of the factors: what page is reached, and what stays closed."""

import pytest
from django.test import Client

from lms.accounts.second_factor import Level, level_of, register_level
from tests.accounts.doors import (
    FACTORS,
    ask_code,
    code_shown,
    codes_of,
    commits_at_once,
    give_application,
    give_printed_codes,
    later,
    level,
    make_printed_codes,
    person_signed_in,
    sign_in,
    type_code,
    type_factor,
)
from tests.accounts.factories import PersonFactory

pytestmark = pytest.mark.django_db
SPACE, ASKED, TRUST, SET_UP = "/espace/profil/", "/connexion/second-facteur/", "/connexion/appareil/", FACTORS


def enter(client, person):
    """The address where the person stands after the code, having asked for their profile."""
    ask_code(client, person.email, next=SPACE)
    answer = type_code(client, next=SPACE)
    if answer.url == SPACE:
        page = client.get(SPACE)
        return SPACE if page.status_code == 200 else page.url.partition("?")[0]
    return answer.url


@pytest.mark.parametrize(
    ("wanted", "has_factor", "reached"),
    [
        (Level.NONE, False, SPACE),
        (Level.NONE, True, ASKED),
        (Level.DEVICE, False, SET_UP),
        (Level.DEVICE, True, ASKED),
        (Level.ALWAYS, False, SET_UP),
        (Level.ALWAYS, True, ASKED),
    ],
)
@pytest.mark.parametrize("give", [give_printed_codes, give_application])
def test_what_the_code_leads_to(client, wanted, has_factor, reached, give):
    person = PersonFactory()
    if has_factor:
        give(person)
    with level(wanted):
        assert enter(client, person) == reached


@pytest.mark.parametrize(
    ("wanted", "after"), [(Level.NONE, TRUST), (Level.DEVICE, TRUST), (Level.ALWAYS, SPACE)], ids=str
)
def test_the_device_is_remembered_unless_the_role_asks_each_time(client, wanted, after):
    person = PersonFactory()
    codes = give_printed_codes(person)
    with level(wanted):
        assert enter(client, person) == ASKED
        assert client.get(ASKED).status_code == 200
        assert type_factor(client, codes[0]).url == after
        if after == TRUST:
            assert client.get(TRUST).status_code == 200
            assert client.post(TRUST, {"action": "trust"}).url == SPACE
        client.post("/deconnexion/")
        assert enter(client, person) == (SPACE if after == TRUST else ASKED)
        assert enter(Client(), person) == ASKED


def test_a_device_refused_is_asked_again(client):
    person = PersonFactory()
    codes = give_printed_codes(person)
    with level(Level.DEVICE):
        enter(client, person)
        type_factor(client, codes[0])
        client.post(TRUST, {"action": ""})
        client.post("/deconnexion/")
        assert enter(client, person) == ASKED


def test_a_device_is_forgotten_after_a_month(client):
    person = PersonFactory()
    codes = give_printed_codes(person)
    with level(Level.DEVICE):
        enter(client, person)
        type_factor(client, codes[0])
        client.post(TRUST, {"action": "trust"})
        client.post("/deconnexion/")
        with later(60 * 24 * 29):
            assert enter(client, person) == SPACE
            client.post("/deconnexion/")
        with later(60 * 24 * 31):
            assert enter(client, person) == ASKED


def test_the_trust_of_one_person_is_of_no_use_to_another(client):
    first, second = PersonFactory(), PersonFactory()
    codes = give_printed_codes(first)
    give_printed_codes(second)
    with level(Level.DEVICE):
        enter(client, first)
        type_factor(client, codes[0])
        client.post(TRUST, {"action": "trust"})
        client.post("/deconnexion/")
        assert enter(client, second) == ASKED


def test_ten_printed_codes_are_enough_to_set_up(client):
    with level(Level.ALWAYS):
        enter(client, PersonFactory())
        codes = make_printed_codes(client)
        assert len(codes) == 10
        page = client.get(f"{FACTORS}codes/").content.decode()
        assert all(f"{code[:4]} {code[4:]}" in page for code in codes)
        assert client.get(SPACE).status_code == 200
        client.post("/deconnexion/")
        assert enter(client, person_of(codes)) == ASKED
        assert type_factor(client, codes[3]).url == SPACE


def person_of(codes):
    from allauth.mfa.models import Authenticator

    return next(row.user for row in Authenticator.objects.all() if row.wrap().get_unused_codes() == codes)


def test_an_application_is_enough_to_set_up(client):
    with level(Level.DEVICE):
        enter(client, PersonFactory())
        client.get(f"{FACTORS}application/")
        secret = client.session["mfa.totp.secret"]
        with commits_at_once():
            assert client.post(f"{FACTORS}application/", {"code": "000000"}).status_code == 200
            assert client.post(f"{FACTORS}application/", {"code": code_shown(secret)}).url == f"{FACTORS}codes/"
        assert client.get(SPACE).status_code == 200


def test_the_secrets_of_factors_are_not_stored_as_they_are():
    person = PersonFactory()
    secret, codes = give_application(person), give_printed_codes(person)
    stored = str(list(person.authenticator_set.values_list("data", flat=True)))
    assert secret not in stored
    assert codes_of(person) == codes


@pytest.mark.parametrize(
    "path", ["/espace/", "/espace/securite/", "/espace/donnees/", "/cms/", "/admin/", "/structure/"]
)
def test_everything_else_is_closed_until_a_factor_is_set_up(client, path):
    person = PersonFactory(staff=True)
    sign_in(client, person)
    answer = client.get(path)
    assert answer.status_code == 302 or answer.status_code == 404
    if answer.status_code == 302:
        assert answer.url.startswith(SET_UP)


@pytest.mark.parametrize(
    "path", ["/deconnexion/", "/health/live", "/connexion/second-facteur/perdu/", FACTORS, f"{FACTORS}codes/creer/"]
)
def test_what_helps_to_set_up_or_to_leave_stays_open(client, path):
    sign_in(client, PersonFactory(staff=True))
    assert client.get(path).status_code == 200


def test_a_printed_code_serves_once(client):
    person = PersonFactory()
    codes = give_printed_codes(person)
    with level(Level.ALWAYS):
        enter(client, person)
        type_factor(client, codes[0])
        client.post("/deconnexion/")
        enter(client, person)
        assert "il a déjà servi" in type_factor(client, codes[0]).content.decode()
        assert person_signed_in(client) is None


def test_a_code_of_the_application_serves_once_even_while_the_clock_accepts_it(client):
    person = PersonFactory()
    secret = give_application(person)
    with level(Level.ALWAYS):
        enter(client, person)
        code = code_shown(secret)
        assert type_factor(client, code).url == SPACE
        client.post("/deconnexion/")
        enter(client, person)
        with later(0.6):
            assert type_factor(client, code).status_code == 200
        assert person_signed_in(client) is None


@pytest.mark.parametrize(("steps", "accepted"), [(-3, False), (-1, True), (0, True), (1, True), (3, False)])
def test_the_clock_of_the_application_may_drift_a_little(client, steps, accepted):
    person = PersonFactory()
    secret = give_application(person)
    with level(Level.ALWAYS):
        enter(client, person)
        type_factor(client, code_shown(secret, steps))
        assert (person_signed_in(client) == person) is accepted


def test_the_factor_of_somebody_else_opens_nothing(client):
    mine, theirs = PersonFactory(), PersonFactory()
    give_printed_codes(mine)
    codes = give_printed_codes(theirs)
    with level(Level.ALWAYS):
        enter(client, mine)
        assert type_factor(client, codes[0]).status_code == 200
        assert person_signed_in(client) is None


def test_guessing_the_second_factor_is_locked(client):
    person = PersonFactory()
    codes = give_printed_codes(person)
    with level(Level.ALWAYS):
        enter(client, person)
        for number in range(5):
            type_factor(client, f"0000000{number}")
        assert "Trop d’essais" in type_factor(client, codes[0]).content.decode()
        assert person_signed_in(client) is None


def test_a_role_given_during_a_sign_in_asks_for_the_factor_at_once(client):
    person = PersonFactory()
    with level(Level.NONE):
        assert enter(client, person) == SPACE
    codes = give_printed_codes(person)
    with level(Level.ALWAYS):
        answer = client.get(SPACE)
        assert answer.url == f"{FACTORS}confirmer/?next=%2Fespace%2Fprofil%2F"
        assert client.post(answer.url, {"code": codes[0]}).url == SPACE
        assert client.get(SPACE).status_code == 200


def test_a_trusted_device_is_not_enough_for_a_role_that_asks_each_time(client):
    person = PersonFactory()
    codes = give_printed_codes(person)
    with level(Level.DEVICE):
        enter(client, person)
        type_factor(client, codes[0])
        client.post(TRUST, {"action": "trust"})
        client.post("/deconnexion/")
        assert enter(client, person) == SPACE
    with level(Level.ALWAYS):
        assert client.get(SPACE).status_code == 302


def test_a_new_factor_cannot_be_added_with_the_mailbox_alone_when_one_exists(client):
    person = PersonFactory()
    with level(Level.NONE):
        enter(client, person)
    give_printed_codes(person)
    for page in ("codes/creer/", "application/", "cle/"):
        assert client.get(f"{FACTORS}{page}").url.startswith(f"{FACTORS}confirmer/")
        assert client.post(f"{FACTORS}{page}").url.startswith(f"{FACTORS}confirmer/")


def test_a_script_is_told_rather_than_redirected(client):
    assert client.get(SPACE, headers={"accept": "application/json"}).status_code == 401
    sign_in(client, PersonFactory(staff=True))
    answer = client.get(SPACE, headers={"accept": "application/json"})
    assert answer.status_code == 403
    assert answer.json()["url"] == SET_UP


def test_the_highest_level_wins():
    person = PersonFactory()
    assert level_of(person) == Level.NONE
    with level(Level.DEVICE):
        register_level(lambda one: Level.ALWAYS)
        assert level_of(person) == Level.ALWAYS
    assert level_of(PersonFactory(staff=True)) == Level.ALWAYS
