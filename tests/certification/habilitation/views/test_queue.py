"""ANCT's queue, the page of a person, and presences noted by an organisme."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from certification.habilitation import actions
from certification.habilitation.actions.merging import merge_people
from certification.habilitation.lifecycle import FactKind, Standing
from certification.habilitation.models import Fact
from lms.kernel.models import JournalEntry
from lms.organisations.models import Kind, Role
from parcours.assistance.engine.files import CheckedFile
from tests.certification.habilitation.factories import DAY, HabilitationFactory, known
from tests.organisations.factories import CampagneFactory, MembershipFactory, OrganisationFactory, WaveFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
PROOF = CheckedFile("capture.pdf", "application/pdf", b"%PDF-1.4 capture")


@pytest.fixture
def pilot():
    anct = OrganisationFactory(kind=Kind.ANCT, departement=None)
    return MembershipFactory(organisation=anct, role=Role.PILOT).person


def declared(by=None, **values):
    one = HabilitationFactory(facts=["eligibility", "training"], **values)
    return one, actions.declare_pix(one.person, DAY, proof=PROOF, by=by or one.person)


def page(pilot, **query):
    return signed_in(pilot).get(reverse("habilitation:queue"), query).content.decode()


def answer(pilot, fact, **data):
    return signed_in(pilot).post(reverse("habilitation:declaration", args=[fact.public_id]), data)


def many(pilot, facts, **data):
    return signed_in(pilot).post(reverse("habilitation:decide_many"), {"fait": [one.pk for one in facts]} | data)


def test_the_oldest_waits_first_and_one_in_two_structures_is_one_line(pilot):
    late, late_fact = declared(person__last_name="Zidane")
    declared(person__last_name="Abel")
    HabilitationFactory(person=late.person, organisation__name="Zone deux")
    Fact.objects.filter(pk=late_fact.pk).update(declared_at=timezone.now() - datetime.timedelta(days=40))
    found = page(pilot)
    assert found.index("Zidane") < found.index("Abel")
    assert page(pilot, q="Zone").count(f'value="{late_fact.pk}"') == 1
    assert "Abel" not in page(pilot, attente="30")
    assert "Aucune déclaration ne correspond" in page(pilot, q="personne de ce nom")


def test_one_is_confirmed_once(pilot):
    one, fact = declared()
    assert answer(pilot, fact, suite="confirmer").status_code == 302
    one.refresh_from_db()
    assert one.step == "habilitated"
    again = signed_in(pilot).post(
        reverse("habilitation:declaration", args=[fact.public_id]), {"suite": "confirmer"}, follow=True
    )
    assert "n’est pas possible" in again.content.decode()
    assert JournalEntry.objects.filter(verb="habilitation.confirm_fact", by=pilot).count() == 1


def test_one_is_set_aside_with_a_reason_that_holds_no_number(pilot):
    _, fact = declared()
    assert answer(pilot, fact, suite="ecarter", note="").status_code == 422
    assert answer(pilot, fact, suite="ecarter", note="NIR 2 85 05 78 006 084 36").status_code == 422
    assert answer(pilot, fact, suite="ecarter", note="illisible").status_code == 302
    fact.refresh_from_db()
    assert (fact.standing, fact.note, fact.decided_by) == ("rejected", "illisible", pilot)


def test_nobody_decides_of_what_they_declared_nor_of_themselves(pilot):
    _, mine = declared(by=pilot)
    _, about_me = declared(person=pilot)
    for fact in (mine, about_me):
        assert answer(pilot, fact, suite="confirmer").status_code == 403
    many(pilot, [mine, about_me], suite="confirmer", decider="oui")
    assert Fact.objects.waiting().count() == 2


def test_several_are_read_before_they_are_decided(pilot):
    facts = [declared()[1] for _ in range(3)]
    preview = many(pilot, facts, suite="confirmer")
    assert "Rien n’est encore décidé" in preview.content.decode()
    assert Fact.objects.waiting().count() == 3
    many(pilot, facts[:2], suite="confirmer", decider="oui")
    assert Fact.objects.waiting().count() == 1
    assert many(pilot, facts, suite="ecarter", decider="oui", note="").status_code == 422
    many(pilot, facts, suite="ecarter", decider="oui", note="capture d’un autre test")
    assert Fact.objects.filter(standing=Standing.REJECTED).count() == 1
    assert Fact.objects.filter(standing=Standing.CONFIRMED, kind=FactKind.PIX).count() == 2


def test_the_queue_costs_the_same_for_three_or_thirty(pilot, django_assert_max_num_queries):
    for _ in range(30):
        declared()
    client = signed_in(pilot)
    client.get(reverse("habilitation:queue"))
    with django_assert_max_num_queries(16):
        client.get(reverse("habilitation:queue"), {"par_page": 50})


def test_the_page_of_a_person_tells_facts_moves_and_the_status_that_was_read(pilot):
    one = HabilitationFactory(facts=["eligibility", "training"])
    known(one, "pix", score=0)
    actions.transcribe_status(one, "processing", seen_on=DAY, by=pilot)
    found = signed_in(pilot).get(one.get_absolute_url()).content.decode()
    for words in (
        "Éligibilité validée, lu dans Aidants Connect le",
        "Le chemin parcouru",
        "Formation suivie",
        "0\u00a0%",
    ):
        assert words in found


def test_a_person_of_whom_much_is_known_costs_no_more(pilot, django_assert_max_num_queries):
    one = HabilitationFactory(facts=["eligibility", "training", "pix"])
    for rank in range(30):
        known(one, "registration", DAY + datetime.timedelta(days=rank), by=pilot)
    client = signed_in(pilot)
    client.get(one.get_absolute_url())
    with django_assert_max_num_queries(16):
        client.get(one.get_absolute_url())


def test_a_fact_is_withdrawn_with_a_reason_that_stays_in_sight(pilot):
    one = HabilitationFactory(facts=["eligibility", "training", "pix"])
    fact = Fact.objects.get(kind=FactKind.TRAINING)
    address = reverse("habilitation:withdraw", args=[fact.public_id])
    assert signed_in(pilot).post(address, {"note": ""}).status_code == 422
    assert signed_in(pilot).post(address, {"note": "autre personne du même nom"}).status_code == 302
    one.refresh_from_db()
    assert one.step == "invited"
    assert "autre personne du même nom" in signed_in(pilot).get(one.get_absolute_url()).content.decode()


def test_a_status_is_written_down_with_the_day_it_was_read(pilot):
    one = HabilitationFactory(facts=["training", "pix"])
    address = reverse("habilitation:transcribe", args=[one.public_id])
    assert signed_in(pilot).post(address, {"status": "processing", "on": "2999-01-01"}).status_code == 422
    assert signed_in(pilot).post(address, {"status": "processing", "on": DAY}).status_code == 302
    one.refresh_from_db()
    assert (one.step, one.external_seen_on) == ("habilitated", DAY)


# --- Presences --------------------------------------------------------------------------------------------------------


@pytest.fixture
def manager():
    organisation = OrganisationFactory(training=True)
    return MembershipFactory(organisation=organisation, role=Role.TRAINING_MANAGER).person


def note(manager, one, **values):
    data = {"email": one.person.email, "last_name": one.person.last_name, "on": DAY} | values
    return signed_in(manager).post(reverse("habilitation:presences"), data)


def test_an_organisme_notes_a_presence_by_the_address_and_the_name_together(manager):
    one = HabilitationFactory(facts=["eligibility", "pix"], person__last_name="Le Goff")
    assert note(manager, one, last_name="Autre").status_code == 422
    assert note(manager, one, email="inconnue@exemple.fr").status_code == 422
    assert note(manager, one, email=one.person.email.upper(), last_name="le goff").status_code == 302
    one.refresh_from_db()
    assert one.step == "habilitated"
    assert "déjà enregistrée" in note(manager, one).content.decode()


def test_a_presence_noted_under_a_merged_address_is_that_of_who_stands_for_it(manager):
    kept = HabilitationFactory(facts=["eligibility"])
    merged = HabilitationFactory(organisation=kept.organisation, person__last_name="Nédélec")
    merge_people(kept.person, merged.person, by=manager)
    data = {"email": merged.person.email, "last_name": "Nédélec", "on": str(DAY)}
    signed_in(manager).post(reverse("habilitation:presences"), data)
    assert Fact.objects.get(kind=FactKind.TRAINING).person == kept.person


def test_an_organisme_notes_with_a_sheet_and_withdraws_with_a_reason(manager):
    one = HabilitationFactory(facts=["eligibility"])
    note(manager, one, proof=SimpleUploadedFile("feuille.pdf", b"%PDF-1.4 feuille"))
    fact = Fact.objects.get(kind=FactKind.TRAINING)
    assert fact.proof
    address = reverse("habilitation:withdraw", args=[fact.public_id])
    answer = signed_in(manager).post(address, {"note": "absente ce jour-là"}, follow=True)
    assert answer.status_code == 200
    one.refresh_from_db()
    assert one.step == "invited"
    listed = signed_in(manager).get(reverse("habilitation:presences")).content.decode()
    assert "absente ce jour-là" in listed


def test_thirty_presences_cost_no_more_than_one(manager, django_assert_max_num_queries):
    organisation = manager.memberships.get().organisation
    for rank in range(30):
        one = HabilitationFactory()
        actions.note_training(one.person, DAY - datetime.timedelta(days=rank), organisation=organisation, by=manager)
    client = signed_in(manager)
    client.get(reverse("habilitation:presences"))
    with django_assert_max_num_queries(20):
        client.get(reverse("habilitation:presences"), {"par_page": 50})


def test_nobody_notes_their_own_presence(manager):
    one = HabilitationFactory(person=manager, facts=["eligibility"])
    assert note(manager, one).status_code == 422


def test_what_was_signed_here_is_not_withdrawn_by_the_organisme(manager):
    one = HabilitationFactory(facts=["eligibility"])
    fact = known(one, "training", training_organisation=manager.memberships.get().organisation_id)
    assert signed_in(manager).get(reverse("habilitation:withdraw", args=[fact.public_id])).status_code == 404


# --- Campagnes --------------------------------------------------------------------------------------------------------


def test_the_objective_changes_with_a_line_in_the_journal_and_not_once_closed(pilot):
    campagne = CampagneFactory(code="essai", starts_on="2026-01-01", ends_on="2026-12-31", objective=100)
    values = {"name": "Essai", "objective": "20000", "starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    address, client = reverse("habilitation:change_campagne", args=["essai"]), signed_in(pilot)
    assert client.post(address, values | {"ends_on": "2025-12-31"}).status_code == 422
    assert client.post(address, values).status_code == 302
    campagne.refresh_from_db()
    assert campagne.objective == 20_000
    entry = JournalEntry.objects.get(verb="campagne.changed")
    assert (entry.before["objective"], entry.after["objective"]) == (100, 20_000)
    client.post(reverse("habilitation:close_campagne", args=["essai"]))
    refused = client.post(address, values | {"objective": "1"})
    assert refused.status_code == 422 and "est close" in refused.content.decode()


def test_a_wave_stays_inside_its_campagne(pilot):
    campagne = CampagneFactory(code="essai", starts_on="2026-01-01", ends_on="2026-12-31")
    wave = WaveFactory(campagne=campagne, number=1, starts_on="2026-02-01", ends_on="2026-03-31")
    values = {"label": "Première vague", "period_label": "", "starts_on": "2026-02-01", "ends_on": "2027-03-31"}
    address, client = reverse("habilitation:change_wave", args=["essai", 1]), signed_in(pilot)
    assert "sortirait des dates" in client.post(address, values).content.decode()
    assert client.post(address, values | {"ends_on": "2026-04-30"}).status_code == 302
    wave.refresh_from_db()
    assert wave.ends_on == datetime.date(2026, 4, 30)


@pytest.mark.parametrize("number", ["9" * 17, "9" * 25, "9" * 5000, "²", "٣"])
def test_a_number_that_is_of_no_declaration_chooses_none(pilot, number):
    told = signed_in(pilot).post(reverse("habilitation:decide_many"), {"fait": [number], "suite": "confirmer"})
    assert told.status_code == 302
