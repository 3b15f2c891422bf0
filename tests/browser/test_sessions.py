"""Without a mouse: a session prepared in five steps, published, moved, cancelled; its déroulé printed, shown to all."""

import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from parcours.catalogue.models import ParcoursPage
from parcours.classroom import actions
from parcours.classroom.models import Session
from tests.browser.following import narrow_enough
from tests.parcours.classroom.factories import RoomFactory, in_days
from tests.parcours.classroom.ready import live_edition, manager_of, organisme, published, slots, trainer_of
from tests.permissions.matrix import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = re.compile(rb"/Type\s*/Page[^s]")


@pytest.fixture
def home():
    return organisme(name="Formation Armor")


def arrives(page, person, live_server, address):
    session = signed_in(person).session.session_key
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page.goto(address)


@pytest.fixture
def look(violations):
    def at(page):
        assert violations(page) == []
        assert narrow_enough(page)
        assert [fault for fault in page.faults if "422" not in fault] == []

    return at


def press(page, name, role="button", key="Enter"):
    """Reach a control by its name, and use the keyboard."""
    control = page.get_by_role(role, name=name, exact=True).first
    control.focus()
    with page.expect_navigation():
        page.keyboard.press(key)


def choose(page, label):
    """A radio button or a box, by the keyboard."""
    page.get_by_label(label, exact=True).first.focus()
    page.keyboard.press("Space")


def fill(page, label, value, rank=0):
    page.get_by_label(label).nth(rank).fill(value)


def test_a_session_is_prepared_published_moved_and_cancelled_by_keyboard(open_page, live_server, home, look):
    live_edition(title="Aidants Connect en une journée")
    trainer_of(home, first_name="Claire", last_name="Fontaine")
    room = RoomFactory(organisation=home, name="Salle des Lices")
    page = open_page(width=320, height=800)
    arrives(page, manager_of(home), live_server, "/formation/sessions/")
    look(page)
    press(page, "Créer une session", role="link")
    look(page)
    page.get_by_label("Parcours", exact=True).select_option(index=1)
    choose(page, "En présentiel\u00a0: tout le monde est dans la salle")
    press(page, "Enregistrer et continuer")
    look(page)
    press(page, "Enregistrer et continuer")  # nothing chosen: what is missing is said
    look(page)
    page.get_by_label("Salle").select_option(str(room.pk))
    page.get_by_label("Premier jour").fill(in_days(45).isoformat())
    choose(page, "Claire Fontaine")
    press(page, "Enregistrer et continuer")
    look(page)
    press(page, "Enregistrer et continuer")
    look(page)
    fill(page, "Nombre de places", "12")
    fill(page, "Tarif par personne, en euros", "450")
    press(page, "Enregistrer et continuer")
    look(page)
    press(page, "Publier la session")
    look(page)
    session = Session.objects.get()
    assert session.state == "published"
    press(page, "Changer les dates ou le lieu", role="link")
    look(page)
    for rank in (1, 2):
        page.locator(f"#id_day_{rank}").fill(in_days(60).isoformat())
    press(page, "Enregistrer et prévenir")
    session.refresh_from_db()
    assert session.starts_at.astimezone(session.tzinfo).date() == in_days(60)
    press(page, "Annuler la session", role="link")
    look(page)
    page.get_by_label("Motif de l’annulation").fill("Trop peu d’inscriptions")
    press(page, "Annuler la session")
    look(page)
    session.refresh_from_db()
    assert session.state == "cancelled"


def test_rooms_are_added_and_found_on_a_phone(open_page, live_server, home, look):
    page = open_page(width=320, height=800)
    arrives(page, manager_of(home), live_server, reverse("classroom:add_room"))
    look(page)
    for label, value in (("Nom de la salle", "Salle A"), ("Adresse", "1 rue"), ("Code postal", "35000")):
        fill(page, label, value)
    fill(page, "Commune", "Rennes")
    page.get_by_label("Département").select_option(home.departement_id)
    press(page, "Enregistrer la salle")
    look(page)
    expect(page.get_by_role("link", name="Salle A")).to_be_visible()


def test_the_group_looks_at_a_module_and_the_arrows_turn_its_pages(open_page, live_server, home, look):
    session = published(home)
    page = open_page()
    arrives(page, trainer_of(home), live_server, reverse("classroom:room_modules", args=[session.public_id]))
    look(page)
    press(page, session.edition.outline[1].title, role="link")
    look(page)
    with page.expect_navigation():
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", level=1)).to_have_text("Question 1 sur 3")
    look(page)
    press(page, "Montrer la réponse", role="link")
    look(page)
    expect(page.get_by_role("heading", name="La réponse")).to_be_visible()
    for _ in range(2):
        with page.expect_navigation():
            page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", level=1)).to_have_text(session.edition.outline[0].title)


def test_every_national_deroule_is_printed_on_two_pages_and_adapted(open_page, live_server, home, look, tmp_path):
    call_command("load_catalogue", verbosity=0)
    parcours = ParcoursPage.objects.get(slug="devenir-aidant-numerique")
    trainer = trainer_of(home)
    session = fourteen_hours(home, parcours, trainer)
    page = open_page(width=320, height=800)
    address = reverse("classroom:deroule", args=[session.public_id, 1])
    arrives(page, trainer, live_server, address)
    look(page)
    for position in range(1, 5):
        page.goto(reverse("classroom:deroule", args=[session.public_id, position]))
        assert pages_printed(page) <= 2
        assert pages_printed(kept(page, session, position, tmp_path)) <= 2
    page.goto(address)
    press(page, "Adapter ce déroulé à la session")
    look(page)
    page.get_by_role("link", name="Modifier").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    look(page)


def fourteen_hours(home, parcours, trainer):
    by, room = manager_of(home), RoomFactory(organisation=home)
    session = actions.create_session(parcours, organisation=home, modality="onsite", by=by)
    return actions.set_half_days(session, slots(room, [trainer], count=4), zone="Europe/Paris", by=by)


def kept(page, session, position, tmp_path):
    """The file that was kept, opened without any network."""
    file = tmp_path / f"{position}.html"
    file.write_bytes(page.request.get(reverse("classroom:keep_deroule", args=[session.public_id, position])).body())
    alone = page.context.new_page()
    page.context.set_offline(True)
    alone.goto(file.as_uri())
    page.context.set_offline(False)
    return alone


def pages_printed(page) -> int:
    return len(PAGE.findall(page.pdf(prefer_css_page_size=True)))
