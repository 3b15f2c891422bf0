"""From the public search to an accepted seat: eight people registered, two wait, one leaves, one comes in."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from lms.kernel.jobs import run_due
from lms.kernel.models import OutgoingMail
from tests.parcours.classroom.factories import RoomFactory, SessionFactory
from tests.parcours.classroom.places import Team
from tests.permissions.matrix import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EIGHT = 8


def a_session(seats):
    session = SessionFactory(capacity=seats, contact="Inès Le Goff")
    session.half_days.update(room=RoomFactory(organisation=session.organisation))
    return session


def arrives(page, person, live_server):
    """Signed in with a second factor."""
    session = signed_in(person).session.session_key
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
    page.context.add_cookies([cookie])


def link_in(mail):
    """The path of the link a message carries."""
    return re.search(r"https?://[^/]+(/sessions/place/\S+)", mail.body).group(1)


def test_eight_registered_two_wait_one_leaves_and_a_seat_is_accepted(open_page, live_server, violations):
    session, team = a_session(EIGHT - 2), Team(EIGHT)
    public = open_page(java_script_enabled=False)
    public.goto("/sessions/?departement=35")
    public.get_by_role("link", name=re.compile(session.title)).click()
    expect(public.get_by_role("heading", level=1)).to_have_text(session.title)

    page = open_page()
    arrives(page, team.referent, live_server)
    page.goto(reverse("classroom:found", args=[session.public_id]))
    assert violations(page) == []
    page.get_by_role("link", name="M’inscrire ou inscrire des collègues").click()
    page.get_by_text("Public (collectivité").click()
    page.get_by_role("radiogroup", name=re.compile("conseillers numériques")).get_by_text("Non").click()
    page.get_by_role("radiogroup", name=re.compile("déjà accordé")).get_by_text("Non").click()
    assert violations(page) == []
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("La structure publique paie")).to_be_visible()
    for person in team.people:
        page.locator(f"label[for=personne-{person.pk}]").click()
    assert violations(page) == []
    page.get_by_role("button", name="Inscrire", exact=True).click()
    expect(page.get_by_text("6 personnes ont une place")).to_be_visible()
    expect(page.get_by_text("2 personnes sont en liste d’attente")).to_be_visible()
    assert violations(page) == []

    first = session.registrations.order_by("pk").first()
    page.get_by_role("link", name=f"Retirer {first.person.full_name}, ").click()
    page.get_by_label("Motif").fill("Absente ce jour-là")
    page.get_by_role("button", name="Confirmer le désistement").click()
    expect(page.get_by_text("Le désistement est enregistré.")).to_be_visible()

    run_due()
    offered = session.registrations.get(state="offered")
    mail = OutgoingMail.objects.get(to=offered.person.email, subject__startswith="Une place se libère")
    phone = open_page(width=320, java_script_enabled=False)
    phone.goto(link_in(mail))
    phone.get_by_role("button", name="Accepter la place").click()
    expect(phone.get_by_text("La place est à vous", exact=False)).to_be_visible()
    session.refresh_from_db()
    assert session.seats_taken == EIGHT - 2
    assert session.registrations.queued().count() == 1
    assert page.faults == []
