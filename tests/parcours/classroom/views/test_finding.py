import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from parcours.classroom.documents.finding import Search, find, link_of_parcours
from parcours.classroom.models import HalfDay, Session
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import DepartementFactory, OrganisationFactory, RegionFactory
from tests.parcours.classroom.factories import RoomFactory, SessionFactory, in_days
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


def page(client, **filters):
    response = client.get(reverse("classroom:find"), filters)
    assert response.status_code == 200
    return response.content.decode()


def titles(response_text, *sessions):
    return [session for session in sessions if f"/sessions/{session.public_id}/" in response_text]


def in_departement(code, **values):
    region = RegionFactory(code={"976": "06"}.get(code, "53"))
    return SessionFactory(departement=DepartementFactory(code=code, region=region), **values)


def test_anybody_finds_sessions_without_an_account(client):
    session = SessionFactory(price=322, capacity=3)
    text = page(client)
    assert titles(text, session) == [session]
    assert "3\u00a0places" in text and "322\u00a0€ par personne" in text and "1 session à venir" in text


def test_a_departement_is_found_with_its_neighbours_and_what_is_remote(client):
    rennes, vannes, brest, mayotte = (in_departement(code) for code in ("35", "56", "29", "976"))
    remote = SessionFactory(departement=None, modality="remote")
    all_of_them = (rennes, vannes, brest, mayotte, remote)
    assert titles(page(client, departement="35"), *all_of_them) == [rennes, vannes, remote]
    assert titles(page(client, departement="35", zone="seul"), *all_of_them) == [rennes, remote]
    assert titles(page(client, departement="976"), *all_of_them) == [mayotte, remote]


def test_dates_modality_parcours_and_free_seats_narrow_the_list(client):
    soon = SessionFactory(first_day=in_days(30))
    later = SessionFactory(first_day=in_days(60), modality="remote")
    full = SessionFactory(first_day=in_days(61), capacity=1, seats_taken=1)
    every = (soon, later, full)
    assert titles(page(client, du=in_days(50).isoformat()), *every) == [later, full]
    assert titles(page(client, modalite="remote"), *every) == [later]
    assert titles(page(client, parcours=soon.parcours_id), *every) == [soon]
    assert titles(page(client, libres="on"), *every) == [soon, later]


def test_a_filter_that_means_nothing_is_left_out(client):
    session = SessionFactory()
    assert titles(page(client, departement="99", du="hier", parcours="tous", page="x"), session) == [session]


def test_drafts_cancelled_past_and_reserved_sessions_are_not_listed(client):
    hidden = [
        SessionFactory(state="draft"),
        SessionFactory(state="cancelled", cancelled_at=timezone.now(), cancel_reason="Grève"),
        SessionFactory(first_day=in_days(-3)),
        SessionFactory(intra=True, intra_for=OrganisationFactory()),
    ]
    assert titles(page(client), *hidden) == []


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"capacity": 1}, "1\u00a0place<"),
        ({"capacity": 2, "seats_taken": 2}, "Complet\u00a0: liste d’attente"),
        ({"first_day": in_days(20)}, "Inscriptions closes le"),
    ],
)
def test_places_left_are_said_in_words(client, values, words):
    SessionFactory(**values)
    assert words in page(client)


def test_nothing_found_leads_to_saying_what_is_needed(client):
    text = page(client, departement=DepartementFactory().code)
    assert "Aucune session ne correspond" in text
    assert f"{reverse('classroom:signal_need')}?departement=35" in text


def test_five_hundred_sessions_cost_no_more_queries_than_one(client, django_assert_max_num_queries):
    first = SessionFactory()
    clones = [
        Session(
            organisation=first.organisation,
            parcours=first.parcours,
            edition=first.edition,
            departement=first.departement,
            state="published",
            published_at=first.published_at,
            starts_at=first.starts_at + datetime.timedelta(hours=rank),
            ends_at=first.ends_at + datetime.timedelta(hours=rank),
        )
        for rank in range(499)
    ]
    Session.objects.bulk_create(clones)
    room = RoomFactory(organisation=first.organisation)
    HalfDay.objects.bulk_create(
        HalfDay(session=one, position=1, starts_at=one.starts_at, ends_at=one.ends_at, room=room) for one in clones
    )
    with django_assert_max_num_queries(15):
        text = page(client, par_page="100", departement="35")
    assert "500 sessions à venir" in text


def test_the_list_reads_an_index():
    SessionFactory()
    for search in (Search(), Search(departement="35")):
        plan = find(search).explain()
        assert "session_by" in plan or "Seq Scan" in plan, plan


def test_the_page_of_a_session_says_all_that_indicator_one_wants(client):
    session = SessionFactory(contact="Inès Le Goff, 02 99 00 00 00", practical="Apportez un ordinateur.")
    room = RoomFactory(organisation=session.organisation, access="Ascenseur au fond du hall.")
    session.half_days.update(room=room)
    text = client.get(reverse("classroom:found", args=[session.public_id])).content.decode()
    for words in (
        "12 rue des Lices",
        "Ascenseur au fond",
        "Inès Le Goff",
        "Apportez un ordinateur",
        "gratuite",
        "OPCO",
    ):
        assert words.lower() in text.lower()
    assert '"@type": ["CourseInstance", "EducationEvent"]' in text


def test_the_hour_of_the_reader_comes_first_for_a_remote_session():
    session = SessionFactory(departement=None, modality="remote", zone="Europe/Paris")
    reader = PersonFactory(time_zone="Indian/Mayotte")
    text = signed_in(reader).get(reverse("classroom:found", args=[session.public_id])).content.decode()
    assert text.index("heure de Mayotte") < text.index("heure de Paris")


def test_a_session_cancelled_or_past_says_so_and_takes_nobody(client):
    cancelled = SessionFactory(state="cancelled", cancelled_at=timezone.now(), cancel_reason="Formatrice malade")
    past = SessionFactory(first_day=in_days(-10))
    for session, words in ((cancelled, "Formatrice malade"), (past, "Session passée")):
        text = client.get(reverse("classroom:found", args=[session.public_id])).content.decode()
        assert words in text and "/inscription/" not in text


def test_a_draft_and_a_reserved_session_have_no_public_page(client):
    for session in (SessionFactory(state="draft", published_at=None), SessionFactory(intra=True)):
        assert client.get(reverse("classroom:found", args=[session.public_id])).status_code == 404


def test_the_calendar_file_holds_each_half_day_and_no_link(client):
    session = SessionFactory()
    session.half_days.update(link="https://visio.exemple.test/secret")
    response = client.get(reverse("classroom:found_calendar", args=[session.public_id]))
    assert response["Content-Type"].startswith("text/calendar")
    assert response.content.count(b"BEGIN:VEVENT") == 2 and b"secret" not in response.content


def test_the_list_is_in_the_site_map_and_in_the_header(client):
    shown, kept = SessionFactory(), SessionFactory(intra=True)
    over = SessionFactory(first_day=in_days(-30))
    text = client.get("/sitemap.xml").content.decode()
    assert "/sessions/<" in text and f"/sessions/{shown.public_id}/<" in text
    assert str(kept.public_id) not in text and str(over.public_id) not in text
    assert 'href="/sessions/" aria-current="page"' in page(client)


def test_a_session_overseas_says_its_hour_with_its_zone(client):
    day = in_days(45)
    session = SessionFactory(zone="Indian/Mayotte", first_day=day)
    assert session.starts_at == datetime.datetime.combine(day, datetime.time(9), ZoneInfo("Indian/Mayotte"))
    session.half_days.update(room=RoomFactory(organisation=session.organisation))
    text = client.get(reverse("classroom:found", args=[session.public_id])).content.decode()
    assert "de 9\u00a0h à" in text and "heure de Mayotte" in text


def test_the_page_of_a_parcours_leads_to_its_sessions():
    session = SessionFactory()
    assert link_of_parcours(session.parcours) == {
        "label": "Trouver une session",
        "url": f"/sessions/?parcours={session.parcours_id}",
        "detail": "1 session à venir",
    }
    Session.objects.update(state="closed")
    assert link_of_parcours(session.parcours)["detail"] == "aucune session à venir"
    Session.objects.all().delete()
    assert link_of_parcours(session.parcours) is None
