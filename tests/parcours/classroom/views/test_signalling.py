from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lms.kernel.models import JournalEntry, OutgoingMail
from parcours.classroom import actions
from parcours.classroom.models import SignalledNeed
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import EditionFactory
from tests.organisations.factories import DepartementFactory
from tests.parcours.classroom.factories import SessionFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
URL = "/sessions/signaler/"


@pytest.fixture
def edition():
    return EditionFactory()


def need(edition, **changes):
    values = {
        "parcours": edition.parcours_id,
        "departement": DepartementFactory(code="35").code,
        "people": "3",
        "structure": "Mairie de Dol",
        "email": "Accueil@Mairie-Dol.example",
    }
    return values | changes


def test_without_an_account_a_need_is_kept_and_counts_as_unserved_demand(client, edition):
    response = client.post(URL, need(edition), follow=True)
    assert "Votre besoin est enregistré" in response.content.decode()
    kept = SignalledNeed.objects.get()
    assert (kept.email, kept.people, kept.person) == ("accueil@mairie-dol.example", 3, None)
    assert SignalledNeed.objects.waiting().count() == 1
    assert JournalEntry.objects.get(verb="classroom.signal_need").after["people"] == 3


def test_somebody_signed_in_gives_no_address(edition):
    person = PersonFactory()
    values = need(edition)
    del values["email"]
    signed_in(person).post(URL, values)
    kept = SignalledNeed.objects.get()
    assert (kept.person, kept.email) == (person, person.email)


def test_the_same_need_said_twice_is_one_need(client, edition):
    for people in ("3", "8"):
        client.post(URL, need(edition, people=people))
    assert SignalledNeed.objects.get().people == 8


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "accueil"}, "Cette adresse n’est pas complète"),
        ({"email": ""}, "Cette réponse manque"),
        ({"people": "0"}, "au moins une personne"),
        ({"people": "beaucoup"}, "Écrivez un nombre"),
        ({"parcours": "0"}, "Choisissez un parcours"),
        ({"departement": "99"}, "Choisissez un département"),
        ({"structure": "x" * 201}, "trop long"),
    ],
)
def test_a_refused_form_says_why(client, edition, changes, sentence):
    response = client.post(URL, need(edition, **changes))
    assert response.status_code == 422 and sentence in response.content.decode()
    assert not SignalledNeed.objects.exists()


def test_too_many_needs_from_one_place_wait(client, edition):
    statuses = [client.post(URL, need(edition, email=f"a{rank}@exemple.fr")).status_code for rank in range(11)]
    assert statuses == [302] * 10 + [429]


def warned(run_jobs):
    run_jobs()
    return list(OutgoingMail.objects.filter(subject__startswith="Une session s’ouvre").values_list("to", flat=True))


def signalled(session, code, **values):
    departement = DepartementFactory(code=code)
    return actions.signal_need(email=f"{code}@exemple.fr", parcours=session.parcours, departement=departement, **values)


def test_a_session_that_opens_is_told_once_in_its_departement_and_the_neighbours(run_jobs):
    session = SessionFactory(departement=DepartementFactory(code="35"))
    for code in ("35", "56", "29"):
        signalled(session, code)
    assert actions.warn_of(session) == 2
    assert actions.warn_of(session) == 0
    assert sorted(warned(run_jobs)) == ["35@exemple.fr", "56@exemple.fr"]
    assert SignalledNeed.objects.waiting().get().departement_id == "29"
    another = SessionFactory(edition=session.edition, departement=session.departement)
    assert actions.warn_of(another) == 0


def test_a_remote_session_serves_every_departement(run_jobs):
    session = SessionFactory(departement=None, modality="remote")
    for code in ("35", "29"):
        signalled(session, code)
    assert actions.warn_of(session) == 2


def test_publishing_warns_by_itself(run_jobs):
    from parcours.classroom.events import session_published

    session = SessionFactory(departement=DepartementFactory(code="35"))
    signalled(session, "35")
    session_published.send(sender=type(session), session=session)
    assert warned(run_jobs) == ["35@exemple.fr"]


def test_the_link_of_the_message_stops_it_even_posted_by_a_mail_program(client, run_jobs):
    session = SessionFactory(departement=DepartementFactory(code="35"))
    kept = signalled(session, "35")
    link = reverse("classroom:stop_need", args=[actions.stop_link_of(kept).token])
    assert "Ne plus être prévenu" in client.get(link).content.decode()
    assert client.post(link).status_code == 200
    kept.refresh_from_db()
    assert kept.stopped_at and actions.warn_of(session) == 0
    assert client.get(reverse("classroom:stop_need", args=["faux"])).status_code == 404


def test_a_need_is_forgotten_after_a_year():
    session = SessionFactory()
    old, recent = signalled(session, "35"), signalled(session, "56")
    SignalledNeed.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=366))
    actions.forget_needs()
    assert list(SignalledNeed.objects.all()) == [recent]
