from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError
from django.utils import timezone

from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import JournalEntry, OutgoingMail
from parcours.classroom import actions
from parcours.classroom.actions import registering
from parcours.classroom.actions.registering import SessionFull
from parcours.classroom.engine.funding import Answers
from parcours.classroom.events import registered
from parcours.classroom.models import Session
from parcours.learning.actions import enrol_by_session
from parcours.learning.models import Enrolment
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import EditionFactory
from tests.kernel.threads import together
from tests.organisations.factories import CampagneFactory, OrganisationFactory, WaveFactory
from tests.parcours.classroom.factories import RegistrationFactory, SessionFactory, in_days
from tests.parcours.classroom.places import PUBLIC, Team, states


@pytest.mark.django_db
def test_a_registration_takes_a_seat_follows_the_edition_and_is_told_to_everybody(run_jobs):
    team, session = Team(), SessionFactory()
    told = []
    registered.connect(lambda registration, **kwargs: told.append(registration), weak=False, dispatch_uid="test")
    registration = team.register(session)
    registered.disconnect(dispatch_uid="test")
    session.refresh_from_db()
    assert session.seats_taken == 1 and told == [registration]
    assert registration.enrolment.edition == session.edition
    assert (registration.funding_road, registration.funding_answers["employer"]) == ("employeur-public", "public")
    assert JournalEntry.objects.filter(verb="classroom.register", by=team.referent).count() == 1
    run_jobs()
    to = dict(OutgoingMail.objects.filter(subject__startswith="Votre inscription").values_list("to", "body"))
    assert f"Inscription faite par : {team.referent.full_name}" in to[registration.person.email]


@pytest.mark.django_db
def test_who_follows_the_parcours_already_goes_on_in_the_same_enrolment():
    team, session = Team(), SessionFactory()
    older = EditionFactory(parcours=session.parcours)
    standing = enrol_by_session(team.people[0], older, employer=team.structure, by=team.referent)
    assert team.register(session).enrolment == standing
    standing.refresh_from_db()
    assert standing.edition == session.edition
    assert Enrolment.objects.count() == 1


@pytest.mark.django_db
def test_a_full_session_refuses_and_offers_to_wait():
    team, session = Team(), SessionFactory(capacity=1)
    team.register(session)
    with pytest.raises(SessionFull, match="complète"):
        team.register(session, team.people[1])
    waiting = team.register(session, team.people[1], or_wait=True)
    assert waiting.state == "waiting" and waiting.enrolment is None
    session.refresh_from_db()
    assert session.seats_taken == 1


@pytest.mark.django_db
def test_nobody_registers_twice_even_while_waiting():
    team, session = Team(), SessionFactory(capacity=1)
    for person in team.people[:2]:
        team.register(session, person, or_wait=True)
        with pytest.raises(TransitionRefused, match="déjà inscrit"):
            team.register(session, person, or_wait=True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"state": "draft"}, "pas encore publiée"),
        ({"state": "closed"}, "terminée"),
        ({"state": "cancelled", "cancelled_at": timezone.now(), "cancel_reason": "Formatrice malade"}, "annulée"),
        ({"first_day": in_days(-1)}, "a commencé"),
        ({"first_day": in_days(27)}, "inscriptions sont closes depuis"),
        ({"intra": True}, "réservée à une structure"),
        ({"for_conseillers": True}, "réservée aux conseillers"),
    ],
)
def test_a_session_that_cannot_be_joined_says_why(values, sentence):
    team = Team(1)
    if values.get("intra"):
        values = values | {"intra_for": OrganisationFactory()}
    session = SessionFactory(**values)
    with pytest.raises(TransitionRefused, match=sentence):
        team.register(session)
    assert states(session) == []


@pytest.mark.django_db
def test_a_session_of_the_structure_itself_has_no_closing_date():
    team = Team(1)
    session = SessionFactory(intra=True, intra_for=team.structure, first_day=in_days(3))
    assert team.register(session).state == "registered"


@pytest.mark.django_db
def test_once_five_are_registered_one_registers_until_two_weeks_before():
    team, session = Team(6), SessionFactory(first_day=in_days(20))
    for _ in range(4):
        RegistrationFactory(session=session)
    with pytest.raises(TransitionRefused, match="closes"):
        team.register(session)
    RegistrationFactory(session=session)
    assert team.register(session).state == "registered"


@pytest.mark.django_db
def test_an_override_opens_a_session_and_says_by_whom_and_why():
    team, session, manager = Team(1), SessionFactory(first_day=in_days(3)), PersonFactory()
    actions.override_opening(session, by=manager, reason="Accord de l’organisme")
    assert team.register(Session.objects.get(pk=session.pk)).state == "registered"
    entry = JournalEntry.objects.get(verb="classroom.override_opening")
    assert entry.by == manager


@pytest.mark.django_db
def test_funds_held_through_fne_are_refused_with_their_sentence():
    team, session = Team(1), SessionFactory()
    with pytest.raises(TransitionRefused, match="France Numérique Ensemble ne s’inscrivent pas ici"):
        team.register(session, answers=Answers("public", granted_by="fne"))


@pytest.mark.django_db
@pytest.mark.parametrize(("starts_in", "opened"), [(30, False), (-1, True)])
def test_in_a_campagne_the_structures_of_a_region_wait_for_their_wave(starts_in, opened):
    team = Team(1)
    campagne = CampagneFactory(starts_on=in_days(-10), ends_on=in_days(300))
    wave = WaveFactory(campagne=campagne, label="Deuxième vague", starts_on=in_days(starts_in), ends_on=in_days(90))
    wave.memberships_of_regions.create(region=team.structure.departement.region, campagne=campagne)
    session = SessionFactory()
    session.parcours.is_habilitation = True
    session.parcours.save()
    if opened:
        assert team.register(session).state == "registered"
    else:
        with pytest.raises(TransitionRefused, match="deuxième vague : ses inscriptions ouvrent le"):
            team.register(session)


@pytest.mark.django_db
def test_several_colleagues_at_once_each_know_what_became_of_them(run_jobs):
    team, session = Team(4), SessionFactory(capacity=2)
    nameless = team.people[3]
    nameless.last_name = ""
    nameless.save()
    values = {"employer": team.structure, "by": team.referent, "answers": PUBLIC, "or_wait": True}
    outcome = actions.register_people(session, team.people, **values)
    assert [len(part) for part in (outcome.seated, outcome.waiting, outcome.refused)] == [2, 1, 1]
    run_jobs()
    summary = OutgoingMail.objects.get(to=team.referent.email, subject__startswith="Inscriptions à la session")
    assert all(person.full_name in summary.body for person in team.people[:3])


# --- The last seat ----------------------------------------------------------------------------------------------------

MANY = 50


def last_seat():
    team, session = Team(MANY), SessionFactory(capacity=1)
    return team, session


@pytest.mark.django_db(transaction=True)
def test_fifty_people_on_the_last_seat_one_wins_and_forty_nine_may_wait():
    team, session = last_seat()

    def attempt(rank):
        try:
            return team.register(session, team.people[rank]).state
        except SessionFull:
            return "full"

    met = together(MANY, attempt)
    session.refresh_from_db()
    assert sorted(met) == ["full"] * (MANY - 1) + ["registered"]
    assert session.seats_taken == session.registrations.seated().count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_control_without_the_lock_several_believe_they_have_the_last_seat(monkeypatch):
    """Only the constraint of the database stops them then: an error, where the lock gives a sentence."""
    count = 5
    team, session = Team(count), SessionFactory(capacity=1)
    all_have_read = Barrier(count)

    def read_without_lock(one):
        found = Session.objects.get(pk=one.pk)
        all_have_read.wait(timeout=30)
        return found

    monkeypatch.setattr(registering, "hold", read_without_lock)

    def attempt(rank):
        try:
            return team.register(session, team.people[rank]).state
        except IntegrityError:
            return "stopped by the database"

    assert sorted(together(count, attempt)) == ["registered"] + ["stopped by the database"] * (count - 1)


@pytest.mark.django_db
def test_the_convocation_comes_at_once_when_the_session_is_near(run_jobs):
    team, session = Team(1), SessionFactory(first_day=in_days(10))
    actions.override_opening(session, by=PersonFactory(), reason="Place restée libre")
    registration = team.register(Session.objects.get(pk=session.pk))
    run_jobs()
    assert registration.convocations.count() == 1
    assert OutgoingMail.objects.filter(to=registration.person.email, subject__startswith="Convocation").count() == 1


@pytest.mark.django_db
def test_a_convocation_is_sent_once_and_again_only_when_something_changes(run_jobs):
    team, session = Team(1), SessionFactory(first_day=in_days(10))
    actions.override_opening(session, by=PersonFactory(), reason="Place restée libre")
    registration = team.register(Session.objects.get(pk=session.pk))
    run_jobs()
    assert actions.convoke(registration) is None
    half_day = session.half_days.first()
    half_day.starts_at += timedelta(minutes=30)
    half_day.save()
    assert actions.convoke(registration)
    assert registration.convocations.count() == 2
