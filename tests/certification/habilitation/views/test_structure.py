"""A référent's people: status only, search, files, and what may be said of them."""

import datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from certification.habilitation.lifecycle import Standing
from certification.habilitation.models import Fact
from lms.kernel.models import JournalEntry
from parcours.classroom import actions as classroom
from tests.accounts.factories import PersonFactory
from tests.certification.habilitation.factories import DAY, HabilitationFactory, known
from tests.certification.habilitation.situations import prepares
from tests.organisations.factories import OrganisationFactory
from tests.parcours.classroom.factories import SessionFactory
from tests.parcours.classroom.places import Team, referent_of
from tests.permissions.matrix import signed_in
from tests.site.pages import Reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def structure():
    return OrganisationFactory()


@pytest.fixture
def referent(structure):
    return referent_of(structure)


def member(structure, *facts, **names):
    return HabilitationFactory(organisation=structure, person=PersonFactory(**names), facts=facts)


def listed(referent, structure, **query):
    return signed_in(referent).get(reverse("habilitation:structure", args=[structure.public_id]), query)


def test_the_list_says_where_each_is_and_what_is_awaited_of_whom(structure, referent):
    member(structure, "eligibility", last_name="Abel")
    member(structure, "eligibility", "training", last_name="Bourdin")
    waits = member(structure, "eligibility", "training", last_name="Cosson")
    known(waits, "pix", standing=Standing.DECLARED, by=waits.person)
    member(structure, "eligibility", "training", "pix", last_name="Diallo")
    page = listed(referent, structure).content.decode()
    for words in ("inscription à une session, par vous", "test Pix, par la personne", "confirmation du test Pix"):
        assert words in page
    assert "moyen de connexion" in page


def test_a_seat_given_back_is_said_and_another_one_is_asked_of_the_referent():
    team, session = Team(), SessionFactory()
    prepares(session.edition)
    registration = team.register(session)
    page = listed(team.referent, team.structure).content.decode()
    assert "formation, en cours" in page
    classroom.withdraw(registration, by=team.referent, reason="un empêchement")
    assert "place rendue" in listed(team.referent, team.structure).content.decode()
    mine = signed_in(registration.person).get(reverse("habilitation:mine")).content.decode()
    assert "Inscription à une autre session" in mine
    other = SessionFactory(edition=session.edition)
    team.register(other)
    assert "place rendue" not in listed(team.referent, team.structure).content.decode()


def test_neither_answers_nor_scores_are_shown(structure, referent):
    one = member(structure, "training", first_name="Inès", last_name="Abel")
    known(one, "pix", score=37)
    page = signed_in(referent).get(one.get_absolute_url()).content.decode()
    assert "résultat" not in listed(referent, structure).content.decode().replace("les résultats restent", "")
    assert "37\u00a0%" not in page
    assert "résultat\u00a0:" not in page


@pytest.mark.parametrize(
    ("etat", "names"),
    [
        ("test-pix", {"Bourdin"}),
        ("declares", {"Cosson"}),
        ("habilites", {"Diallo"}),
        ("sortis", {"Évrard"}),
        ("nimporte", {"Bourdin", "Cosson", "Diallo", "Évrard"}),
    ],
)
def test_a_filter_that_means_something_filters_and_another_is_left_out(structure, referent, etat, names):
    member(structure, "eligibility", "training", last_name="Bourdin")
    waits = member(structure, "registration", last_name="Cosson")
    known(waits, "pix", standing=Standing.DECLARED, by=waits.person)
    member(structure, "eligibility", "training", "pix", last_name="Diallo")
    gone = member(structure, last_name="Évrard")
    post_leave(referent, gone)
    page = listed(referent, structure, etat=etat).content.decode()
    assert {name for name in ("Bourdin", "Cosson", "Diallo", "Évrard") if name in page} == names


def post_leave(referent, one, **values):
    address = reverse("habilitation:leave", args=[one.public_id])
    return signed_in(referent).post(address, {"reason": "job_left", "on": DAY, "note": ""} | values)


def test_a_departure_has_a_reason_of_the_list_and_one_may_come_back(structure, referent):
    one = member(structure, "training")
    assert post_leave(referent, one, reason="vacances").status_code == 422
    assert post_leave(referent, one, reason="other").status_code == 422
    assert post_leave(referent, one, on="2999-01-01").status_code == 422
    assert post_leave(referent, one, reason="decided_elsewhere").status_code == 422
    assert post_leave(referent, one).status_code == 302
    one.refresh_from_db()
    assert (one.step, one.exit_reason) == ("left", "job_left")
    signed_in(referent).post(reverse("habilitation:come_back", args=[one.public_id]))
    one.refresh_from_db()
    assert one.step == "attended"


def test_a_referent_declares_for_somebody_with_a_proof(structure, referent):
    one = member(structure, "training")
    file = SimpleUploadedFile("capture.pdf", b"%PDF-1.4 capture")
    address = reverse("habilitation:declare_for", args=[one.public_id])
    assert signed_in(referent).post(address, {"on": DAY, "proof": file}).status_code == 302
    fact = Fact.objects.get(standing=Standing.DECLARED)
    assert (fact.declared_by, fact.person) == (referent, one.person)
    assert "Reprendre la déclaration" in signed_in(referent).get(one.get_absolute_url()).content.decode()
    file.seek(0)
    assert signed_in(referent).post(address, {"on": DAY, "proof": file}).status_code == 422


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_list_is_taken_out_as_it_is_filtered_and_the_journal_knows(structure, referent, form):
    member(structure, "training", last_name="=cmd")
    member(structure, "training", "eligibility", "pix", last_name="Diallo")
    client, address = signed_in(referent), reverse("habilitation:structure_export", args=[structure.public_id])
    assert client.get(address).status_code == 405
    response = client.post(address, {"etat": "test-pix", "format": form})
    if form == "csv":
        text = response.content.decode("utf-8-sig")
        assert "'=cmd" in text and "Diallo" not in text
    else:
        rows = list(load_workbook(BytesIO(response.content)).active.values)
        assert len(rows) == 2
    entry = JournalEntry.objects.get(verb="habilitation.export_people")
    assert entry.after == {"rows": 1}


def test_the_list_taken_out_is_the_one_searched_and_its_address_does_not_say_the_name(structure, referent):
    member(structure, "training", last_name="Bourdin")
    member(structure, "training", last_name="Diallo")
    door, page = signed_in(referent), reverse("habilitation:structure", args=[structure.public_id])
    told = door.post(page, {"_recherche": "oui", "q": "Diallo", "etat": ""}, follow=True)
    address = reverse("habilitation:structure_export", args=[structure.public_id])
    hidden = {one["name"]: one["value"] for one in Reading(told).all("input") if one.get("type") == "hidden"}
    asked = {name: value for name, value in hidden.items() if name in ("q", "etat", "tri")}
    text = door.post(address, asked | {"format": "csv"}).content.decode("utf-8-sig")
    assert "Diallo" in text and "Bourdin" not in text


def test_nobody_of_a_neighbour_is_found_by_any_search(structure, referent):
    member(OrganisationFactory(), "training", last_name="Voisin")
    assert "Voisin" not in listed(referent, structure, q="Voisin", tri="etape").content.decode().replace('"Voisin"', "")


def test_a_thousand_people_cost_no_more_than_ten(structure, referent, django_assert_max_num_queries):
    from certification.habilitation.models import Habilitation
    from lms.accounts.models import Person

    people = Person.objects.bulk_create(
        Person(email=f"p{rank}@exemple.fr", last_name=f"Nom {rank:04}", password="!") for rank in range(1000)
    )
    Habilitation.objects.bulk_create(Habilitation(person=one, organisation=structure) for one in people)
    client = signed_in(referent)
    address = reverse("habilitation:structure", args=[structure.public_id])
    client.get(address)
    with django_assert_max_num_queries(14):
        page = client.get(address, {"par_page": 100, "tri": "attente"}).content.decode()
    assert "1\u00a0000 personnes" in page


def test_a_date_of_departure_is_kept_with_the_habilitation_reached_before(structure, referent):
    one = member(structure, "eligibility", "training", "pix")
    post_leave(referent, one, on=DAY + datetime.timedelta(days=1))
    one.refresh_from_db()
    assert (one.step, one.habilitated_on) == ("left", DAY)
