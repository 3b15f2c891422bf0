"""« Éditions et diffusion », as whoever publishes a parcours goes through it."""

import pytest
from django.urls import reverse

from lms.kernel.jobs import run_due
from lms.organisations.actions import add_member
from lms.organisations.models import Role
from parcours.catalogue.models import Edition, LibraryPage
from parcours.learning import actions
from parcours.learning.models import Spread
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import EditionFactory, ParcoursPageFactory
from tests.catalogue.situations import loaded
from tests.organisations.factories import OrganisationFactory
from tests.parcours.learning.editions import fresh, next_edition, other_question, questions_of, reworded, spread
from tests.parcours.learning.factories import EnrolmentFactory, activity, finish, reply
from tests.parcours.learning.views.sending import text_of
from tests.permissions.matrix import signed_in
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
LIST = "/formation/editions/"


def manager_of(organisation):
    person = PersonFactory()
    add_member(person, organisation, role=Role.TRAINING_MANAGER, by=None)
    return person


@made_once
def armor():
    OrganisationFactory(training=True, name="Autre organisme", assistance_contact="Paul")
    loaded()
    return OrganisationFactory(training=True, name="Formation Armor", assistance_contact="Inès Roux")


@pytest.fixture
def manager(armor):
    return signed_in(manager_of(armor))


@pytest.fixture
def parcours(armor, manager):
    """A parcours of the organisation, that one person has begun."""
    library = LibraryPage.objects.get(organisation=armor)
    return ParcoursPageFactory(parent=library, title="Accueillir", organisation=armor)


@pytest.fixture
def followed(parcours):
    return EnrolmentFactory(edition=EditionFactory(parcours=parcours), started=True)


def page_of(edition):
    return reverse("learning:spread", args=[edition.pk])


def post(client, name, edition):
    return client.post(reverse(f"learning:{name}", args=[edition.pk]), follow=True)


def test_the_list_holds_what_one_may_publish_with_how_many_follow_what(manager, followed):
    assert "Accueillir" in (shown := text_of(manager.get(LIST)))
    assert "Un essai" not in shown
    newer = next_edition(followed.edition, add=1)
    shown = text_of(manager.get(LIST))
    assert "Accueillir 2, du" in shown
    assert newer.title in shown
    assert "Aucun parcours ne porte ces mots" in text_of(manager.get(LIST + "?q=boulangerie"))


def test_whoever_publishes_nothing_reads_whom_to_ask(armor):
    trainer = PersonFactory()
    add_member(trainer, armor, role=Role.TRAINER, by=None)
    assert "Vous ne pouvez diffuser aucune édition" in text_of(signed_in(trainer).get(LIST))


def test_another_organisation_neither_sees_nor_moves_anybody(followed):
    stranger = signed_in(manager_of(OrganisationFactory(training=True)))
    assert "Accueillir" not in text_of(stranger.get(LIST))
    assert stranger.get(page_of(followed.edition)).status_code == 403
    for name in ("preview_spread", "confirm_spread", "spread_minor"):
        assert stranger.post(reverse(f"learning:{name}", args=[followed.edition_id])).status_code == 403


def test_the_national_parcours_belong_to_the_national_reviewers(manager, armor):
    national = Edition.objects.get(slug="un-essai")
    assert manager.get(page_of(national)).status_code == 403
    reviewer = PersonFactory()
    add_member(reviewer, OrganisationFactory(anct=True), role=Role.REVIEWER, by=None)
    assert signed_in(reviewer).get(page_of(national)).status_code == 200


def test_from_the_preview_to_the_move(manager, followed):
    newer = next_edition(followed.edition, drop=[0], add=1)
    shown = text_of(manager.get(page_of(newer)))
    assert "L’étape « Lire » est retirée." in shown
    assert "Personne n’est déplacé avant votre confirmation." in shown
    shown = text_of(post(manager, "preview_spread", newer))
    assert "1 personne aurait au moins une étape terminée qui ne compterait plus." in shown
    assert followed.person.full_name in shown
    assert "de 40 % à 0 %" in shown
    assert fresh(followed).edition == followed.edition
    assert "La diffusion est lancée" in text_of(post(manager, "confirm_spread", newer))
    run_due()
    shown = text_of(manager.get(page_of(newer)))
    assert "1 personne la suit depuis le" in shown
    assert fresh(followed).edition == newer


def test_a_minor_correction_needs_no_preview(manager, followed):
    newer = next_edition(followed.edition, change=reworded)
    shown = text_of(manager.get(page_of(newer)))
    assert "ni étape, ni durée, ni règle, ni réponse juste ne change" in shown
    assert "Diffuser la correction mineure" in shown
    post(manager, "spread_minor", newer)
    run_due()
    assert fresh(followed).edition == newer


def test_a_correction_that_counts_is_refused_in_words(manager, followed):
    newer = next_edition(followed.edition, add=1)
    assert "Diffuser la correction mineure" not in text_of(manager.get(page_of(newer)))
    shown = text_of(post(manager, "spread_minor", newer))
    assert "Ce n’est pas une correction mineure" in shown
    assert "L’étape « Neuve » est ajoutée." in shown
    assert fresh(followed).edition == followed.edition


def test_whoever_is_in_the_middle_of_a_quiz_is_said_to_wait(manager, followed):
    quiz = activity(followed, 1)
    reply(followed, quiz, quiz.questions[0])
    newer = next_edition(followed.edition, change=other_question)
    shown = text_of(post(manager, "preview_spread", newer))
    assert "Des essais sont en cours" in shown
    assert "dans l’heure qui suit la fin de l’essai" in shown
    post(manager, "confirm_spread", newer)
    run_due()
    assert "1 personne finit un essai en cours" in text_of(manager.get(page_of(newer)))


def test_a_count_under_way_says_how_far_it_is(manager, followed):
    newer = next_edition(followed.edition, add=1)
    Spread.objects.create(edition=newer, asked_by=PersonFactory(), total=4000, seen=1200)
    shown = text_of(manager.get(page_of(newer)))
    assert "1 200 sur 4 000 inscriptions lues" in shown
    assert "Actualiser" in shown
    assert "déjà en cours de diffusion" in text_of(post(manager, "preview_spread", newer))


def test_an_older_edition_leads_to_the_last_one(manager, followed):
    newer = next_edition(followed.edition)
    assert manager.get(page_of(followed.edition))["Location"] == page_of(newer)


def test_when_everybody_follows_it_there_is_nothing_to_do(manager, followed):
    assert "Tout le monde suit déjà cette édition" in text_of(manager.get(page_of(followed.edition)))
    done = EnrolmentFactory(edition=followed.edition, completed=True)
    newer = next_edition(followed.edition, add=1)
    assert done.edition == followed.edition
    assert "1 personne a terminé une édition plus ancienne" in text_of(manager.get(page_of(newer)))


def test_the_lists_cost_the_same_for_one_or_thirty(manager, followed, parcours, django_assert_max_num_queries):
    newer = next_edition(followed.edition, drop=[0])
    post(manager, "preview_spread", newer)
    for url in (LIST, page_of(newer)):
        manager.get(url)
    for _ in range(8):
        EnrolmentFactory(edition=followed.edition, started=True)
        EditionFactory(parcours=ParcoursPageFactory(parent=parcours.get_parent()))
    actions.preview_spread(newer, by=PersonFactory())
    for url in (LIST, page_of(newer)):
        with django_assert_max_num_queries(25):
            manager.get(url)


def test_an_answer_given_before_a_question_changed_still_counts_and_says_so(client, followed, manager):
    finish(followed, activity(followed, 1))

    def other_options(rank, values):
        for question in questions_of(values)[:1] if rank == 1 else ():
            question["options"] = [option | {"id": f"neuf-{option['id']}"} for option in question["options"]]

    newer = next_edition(followed.edition, change=other_options)
    spread(newer, PersonFactory())
    moved = fresh(followed)
    assert (moved.edition, moved.progress.done) == (newer, 2)
    client.force_login(followed.person)
    shown = text_of(client.get(reverse("learning:activity", args=[moved.pk, activity(moved, 1).slug])))
    assert "Vous avez répondu à cette question avant qu’elle ne change" in shown
    assert "compte comme juste" in shown
