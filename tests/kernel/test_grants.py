import datetime
import json

import pytest
import time_machine
from django.utils import timezone

from lms.accounts.actions import erase_account
from lms.kernel import grants, privacy
from lms.kernel.jobs import post_ticks, run_due
from lms.kernel.models import Grant, JournalEntry
from tests.accounts.factories import PersonFactory

pytestmark = pytest.mark.django_db

CALENDAR = grants.define("tests.calendar", "calendrier d’essai")
OTHER = grants.define("tests.other", "autre chose")


def given(person=None, **changes):
    person = person or PersonFactory()
    return grants.give(CALENDAR, **{"person": person, "by": person, "days": 30} | changes)


def test_a_link_opens_what_it_was_given_for():
    grant = given(object_ids=[12])
    used = grants.use(grant.token, CALENDAR)
    assert (used, used.object_ids) == (grant, [12])


def test_the_row_alone_opens_nothing():
    grant = given()
    values = json.dumps(Grant.objects.values("public_id", "token_hash", "scope").get(pk=grant.pk), default=str)
    assert grant.token not in values
    for stolen in (grant.token_hash, str(grant.public_id)):
        with pytest.raises(grants.GrantRefused):
            grants.use(stolen, CALENDAR)


def test_its_owner_reads_it_again_even_after_the_key_of_the_site_changed(settings):
    grant, old = given(), settings.SECRET_KEY
    token = grant.token
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, [old]
    assert Grant.objects.get(pk=grant.pk).token == token
    assert grants.use(token, CALENDAR) == grant


def test_a_key_that_left_the_settings_shows_nothing_and_the_link_still_opens(settings):
    grant = given()
    token = grant.token
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, []
    assert Grant.objects.get(pk=grant.pk).token == ""
    assert grants.current(CALENDAR, person=grant.person) is None
    assert grants.use(token, CALENDAR) == grant


def test_no_two_links_are_alike():
    person = PersonFactory()
    assert given(person).token != given(person).token


def test_a_link_opens_nothing_of_another_scope():
    with pytest.raises(grants.GrantRefused):
        grants.use(given().token, OTHER)


@pytest.mark.parametrize("token", ["", "x", "é" * 5000, "a\x00b"])
def test_what_was_never_given_is_refused(token):
    given()
    with pytest.raises(grants.GrantRefused):
        grants.use(token, CALENDAR)


def test_a_link_ends_at_its_date():
    grant = given(days=30)
    with time_machine.travel(grant.expires_at - datetime.timedelta(seconds=1)):
        grants.use(grant.token, CALENDAR)
    with time_machine.travel(grant.expires_at), pytest.raises(grants.GrantRefused):
        grants.use(grant.token, CALENDAR)


def test_a_withdrawn_link_opens_nothing_and_the_journal_says_who_withdrew_it():
    grant = given()
    grants.revoke(grant, by=grant.person)
    grants.revoke(grant, by=grant.person)
    with pytest.raises(grants.GrantRefused):
        grants.use(grant.token, CALENDAR)
    verbs = JournalEntry.objects.filter(subject_id=str(grant.pk), by=grant.person).values_list("verb", flat=True)
    assert sorted(verbs) == ["kernel.give_grant", "kernel.revoke_grant"]


def test_the_link_that_stands_is_the_last_one_about_the_same_things():
    person = PersonFactory()
    first, second = given(person), given(person)
    about = given(person, object_ids=[7])
    assert grants.current(CALENDAR, person=person) == second
    assert grants.current(CALENDAR, person=person, object_ids=[7]) == about
    grants.revoke(second, by=person)
    assert grants.current(CALENDAR, person=person) == first
    assert grants.current(CALENDAR, person=PersonFactory()) is None


def test_use_is_noted_once_an_hour():
    grant = given()
    with time_machine.travel(grant.created_at, tick=False):
        grants.use(grant.token, CALENDAR)
    with time_machine.travel(grant.created_at + datetime.timedelta(minutes=59), tick=False):
        grants.use(grant.token, CALENDAR)
    grant.refresh_from_db()
    assert grant.last_used_at == grant.created_at
    with time_machine.travel(grant.created_at + datetime.timedelta(minutes=61), tick=False):
        grants.use(grant.token, CALENDAR)
    grant.refresh_from_db()
    assert grant.last_used_at > grant.created_at


def test_a_scope_nobody_defined_gives_nothing():
    with pytest.raises(LookupError):
        grants.give("tests.unknown", person=PersonFactory(), by=None, days=1)
    with pytest.raises(ValueError, match="twice"):
        grants.define(CALENDAR, "un autre sens")


def test_people_find_their_links_in_their_export_without_what_opens_them():
    grant = given()
    [row] = privacy.export_person(grant.person)["liens signés"]["données"]
    assert row["ce qu’il ouvre"] == "calendrier d’essai"
    assert grant.token not in json.dumps(row)


def test_an_erased_account_leaves_no_link():
    grant = given()
    erase_account(grant.person, by=None)
    assert not Grant.objects.exists()


def test_links_over_for_a_year_are_forgotten():
    old, revoked, standing = given(days=1), given(days=900), given(days=900)
    grants.revoke(revoked, by=None)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=400)):
        post_ticks()
        run_due()
    assert list(Grant.objects.all()) == [standing]
    assert old.pk != standing.pk
