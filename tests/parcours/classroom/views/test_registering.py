import re
from html import unescape

import pytest
from django.urls import reverse

from lms.accounts.models import Person
from lms.kernel.models import OutgoingMail
from parcours.classroom.models import Registration
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.parcours.classroom.factories import SessionFactory, in_days
from tests.parcours.classroom.places import Team, states
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
PUBLIC = {"employeur": "public", "conseiller": "non", "accord": "non", "par": ""}


@pytest.fixture
def team():
    return Team(3)


@pytest.fixture
def client(team):
    return signed_in(team.referent)


def people_url(team, session, **answers):
    query = "&".join(f"{name}={value}" for name, value in (PUBLIC | answers).items())
    return f"{reverse('classroom:people', args=[team.structure.public_id, session.public_id])}?{query}"


def test_the_door_leads_a_referent_straight_to_her_only_structure(team, client):
    session = SessionFactory()
    response = client.get(reverse("classroom:door", args=[session.public_id]))
    assert response["Location"] == reverse("classroom:road", args=[team.structure.public_id, session.public_id])


def test_somebody_who_is_no_referent_learns_who_registers():
    session = SessionFactory()
    text = signed_in(PersonFactory()).get(reverse("classroom:door", args=[session.public_id])).content.decode()
    assert "Le référent de votre structure vous inscrit" in text and f"/sessions/{session.public_id}/" in text


def test_the_legal_category_answers_the_first_question_to_be_confirmed(team, client):
    team.structure.legal_category = "7361"
    team.structure.save()
    url = reverse("classroom:road", args=[team.structure.public_id, SessionFactory().public_id])
    text = client.get(url).content.decode()
    assert "est publique" in text and 'value="public" ' in text and "checked" in text


def test_the_answers_give_the_road_and_stay_in_the_address(team, client):
    session = SessionFactory()
    url = reverse("classroom:road", args=[team.structure.public_id, session.public_id])
    response = client.get(url, PUBLIC, follow=True)
    text = response.content.decode()
    assert "La structure publique paie" in text and "n’en relèvent pas" in text
    assert "employeur=public" in response.redirect_chain[-1][0]


def test_the_answers_are_changed_from_what_was_said(team, client):
    session = SessionFactory()
    text = client.get(people_url(team, session, employeur="private", conseiller="oui")).content.decode()
    (address,) = re.findall(r'href="([^"]+changer=oui)"', text)
    back = client.get(unescape(address))
    assert back.status_code == 200
    checked = re.findall(r'value="(\w+)"[^>]*\bchecked', back.content.decode())
    assert checked == ["private", "oui", "non"]
    assert "Cette réponse manque" not in back.content.decode()


def test_funds_held_through_fne_close_the_form_with_their_sentence(team, client):
    text = client.get(people_url(team, SessionFactory(), accord="oui", par="fne")).content.decode()
    assert "ne s’inscrivent pas ici" in text and 'name="personne"' not in text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({"accord": "oui"}, "Dites qui a accordé"), ({"employeur": "autre"}, "autre"), ({"conseiller": ""}, "manque")],
)
def test_an_incomplete_answer_is_asked_again(team, client, changes, sentence):
    url = reverse("classroom:road", args=[team.structure.public_id, SessionFactory().public_id])
    response = client.get(url, PUBLIC | changes)
    assert response.status_code == 422 and sentence in response.content.decode()


def test_eight_people_at_once_those_without_a_seat_wait(team, client):
    session = SessionFactory(capacity=2)
    data = {"personne": [one.pk for one in team.people], "attendre": "oui"}
    response = client.post(people_url(team, session), data, follow=True)
    assert states(session) == ["registered", "registered", "waiting"]
    text = response.content.decode()
    assert "2 personnes ont une place" in text and "1 personne est en liste d’attente" in text


def test_without_the_waiting_list_the_last_ones_are_refused_by_name(team, client):
    session = SessionFactory(capacity=2)
    data = {"personne": [one.pk for one in team.people]}
    text = client.post(people_url(team, session), data, follow=True).content.decode()
    assert states(session) == ["registered", "registered"] and "la dernière place" in text.lower()


def test_nobody_ticked_is_said(team, client):
    response = client.post(people_url(team, SessionFactory()), {})
    assert response.status_code == 422 and "Cochez au moins une personne" in response.content.decode()


def test_only_people_of_the_structure_are_registered_whatever_is_posted(team, client):
    session, stranger = SessionFactory(), PersonFactory()
    assert client.post(people_url(team, session), {"personne": [stranger.pk]}).status_code == 422
    assert states(session) == []


def new(**changes):
    values = {"first_name": "Rosa", "last_name": "Petit", "email": "rosa.petit@dol.example"} | changes
    return {f"nouvelle-{name}": value for name, value in values.items()}


def test_an_unknown_address_becomes_a_colleague_and_has_a_seat(team, client):
    session = SessionFactory()
    client.post(people_url(team, session), new())
    person = Person.objects.with_email("rosa.petit@dol.example").get()
    assert session.registrations.get().person == person
    assert person.memberships.get().organisation == team.structure


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": ""}, "Il manque l’adresse"),
        ({"email": "rosa"}, "n’est pas complète"),
        ({"email": "accueil@dol.example"}, "partagée"),
        ({"last_name": ""}, "Il manque le nom"),
    ],
)
def test_half_a_person_is_not_added(team, client, changes, sentence):
    response = client.post(people_url(team, SessionFactory()), new(**changes))
    assert response.status_code == 422 and sentence in response.content.decode()
    assert not Registration.objects.exists()


def test_the_account_of_somebody_else_is_asked_and_decides(team, client, run_jobs):
    session, elsewhere = SessionFactory(), PersonFactory()
    text = client.post(people_url(team, session), new(email=elsewhere.email), follow=True).content.decode()
    assert "a déjà un compte" in text and elsewhere.full_name not in text and states(session) == []
    run_jobs()
    mail = OutgoingMail.objects.get(to=elsewhere.email)
    link = next(word for word in mail.body.split() if "/rejoindre/" in word)
    path = "/sessions/" + link.split("/sessions/")[1]
    from django.test import Client

    anybody = Client()
    assert "Travaillez-vous dans cette structure" in anybody.get(path).content.decode()
    anybody.post(path, {"reponse": "oui"})
    assert session.registrations.get().person == elsewhere
    assert anybody.get(path).status_code == 404


def test_whoever_refuses_to_join_leaves_no_trace_in_the_structure(team, client):
    session, elsewhere = SessionFactory(), PersonFactory()
    client.post(people_url(team, session), new(email=elsewhere.email))
    from lms.kernel.models import Grant

    token = Grant.objects.get(scope="classroom.join").token
    client.post(reverse("classroom:join", args=[token]), {"reponse": "non"})
    assert not elsewhere.memberships.exists() and states(session) == []


def test_a_closed_session_says_so_before_any_question(team, client):
    session = SessionFactory(first_day=in_days(10))
    url = reverse("classroom:road", args=[team.structure.public_id, session.public_id])
    text = client.get(url).content.decode()
    assert "Les inscriptions sont closes depuis" in text and 'name="employeur"' not in text


def test_the_list_of_people_costs_the_same_for_three_or_thirty(team, client, django_assert_max_num_queries):
    for _ in range(30):
        MembershipFactory(organisation=team.structure)
    url = people_url(team, SessionFactory())
    with django_assert_max_num_queries(22):
        assert client.get(url).status_code == 200


def test_a_large_structure_searches_and_keeps_the_answers(team, client):
    for rank in range(100):
        MembershipFactory(organisation=team.structure, person=PersonFactory(last_name=f"Abgrall{rank}"))
    session = SessionFactory()
    text = client.get(people_url(team, session)).content.decode()
    assert "Votre structure est grande" in text and 'name="employeur" value="public"' in text
    found = client.get(f"{people_url(team, session)}&q=Abgrall99").content.decode()
    assert found.count('name="personne"') == 1


# --- Oneself ----------------------------------------------------------------------------------------------------------


def own_url(session, **answers):
    query = "&".join(f"{name}={value}" for name, value in answers.items())
    return f"{reverse('classroom:register_oneself', args=[session.public_id])}?{query}"


def test_the_trainee_registers_alone_where_the_session_allows_it(team):
    session, person = SessionFactory(registrar="anyone"), team.people[0]
    client = signed_in(person)
    assert "Pour moi" in client.get(reverse("classroom:door", args=[session.public_id])).content.decode()
    assert "La structure publique paie" in client.get(own_url(session, **PUBLIC)).content.decode()
    client.post(own_url(session, **PUBLIC))
    registration = session.registrations.get()
    assert (registration.person, registration.registered_by, registration.employer) == (person, person, team.structure)


def test_a_full_session_offers_the_list_to_the_trainee(team):
    session = SessionFactory(registrar="anyone", capacity=1)
    team.register(session, team.people[1])
    client = signed_in(team.people[0])
    assert "Rejoindre la liste d’attente" in client.get(own_url(session, **PUBLIC)).content.decode()
    client.post(own_url(session, **PUBLIC), {"attendre": "oui"})
    assert states(session) == ["registered", "waiting"]


def test_several_employers_are_asked_for_and_none_is_declared_first(team):
    session = SessionFactory(registrar="anyone")
    MembershipFactory(person=team.people[0], organisation=OrganisationFactory(name="CCAS de Dol"))
    text = signed_in(team.people[0]).get(own_url(session)).content.decode()
    assert "Pour quel employeur" in text and "CCAS de Dol" in text
    assert "Déclarer mon employeur" in signed_in(PersonFactory()).get(own_url(session)).content.decode()


def test_nobody_registers_alone_where_the_referent_does(team):
    assert signed_in(team.people[0]).get(own_url(SessionFactory())).status_code == 403


def test_twice_is_refused_with_a_sentence(team):
    session = SessionFactory(registrar="anyone")
    client = signed_in(team.people[0])
    client.post(own_url(session, **PUBLIC))
    text = client.post(own_url(session, **PUBLIC), follow=True).content.decode()
    assert "déjà inscrit" in text
    assert states(session) == ["registered"]
