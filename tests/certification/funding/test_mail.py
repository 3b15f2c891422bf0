"""Who is written to, when, and how little it says."""

import datetime

import pytest
from django.utils import timezone

from certification.funding import actions, tasks
from certification.funding.models import DigestStop
from lms.kernel.models import Job, OutgoingMail
from lms.organisations.models import Membership
from tests.certification.funding import factories as made
from tests.certification.funding.factories import pay

pytestmark = pytest.mark.django_db
MONDAY = datetime.datetime(2026, 11, 23, 4, 30, tzinfo=datetime.UTC)
SATURDAY = datetime.datetime(2026, 11, 21, 4, 30, tzinfo=datetime.UTC)


@pytest.fixture
def it_is(monkeypatch):
    """The instant that the digest believes it is; nothing else moves."""

    def set_to(instant):
        monkeypatch.setattr(timezone, "now", lambda: instant)

    return set_to


def letters(kind):
    return OutgoingMail.objects.filter(key__startswith=f"funding.{kind}")


@pytest.mark.parametrize(
    ("decide", "subject", "words"),
    [
        (lambda one, by: actions.ask_complement(one, by=by, sentence="Signez."), "attend un complément", "une réponse"),
        (lambda one, by: actions.grant(one, by=by), "une réponse de l’OPCO", "a répondu"),
    ],
)
def test_the_parties_read_what_is_expected_of_them_and_no_more(decide, subject, words):
    demande = made.filed()
    referent = made.referent_of(demande.employer)
    decision = decide(demande, made.officer_of(demande.opco)).decisions.get()
    actions.notify(decision.pk)
    tasks.tell_parties(decision)
    assert set(letters("decided").values_list("to", flat=True)) == {referent.email, demande.created_by.email}
    person = demande.beneficiaries.get().registration.person
    for letter in letters("decided"):
        assert subject in letter.subject and words in letter.body
        for secret in ("Signez", person.last_name, str(demande.employer), "450,00", "€", "accord"):
            assert secret not in letter.body


def test_a_payment_and_its_correction_are_told():
    demande = made.announced(pay(made.validated(), 450))
    tasks.tell_parties(demande.decisions.get(verdict="pay"))
    officer = made.officer_of(demande.opco)
    found = actions.correct_payment(demande.payments.get(), why="Doublon.", by=officer)
    tasks.tell_parties(found.decisions.get(verdict="correct"))
    told = " ".join(letters("decided").values_list("subject", flat=True))
    assert "un paiement est enregistré" in told and "un paiement est corrigé" in told
    assert not letters("decided").filter(body__contains="€").exists()


def test_after_a_merge_the_people_of_the_structure_that_stands_are_told():
    demande = made.filed()
    kept = made.OrganisationFactory(name="CCAS qui demeure")
    referent = made.referent_of(demande.employer)
    Membership.objects.filter(person=referent).update(organisation=kept)
    type(kept).objects.filter(pk=demande.employer_id).update(merged_into=kept)
    found = actions.grant(demande, by=made.officer_of(demande.opco))
    decision = found.decisions.select_related("demande").get()
    tasks.tell_parties(decision)
    letter = letters("decided").get(to=referent.email)
    assert f"/structure/{kept.public_id}/prises-en-charge/" in letter.body


def test_the_digest_says_how_many_wait_without_a_name(opco, officer, it_is):
    mine, others, _ = (made.filed(opco=opco) for _ in range(3))
    actions.assign([mine], to=officer, by=officer)
    actions.assign([others], to=made.officer_of(opco), by=officer)
    it_is(MONDAY)
    tasks.send_digest(officer.pk, "2026-11-23")
    letter = letters("digest").get()
    assert letter.to == officer.email and "À décider" in letter.subject and "2 dossiers" in letter.subject
    assert "CCAS" not in letter.body and mine.number not in letter.body and "/financement/" in letter.body
    assert letter.stop_url.endswith(f"/financement/recapitulatif/arret/{letter.stop_url.rstrip('/').split('/')[-1]}/")
    sent = Job.objects.get(name="kernel.send_mail", args__0=letter.pk)
    assert sent.due_at == datetime.datetime(2026, 11, 23, 7, 0, tzinfo=datetime.UTC)
    tasks.send_digest(officer.pk, "2026-11-23")
    assert letters("digest").count() == 1


@pytest.mark.parametrize("zone", ["Europe/Paris", "Indian/Reunion", "America/Guadeloupe"])
def test_nothing_leaves_at_the_weekend_wherever_the_officer_lives(opco, officer, it_is, zone):
    made.filed(opco=opco)
    type(officer).objects.filter(pk=officer.pk).update(time_zone=zone)
    it_is(SATURDAY)
    tasks.send_digest(officer.pk, "2026-11-21")
    assert not letters("digest").exists()


def test_nothing_waits_nothing_leaves(opco, officer, it_is):
    demande = made.filed(opco=opco)
    actions.refuse(demande, by=officer, reason="double emploi", sentence="Non.")
    it_is(MONDAY)
    tasks.send_digest(officer.pk, "2026-11-23")
    assert not letters("digest").exists()


def test_the_clock_asks_for_the_digest_of_the_day_only(opco, officer):
    tasks.digest("2020-01-01")
    assert not Job.objects.filter(name="funding.send_digest").exists()
    tasks.digest(made.today().isoformat())
    assert Job.objects.get(name="funding.send_digest").args[0] == officer.pk


def test_it_stops_from_the_mail_without_signing_in_and_resumes_on_the_page(client, desk, officer):
    token = actions.stop_link_of(officer).token
    url = f"/financement/recapitulatif/arret/{token}/"
    assert "Arrêter le récapitulatif" in client.get(url).content.decode()
    assert not DigestStop.objects.exists()
    assert "Le récapitulatif est arrêté" in client.post(url).content.decode()
    assert client.post(url).status_code == 200 and DigestStop.objects.count() == 1
    tasks.digest(made.today().isoformat())
    assert not Job.objects.filter(name="funding.send_digest").exists()
    assert "Recevoir le récapitulatif" in desk.get("/financement/equipe/").content.decode()
    desk.post("/financement/recapitulatif/reprendre/")
    assert not DigestStop.objects.exists()
    desk.post("/financement/recapitulatif/arreter/")
    assert DigestStop.objects.get().person == officer
    assert desk.post("/financement/recapitulatif/autre/").status_code == 404
    assert client.get("/financement/recapitulatif/arret/inconnu/").status_code == 404
