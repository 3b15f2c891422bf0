import csv
import datetime
import io

import pytest
from django.urls import reverse

from parcours.adaptations import actions as adaptations
from parcours.classroom.models import HalfDay, Session
from tests.accounts.factories import PersonFactory
from tests.parcours.classroom.factories import RegistrationFactory, RoomFactory, SessionFactory, in_days
from tests.parcours.classroom.ready import manager_of, mayotte, organisme, prepared, published, trainer_of
from tests.permissions.matrix import signed_in

LIST = reverse("classroom:sessions")


def plain(response):
    return response.content.decode().replace("\u00a0", " ")


def titles(response):
    return [session.pk for session in response.context["page"]]


@pytest.fixture
def home(db):
    return organisme()


@pytest.fixture
def trainer(home):
    return signed_in(trainer_of(home))


@pytest.fixture
def manager(home):
    return signed_in(manager_of(home))


@pytest.mark.django_db
def test_an_empty_list_says_what_to_do(manager, trainer):
    assert "Créez-en une" in plain(manager.get(LIST))
    assert "La personne responsable de la formation en crée." in plain(trainer.get(LIST))


@pytest.mark.django_db
def test_what_comes_is_listed_first_and_what_is_over_is_one_filter_away(trainer, home):
    later, sooner = SessionFactory(organisation=home), SessionFactory(organisation=home, first_day=in_days(10))
    over = SessionFactory(organisation=home, first_day=in_days(-10))
    SessionFactory()
    assert titles(trainer.get(LIST)) == [sooner.pk, later.pk]
    assert titles(trainer.get(LIST, {"periode": "passees"})) == [over.pk]
    assert titles(trainer.get(LIST, {"periode": "toutes", "tri": "-date"})) == [later.pk, sooner.pk, over.pk]


@pytest.mark.django_db
def test_a_line_says_where_when_and_with_whom_once_each_in_the_order_of_the_half_days(trainer, home):
    lise, aya = trainer_of(home, first_name="Lise", last_name="Zola"), trainer_of(home, first_name="Aya", last_name="A")
    session = SessionFactory(organisation=home, half_days=3, trainers=[lise], zone="Indian/Mayotte")
    room, rest = RoomFactory(organisation=home, name="Salle <b>", city="Dol"), session.half_days.exclude(position=1)
    session.half_days.filter(position=1).update(room=room, link="")
    rest.update(room=None, link="https://visio.example/1")
    rest.first().trainers.add(aya)
    SessionFactory(organisation=home, state="draft", published_at=None, half_days=0)
    told = plain(trainer.get(LIST))
    assert "Salle &lt;b&gt;, Dol ; à distance</td>" in told and "(heure de Mayotte)</td>" in told
    assert "Lise Zola, Aya A</td>" in told and told.count("Lise Zola</td>") == 0
    assert told.count(">À choisir</td>") == 2 and ">dates à fixer</td>" in told


@pytest.mark.django_db
def test_filters_are_of_what_one_has(trainer, home):
    far = SessionFactory(organisation=home, departement=mayotte(), zone="Indian/Mayotte", modality="hybrid")
    runner = trainer_of(home)
    run = SessionFactory(organisation=home, trainers=[runner], first_day=in_days(20))
    draft = SessionFactory(organisation=home, state="draft", published_at=None, half_days=0)
    assert titles(trainer.get(LIST, {"departement": "976"})) == [far.pk]
    assert titles(trainer.get(LIST, {"modalite": "hybrid"})) == [far.pk]
    assert titles(trainer.get(LIST, {"formateur": runner.pk})) == [run.pk]
    assert titles(trainer.get(LIST, {"etat": "draft"})) == [draft.pk]
    assert titles(trainer.get(LIST, {"parcours": far.parcours_id})) == [far.pk]
    assert titles(trainer.get(LIST, {"du": in_days(18), "au": in_days(22)})) == [run.pk]
    assert "Aucune session ne correspond" in plain(trainer.get(LIST, {"etat": "cancelled"}))


@pytest.mark.django_db
def test_a_filter_that_means_nothing_is_left_out(trainer, home):
    session = SessionFactory(organisation=home)
    asked = {"periode": "jamais", "formateur": "x", "departement": "999", "du": "hier", "tri": "-prix", "par_page": "9"}
    assert titles(trainer.get(LIST, asked)) == [session.pk]


@pytest.mark.django_db
def test_the_list_costs_the_same_for_three_sessions_or_thirty(trainer, home, django_assert_max_num_queries):
    runner, room = trainer_of(home), RoomFactory(organisation=home)
    for rank in range(30):
        session = SessionFactory(organisation=home, first_day=in_days(10 + rank), trainers=[runner])
        session.half_days.update(room=room)
    with django_assert_max_num_queries(12):
        response = trainer.get(LIST, {"par_page": "50"})
    assert len(titles(response)) == 30


@pytest.mark.django_db
def test_five_hundred_sessions_cost_no_more_than_one_page_of_them(trainer, home, django_assert_max_num_queries):
    model = SessionFactory(organisation=home)
    sessions = Session.objects.bulk_create(
        Session(
            organisation=home,
            parcours=model.parcours,
            edition=model.edition,
            state="published",
            starts_at=model.starts_at + datetime.timedelta(days=rank),
            ends_at=model.ends_at + datetime.timedelta(days=rank),
        )
        for rank in range(500)
    )
    HalfDay.objects.bulk_create(
        HalfDay(session=one, position=1, starts_at=one.starts_at, ends_at=one.ends_at) for one in sessions
    )
    with django_assert_max_num_queries(12):
        response = trainer.get(LIST, {"par_page": "100", "page": "4"})
    assert len(titles(response)) == 100
    with django_assert_max_num_queries(30):
        exported = trainer.get(reverse("classroom:export"))
    assert exported.content.count(b"\r\n") == 502


@pytest.mark.django_db
def test_the_export_holds_the_whole_search_and_no_formula(trainer, home):
    session = SessionFactory(organisation=home, edition__parcours__title="=1+1")
    SessionFactory(organisation=home, first_day=in_days(-10))
    response = trainer.get(reverse("classroom:export"))
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 2
    assert rows[1][0] == "'=1+1"
    assert rows[1][3] == session.starts_at.astimezone(session.tzinfo).strftime("%d/%m/%Y")


@pytest.mark.django_db
def test_the_page_says_who_comes_and_what_to_arrange_never_why(trainer, home):
    session = published(home)
    registration = RegistrationFactory(session=session, person=PersonFactory(first_name="Lou", last_name="Kerbrat"))
    RegistrationFactory(session=session, state="waiting")
    asked = adaptations.ask(
        registration.person,
        organisation=home,
        wish="Je vois mal de loin",
        occasions=("sessions",),
        until=None,
        by=registration.person,
    )
    adaptations.grant(
        asked,
        kinds=("pauses",),
        percent=0,
        until=None,
        answer="C’est prévu.",
        by=trainer_of(home, "disability_referent"),
    )
    shown = plain(trainer.get(session.get_absolute_url()))
    assert "1 personne inscrite sur 12 places, 1 en attente." in shown
    assert "Lou Kerbrat" in shown
    assert "pauses" in shown
    assert "vois mal" not in shown


@pytest.mark.django_db
def test_hours_elsewhere_are_those_of_the_place_and_say_so(home):
    session = published(home, room=RoomFactory(organisation=home, departement=mayotte()), zone="Indian/Mayotte")
    reader = trainer_of(home, time_zone="Europe/Paris")
    assert "de 9 h à 12 h 30 (heure de Mayotte)" in plain(signed_in(reader).get(session.get_absolute_url()))
    local = trainer_of(home, time_zone="Indian/Mayotte")
    shown = plain(signed_in(local).get(session.get_absolute_url()))
    assert "de 9 h à 12 h 30" in shown
    assert "heure de Mayotte" not in shown


@pytest.mark.django_db
def test_a_trainer_reads_and_a_manager_organises(trainer, manager, home):
    session = published(home)
    assert "Annuler la session" not in plain(trainer.get(session.get_absolute_url()))
    assert "Annuler la session" in plain(manager.get(session.get_absolute_url()))


@pytest.mark.django_db
def test_a_session_that_is_over_is_closed_by_whoever_runs_it(trainer, home):
    session = SessionFactory(organisation=home, first_day=in_days(-3))
    assert "Terminer la session" in plain(trainer.get(session.get_absolute_url()))
    trainer.post(reverse("classroom:close", args=[session.public_id]))
    session.refresh_from_db()
    assert session.state == "closed"


@pytest.mark.django_db
def test_a_cancelled_session_says_why_to_those_who_ran_it(manager, trainer, home):
    session = published(home)
    address = reverse("classroom:cancel", args=[session.public_id])
    assert "le motif est envoyé" in plain(manager.post(address, {"reason": " "}))
    manager.post(address, {"reason": "Salle inondée"})
    assert "Motif : Salle inondée" in plain(trainer.get(session.get_absolute_url()))
    assert "Cette action n’est pas possible" in plain(manager.get(address)) or "n’est pas possible" in plain(
        manager.get(address)
    )


@pytest.mark.django_db
def test_dates_change_from_the_page_and_the_rest_stays(manager, home):
    session = published(home)
    values = {}
    for one in session.half_days.all():
        rank = one.position
        values |= {f"day_{rank}": in_days(70).isoformat(), f"room_{rank}": one.room_id}
        values |= {f"start_{rank}": one.local_start.strftime("%H:%M"), f"end_{rank}": one.local_end.strftime("%H:%M")}
        values |= {f"trainers_{rank}": [trainer.pk for trainer in one.trainers.all()]}
    response = manager.post(reverse("classroom:reschedule", args=[session.public_id]), values)
    assert response.headers["Location"] == session.get_absolute_url()
    session.refresh_from_db()
    assert session.starts_at.astimezone(session.tzinfo).date() == in_days(70)
    past = manager.post(reverse("classroom:reschedule", args=[session.public_id]), values | {"day_1": "2020-01-06"})
    assert past.status_code == 422


@pytest.mark.django_db
def test_a_copy_is_a_draft_one_reads_again(manager, home):
    session = published(home)
    address = reverse("classroom:duplicate", args=[session.public_id])
    assert manager.post(address, {"first_day": "2020-01-06"}).status_code == 422
    manager.post(address, {"first_day": in_days(90).isoformat()})
    assert Session.objects.get(copied_from=session).state == "draft"


@pytest.mark.django_db
def test_seats_change_after_publication(manager, home):
    session = published(home)
    values = {"capacity": "10", "intra": "public", "registrar": "anyone", "price": "450", "contact": "Claire"}
    manager.post(reverse("classroom:settings", args=[session.public_id]), values)
    session.refresh_from_db()
    assert (session.capacity, session.registrar) == (10, "anyone")
    too_many = manager.post(reverse("classroom:settings", args=[session.public_id]), values | {"capacity": "200"})
    assert "a 14 places" in plain(too_many)


@pytest.mark.django_db
def test_a_draft_is_thrown_away_from_its_page(manager, home):
    session = prepared(home)
    assert manager.post(reverse("classroom:discard", args=[session.public_id])).headers["Location"] == LIST
    assert not Session.objects.exists()
