import datetime

import pytest
from django.utils import timezone

from lms.accounts import actions
from lms.accounts.models import FactorReset
from lms.accounts.permissions import can_ask_factor_reset, can_close_factor_reset
from lms.accounts.second_factor import Level, has_factor
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import JournalEntry, OutgoingMail, Rule
from tests.accounts.doors import give_printed_codes, last_mail, level, make_printed_codes, sign_in, type_factor
from tests.accounts.factories import PersonFactory

pytestmark = pytest.mark.django_db
ASK = "/espace/securite/collegue/"


def asked_for(person, by=None):
    return actions.ask_factor_reset(person, by=by or PersonFactory(), reason="téléphone volé")


def due(reset):
    FactorReset.objects.filter(pk=reset.pk).update(due_at=timezone.now())
    reset.refresh_from_db()
    return reset


def test_a_colleague_asks_and_the_person_is_told_at_once(client):
    lost, colleague = PersonFactory(), PersonFactory(first_name="Léa", last_name="Chef")
    give_printed_codes(lost)
    with level(Level.DEVICE):
        sign_in(client, colleague)
        make_printed_codes(client)
        client.get(ASK)
        client.post(ASK, {"email": lost.email.upper(), "reason": "téléphone volé, appel vidéo"})
    reset = FactorReset.objects.get()
    assert (reset.person, reset.asked_by) == (lost, colleague)
    assert reset.due_at - reset.asked_at == datetime.timedelta(hours=48)
    mail = last_mail()
    assert mail.to == lost.email
    assert "Léa Chef" in mail.body
    entry = JournalEntry.objects.get(verb="accounts.ask_factor_reset")
    assert entry.by == colleague
    assert entry.after == {"person": lost.pk}


@pytest.mark.parametrize("email", ["stranger@ville-exemple.fr", "no.factor@ville-exemple.fr", "me@ville-exemple.fr"])
def test_asking_tells_nothing_about_an_address(client, email):
    PersonFactory(email="no.factor@ville-exemple.fr")
    with level(Level.DEVICE):
        sign_in(client, PersonFactory(email="me@ville-exemple.fr"))
        make_printed_codes(client)
        answer = client.post(ASK, {"email": email, "reason": "x"}, follow=True)
    assert "Votre demande est enregistrée" in answer.content.decode()
    assert not FactorReset.objects.exists()


@pytest.mark.parametrize(("wanted", "may"), [(Level.NONE, False), (Level.DEVICE, True), (Level.ALWAYS, True)])
def test_only_people_who_have_a_factor_themselves_may_ask(client, wanted, may):
    person = PersonFactory()
    sign_in(client, person)
    with level(wanted):
        assert can_ask_factor_reset(person) is may
        if not may:
            assert client.get(ASK).status_code == 403


def test_one_request_at_a_time():
    lost = PersonFactory()
    asked_for(lost)
    with pytest.raises(TransitionRefused, match="déjà en attente"):
        asked_for(lost)
    assert OutgoingMail.objects.filter(to=lost.email).count() == 1


def test_the_delay_is_a_dated_rule():
    Rule.objects.create(code="accounts.factor_reset_hours", value=72, valid_from=timezone.localdate())
    reset = asked_for(PersonFactory())
    assert reset.due_at - reset.asked_at == datetime.timedelta(hours=72)


def test_nothing_happens_before_the_delay():
    lost = PersonFactory()
    give_printed_codes(lost)
    with pytest.raises(TransitionRefused, match="peut encore s’y opposer"):
        actions.execute_factor_reset(asked_for(lost), by=PersonFactory(staff=True))
    assert has_factor(lost)


def test_once_executed_the_factor_and_the_sign_ins_are_gone_and_the_person_is_told(client):
    lost, admin = PersonFactory(), PersonFactory(staff=True)
    with level(Level.ALWAYS):
        sign_in(client, lost)
        make_printed_codes(client)
        reset = actions.execute_factor_reset(due(asked_for(lost)), by=admin)
        assert reset.state == "executed"
        assert not has_factor(lost)
        assert client.get("/espace/profil/").url.startswith("/connexion/")
        assert last_mail().subject.startswith("Votre second facteur")
        assert JournalEntry.objects.get(verb="accounts.execute_factor_reset").by == admin
        sign_in(client, lost)
        assert client.get("/espace/profil/").url.startswith("/espace/securite/second-facteur/?")


def test_the_link_of_the_notice_stops_it_without_any_factor(client):
    lost = PersonFactory()
    give_printed_codes(lost)
    reset = asked_for(lost)
    path = "/connexion/second-facteur/demande/" + last_mail().body.split("/demande/")[1].split()[0]
    assert "téléphone volé" not in client.get(path).content.decode()
    assert FactorReset.objects.get().state == "asked"
    assert client.post(path).url == "/connexion/second-facteur/perdu/"
    assert FactorReset.objects.get().state == "stopped"
    with pytest.raises(TransitionRefused):
        actions.execute_factor_reset(due(reset), by=PersonFactory(staff=True))
    assert "pas encore possible" in client.get(path).content.decode()


def test_a_forged_link_stops_nothing(client):
    reset = asked_for(PersonFactory())
    assert client.post(f"/connexion/second-facteur/demande/{reset.pk}/").status_code == 404
    assert FactorReset.objects.get().state == "asked"


def test_neither_the_person_nor_the_colleague_executes():
    lost, colleague, admin = (PersonFactory(staff=True) for _ in range(3))
    reset = asked_for(lost, by=colleague)
    answers = {who: can_close_factor_reset(who, reset) for who in (lost, colleague, admin, PersonFactory())}
    assert [who for who, may in answers.items() if may] == [admin]


def test_a_factor_is_removed_by_its_owner_alone(client):
    mine, theirs = PersonFactory(), PersonFactory()
    give_printed_codes(theirs)
    sign_in(client, mine)
    path = f"/espace/securite/second-facteur/{theirs.authenticator_set.get().pk}/retirer/"
    assert client.post(path).status_code == 404
    make_printed_codes(client)
    own = f"/espace/securite/second-facteur/{mine.authenticator_set.get().pk}/retirer/"
    assert client.get(own).status_code == 200
    client.post(own)
    assert not has_factor(mine)
    assert last_mail().subject.startswith("Un second facteur")
    assert JournalEntry.objects.filter(verb="accounts.remove_factor", by=mine).count() == 1


def test_the_last_factor_of_a_role_that_needs_one_stays(client):
    person = PersonFactory()
    with level(Level.DEVICE):
        sign_in(client, person)
        make_printed_codes(client)
        path = f"/espace/securite/second-facteur/{person.authenticator_set.get().pk}/retirer/"
        assert "votre seul second facteur" in client.post(path, follow=True).content.decode()
    assert has_factor(person)


def test_losing_the_sheet_is_foreseen_on_the_page_that_asks_for_it(client):
    person = PersonFactory()
    give_printed_codes(person)
    sign_in(client, person)
    assert "/connexion/second-facteur/perdu/" in client.get("/connexion/second-facteur/").content.decode()
    assert "48 heures" in client.get("/connexion/second-facteur/perdu/").content.decode()
    assert type_factor(client, "").status_code == 200
