"""What trainers read of those they train: hours, dates and exchanges, and of nobody else."""

import pytest
from django.urls import reverse

from lms.organisations.models import Role
from parcours.learning import actions
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import EditionFactory
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.parcours.adaptations.factories import MeasureFactory
from tests.parcours.assistance.factories import QUESTION, ask
from tests.parcours.learning.factories import EnrolmentFactory, activity, finish
from tests.parcours.learning.views.sending import text_of
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
LIST = reverse("learning:learners")


@pytest.fixture
def organisation():
    return OrganisationFactory(training=True)


@pytest.fixture
def edition(organisation):
    return EditionFactory(parcours__organisation=organisation)


@pytest.fixture
def enrolment(edition):
    return EnrolmentFactory(edition=edition, person=PersonFactory(first_name="Awa", last_name="Diallo"))


def releve(enrolment):
    return reverse("learning:learner_releve", args=[enrolment.pk])


def training(organisation, role=Role.TRAINER):
    return signed_in(MembershipFactory(role=role, organisation=organisation).person)


@pytest.mark.parametrize("role", [Role.TRAINER, Role.TRAINING_MANAGER])
def test_who_trains_finds_each_learner_and_opens_their_releve(organisation, enrolment, role):
    finish(enrolment, activity(enrolment, 1))
    client = training(organisation, role)
    page = client.get(LIST)
    assert "1 sur 3" in text_of(page) and f'href="{releve(enrolment)}"' in page.content.decode()
    text = text_of(client.get(releve(enrolment)))
    assert "Awa Diallo" in text
    assert "Étapes terminées 1 sur 3" in text
    assert "Aucune question n’a été posée" in text


def test_neither_answers_nor_results_nor_adaptations_are_told(organisation, enrolment):
    finish(enrolment, activity(enrolment, 1))
    MeasureFactory(request__person=enrolment.person, request__organisation=organisation, request__wish="Une boucle.")
    text = text_of(training(organisation).get(releve(enrolment)))
    assert "réponse juste" not in text and "réponses justes" not in text
    assert "boucle" not in text and "pauses" not in text


def test_the_exchanges_are_told_and_never_quoted(organisation, enrolment):
    ask(enrolment.edition, enrolment.person)
    text = text_of(training(organisation).get(releve(enrolment)))
    assert "Question posée le" in text and "Ce qui a été écrit n’est pas repris ici" in text
    assert QUESTION[:20] not in text


def test_what_somebody_stopped_is_still_proven(organisation, enrolment):
    actions.withdraw(enrolment, by=enrolment.person)
    client = training(organisation)
    assert "arrêté" in text_of(client.get(LIST))
    assert "parcours arrêté" in text_of(client.get(releve(enrolment)))


def test_another_organisme_finds_nobody_and_opens_nothing(enrolment):
    client = training(OrganisationFactory(training=True))
    page = client.get(LIST).content.decode()
    assert "Diallo" not in page and "Personne ne suit encore" in page
    assert client.get(releve(enrolment)).status_code == 404


def test_the_referent_of_the_structure_opens_no_releve(enrolment):
    referent = MembershipFactory(role=Role.STRUCTURE_REFERENT, organisation=enrolment.employer).person
    client = signed_in(referent)
    assert client.get(LIST).status_code == 403
    assert client.get(releve(enrolment)).status_code == 404


def test_a_trainer_who_learns_reads_their_own_in_their_own_space(organisation, edition):
    person = MembershipFactory(role=Role.TRAINER, organisation=organisation).person
    own = EnrolmentFactory(edition=edition, person=person)
    assert signed_in(person).get(releve(own)).status_code == 404
    assert signed_in(person).get(reverse("learning:releve", args=[own.pk])).status_code == 200


def test_what_names_no_organisme_is_for_the_only_one_there_is():
    alone = OrganisationFactory(training=True)
    enrolment = EnrolmentFactory(edition=EditionFactory(parcours__organisation=None))
    client = training(alone)
    assert client.get(releve(enrolment)).status_code == 200
    OrganisationFactory(training=True)
    assert client.get(releve(enrolment)).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "diallo awa"}, True),
        ({"q": "nobody"}, False),
        ({"etat": "a-faire"}, True),
        ({"etat": "termine"}, False),
        ({"etat": "nimporte", "parcours": "x", "tri": "hasard", "page": "99", "par_page": "x"}, True),
        ({"tri": "passage"}, True),
        ({"tri": "inscription"}, True),
    ],
)
def test_the_list_is_searched_and_a_filter_without_meaning_is_ignored(organisation, enrolment, query, found):
    assert ("Diallo" in training(organisation).get(LIST, query).content.decode()) is found


def test_the_list_costs_the_same_for_one_person_or_thirty(
    organisation, edition, enrolment, django_assert_max_num_queries
):
    client = training(organisation)
    client.get(LIST)
    for _ in range(30):
        EnrolmentFactory(edition=edition)
    with django_assert_max_num_queries(13):
        client.get(LIST, {"par_page": "50"})
