import zoneinfo

import pytest
from django.utils import timezone

from lms.accounts.models import FrenchZone, Person
from lms.kernel.models import JournalEntry, OutgoingMail
from tests.accounts.doors import ask_code, last_mail, later, mailed_code, person_signed_in, sign_in, type_code
from tests.accounts.factories import PersonFactory

pytestmark = pytest.mark.django_db
PROFILE, EMAIL, EMAIL_CODE = "/espace/profil/", "/espace/profil/adresse/", "/connexion/adresse/"
PIX, PIX_CODE = "/espace/profil/adresse-pix/", "/espace/profil/adresse-pix/code/"


def profile_of(person, **changes):
    return {"first_name": person.first_name, "last_name": person.last_name, "time_zone": person.time_zone} | changes


def test_names_and_hours_are_changed_and_journalled_apart(client):
    person = PersonFactory()
    sign_in(client, person)
    assert client.post(PROFILE, profile_of(person, last_name="Le Goff", time_zone="Indian/Mayotte")).url == PROFILE
    person.refresh_from_db()
    assert (person.last_name, person.time_zone) == ("Le Goff", "Indian/Mayotte")
    entry = JournalEntry.objects.get(verb="accounts.change_profile")
    assert entry.by == person
    assert entry.after is None
    assert entry.personal.values["after"]["last_name"] == "Le Goff"


def test_saving_what_has_not_changed_writes_nothing(client):
    person = PersonFactory()
    sign_in(client, person)
    client.post(PROFILE, profile_of(person))
    assert not JournalEntry.objects.filter(verb="accounts.change_profile").exists()


def test_a_zone_that_is_not_french_is_refused(client):
    person = PersonFactory()
    sign_in(client, person)
    assert client.post(PROFILE, profile_of(person, time_zone="America/New_York")).status_code == 200
    assert Person.objects.get().time_zone == "Europe/Paris"


@pytest.mark.parametrize("zone", FrenchZone.values)
def test_hours_are_read_in_the_zone_of_the_reader(client, zone):
    person = PersonFactory(time_zone=zone)
    sign_in(client, person)
    shown = person.usersession_set.get().created_at.astimezone(zoneinfo.ZoneInfo(zone))
    assert f"{shown:%d/%m/%Y}, {shown.hour}\u00a0h" in client.get("/espace/securite/").content.decode()
    assert timezone.get_current_timezone_name() == "Europe/Paris"


def test_a_new_address_replaces_the_old_when_its_code_comes_back(client):
    person = PersonFactory(email="old@ville-exemple.fr")
    sign_in(client, person)
    assert client.post(EMAIL, {"email": "New@Ville-Exemple.fr"}).url == EMAIL_CODE
    assert last_mail().to == "new@ville-exemple.fr"
    assert Person.objects.get().email == "old@ville-exemple.fr"
    assert client.get(EMAIL_CODE).status_code == 200
    assert client.post(EMAIL_CODE, {"code": mailed_code(), "action": "verify"}).url == PROFILE
    assert Person.objects.get().email == "new@ville-exemple.fr"
    assert list(person.emailaddress_set.values_list("email", "verified")) == [("new@ville-exemple.fr", True)]
    assert last_mail().to == "old@ville-exemple.fr"
    assert "new@ville-exemple.fr" in last_mail().body
    entry = JournalEntry.objects.get(verb="accounts.change_email")
    assert entry.personal.values == {"before": "old@ville-exemple.fr", "after": "new@ville-exemple.fr"}


def test_the_old_address_opens_nothing_any_more(client):
    person = PersonFactory(email="old@ville-exemple.fr")
    sign_in(client, person)
    client.post(EMAIL, {"email": "new@ville-exemple.fr"})
    client.post(EMAIL_CODE, {"code": mailed_code(), "action": "verify"})
    client.post("/deconnexion/")
    ask_code(client, "old@ville-exemple.fr")
    assert last_mail().subject.startswith("Aucun compte")


@pytest.mark.parametrize("known", [True, False])
def test_changing_address_does_not_tell_whether_the_new_one_is_known(client, known):
    taken = PersonFactory(email="taken@ville-exemple.fr") if known else None
    sign_in(client, PersonFactory(email="me@ville-exemple.fr"))
    answer = client.post(EMAIL, {"email": "taken@ville-exemple.fr"})
    assert answer.url == EMAIL_CODE
    client.post(EMAIL_CODE, {"code": mailed_code(), "action": "verify"})
    changed = Person.objects.filter(email="taken@ville-exemple.fr").exclude(pk=taken.pk if taken else None)
    assert changed.exists() is not known


def test_the_same_address_or_a_closed_domain_is_refused(client):
    person = PersonFactory()
    sign_in(client, person)
    for email in (person.email.upper(), "a@conseiller-numerique.fr", "hélène@ville.fr"):
        assert client.post(EMAIL, {"email": email}).status_code == 200


def test_three_wrong_codes_give_up_the_change(client):
    sign_in(client, PersonFactory(email="old@ville-exemple.fr"))
    client.post(EMAIL, {"email": "new@ville-exemple.fr"})
    for _ in range(3):
        client.post(EMAIL_CODE, {"code": "0000-0000", "action": "verify"})
    client.post(EMAIL_CODE, {"code": mailed_code(), "action": "verify"})
    assert Person.objects.get().email == "old@ville-exemple.fr"


def test_the_sign_in_address_is_the_one_for_pix_from_the_first_sign_in(client):
    person = PersonFactory()
    sign_in(client, person)
    person.refresh_from_db()
    assert person.pix_email == person.email
    assert person.email in client.get(PROFILE).content.decode()


def test_changing_the_sign_in_address_leaves_the_one_pix_knows(client):
    sign_in(client, PersonFactory(email="old@ville-exemple.fr"))
    client.post(EMAIL, {"email": "new@ville-exemple.fr"})
    client.post(EMAIL_CODE, {"code": mailed_code(), "action": "verify"})
    assert Person.objects.get().pix_email == "old@ville-exemple.fr"


def test_a_shared_mailbox_is_told_why_and_asked_for_another(client):
    person = PersonFactory(email="ccas@ville-exemple.fr")
    sign_in(client, person)
    assert Person.objects.get().pix_email is None
    assert "lue par plusieurs personnes" in client.get(PROFILE).content.decode()
    assert "refuse les adresses partagées" in client.post(PIX, {"email": "mairie@ville-exemple.fr"}).content.decode()
    assert client.post(PIX, {"email": "nadia.b@ville-exemple.fr"}).url == PIX_CODE
    assert last_mail().to == "nadia.b@ville-exemple.fr"
    assert client.get(PIX_CODE).status_code == 200
    assert Person.objects.get().pix_email is None
    assert client.post(PIX_CODE, {"code": mailed_code()}).url == PROFILE
    confirmed = Person.objects.get()
    assert confirmed.pix_email == "nadia.b@ville-exemple.fr"
    assert confirmed.pix_email_confirmed_at
    assert JournalEntry.objects.get(verb="accounts.confirm_pix_address").by == person


def test_one_address_is_confirmed_at_a_time(client):
    sign_in(client, PersonFactory(email="one@ville-exemple.fr"))
    for email in ("two@ville-exemple.fr", "three@ville-exemple.fr"):
        client.post(PIX, {"email": email})
        client.post(PIX_CODE, {"code": mailed_code()})
        assert Person.objects.get().pix_email == email


def test_an_address_for_pix_that_is_somebody_else_s_is_refused_after_the_proof(client):
    PersonFactory(email="theirs@ville-exemple.fr", pix_email="shared@ville-exemple.fr")
    person = PersonFactory()
    sign_in(client, person)
    client.post(PIX, {"email": "shared@ville-exemple.fr"})
    assert client.post(PIX_CODE, {"code": mailed_code()}).url == PIX
    assert "déjà confirmée par une autre personne" in client.get(PIX).content.decode()
    person.refresh_from_db()
    assert person.pix_email == person.email


def test_a_code_for_pix_expires_and_serves_only_where_it_was_asked(client):
    person = PersonFactory()
    sign_in(client, person)
    assert client.get(PIX_CODE).url == PIX
    client.post(PIX, {"email": "two@ville-exemple.fr"})
    code = mailed_code()
    with later(16):
        assert client.post(PIX_CODE, {"code": code}).status_code == 302
    assert Person.objects.get().pix_email == person.email


def test_a_code_that_confirms_an_address_opens_no_session(client):
    person = PersonFactory()
    sign_in(client, person)
    client.post(PIX, {"email": "two@ville-exemple.fr"})
    code = mailed_code()
    client.post("/deconnexion/")
    ask_code(client, person.email)
    type_code(client, code)
    assert person_signed_in(client) is None
    assert OutgoingMail.objects.filter(subject__startswith="Votre code de confirmation").count() == 1
