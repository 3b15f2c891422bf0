import pytest
from django.utils import timezone

from lms.accounts import actions
from lms.accounts.events import person_erased
from lms.accounts.models import DataRequest, Person
from lms.accounts.permissions import is_generic_mailbox
from lms.kernel import journal, privacy
from lms.kernel.models import JournalPersonal, Rule
from tests.accounts.doors import give_printed_codes, last_mail, sign_in
from tests.accounts.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_closing_an_account_ends_its_sign_ins(client):
    person, admin = PersonFactory(), PersonFactory(staff=True)
    sign_in(client, person)
    actions.close_account(person, by=admin)
    assert client.get("/espace/profil/").status_code == 302
    assert not person.usersession_set.exists()


def test_erasing_an_account_forgets_who_it_was_and_keeps_the_chain(client):
    person, admin = (
        PersonFactory(first_name="Zoé", last_name="Le Goff", pix_email="z@ville-exemple.fr"),
        PersonFactory(),
    )
    sign_in(client, person)
    give_printed_codes(person)
    client.post("/espace/profil/", {"first_name": "Zoé", "last_name": "Durand", "time_zone": "Europe/Paris"})
    actions.ask_about_data(person, kind="erasure", message="Je suis Zoé Durand.")
    heard = []
    person_erased.connect(lambda person, **_: heard.append(person), weak=False, dispatch_uid="test")
    actions.erase_account(Person.objects.get(pk=person.pk), by=admin)
    person_erased.disconnect(dispatch_uid="test")
    erased = Person.objects.get(pk=person.pk)
    assert (erased.first_name, erased.last_name, erased.email, erased.pix_email) == ("", "Personne effacée", None, None)
    assert not erased.is_active
    assert not erased.emailaddress_set.exists()
    assert not erased.authenticator_set.exists()
    assert DataRequest.objects.get().message == ""
    assert not JournalPersonal.objects.filter(person=erased, erased_at=None).exists()
    assert heard == [erased]
    journal.seal_pending()
    assert "Zoé" not in str(privacy.export_person(erased))


def test_an_administrator_is_found_or_made_and_told(client):
    known = PersonFactory(email="known@ville-exemple.fr", is_active=False)
    assert actions.make_administrator("KNOWN@ville-exemple.fr") == known
    person = actions.make_administrator("new@ville-exemple.fr")
    assert person.is_staff
    assert person.is_superuser
    assert last_mail().to == "new@ville-exemple.fr"
    sign_in(client, person)
    assert client.get("/admin/").url.startswith("/espace/securite/second-facteur/")


def test_the_shared_list_is_a_dated_rule():
    assert is_generic_mailbox("mairie@ville-exemple.fr")
    assert is_generic_mailbox("claire.martin@conseiller-numerique.fr")
    assert not is_generic_mailbox("guichet@ville-exemple.fr")
    Rule.objects.create(code="accounts.generic_mailboxes", value=["guichet"], valid_from=timezone.localdate())
    assert is_generic_mailbox("guichet@ville-exemple.fr")
    assert not is_generic_mailbox("mairie@ville-exemple.fr")


def test_an_address_corrected_by_hand_is_verified_by_the_next_code(client):
    person, admin = PersonFactory(email="old@conseiller-numerique.fr"), PersonFactory(staff=True)
    before = Person.objects.get(pk=person.pk)
    person.email = "new@ville-exemple.fr"
    actions.correct_person(person, before=before, by=admin)
    assert list(person.emailaddress_set.values_list("email", "verified")) == [("new@ville-exemple.fr", False)]
    sign_in(client, person)
    assert client.get("/espace/profil/").status_code == 200
    assert person.emailaddress_set.get().verified
