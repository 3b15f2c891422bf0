import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lms.kernel.models import JournalEntry
from lms.organisations.queries import today
from parcours.quality import actions
from parcours.quality.documents.registers import REGISTERS
from parcours.quality.lifecycle import IMPROVING, ImprovementState
from parcours.quality.models import Abandonment, Hazard, Improvement, TrainerDocument, Watch
from tests.accounts.factories import PersonFactory
from tests.parcours.assistance.factories import PDF
from tests.parcours.quality.factories import (
    NIR,
    complain,
    hazard,
    held_session,
    improvement,
    manager_of,
    organisme,
    trainer_of,
)
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return organisme()


@pytest.fixture
def manager(organisation):
    return manager_of(organisation)


def url(name, *args):
    return reverse(f"quality:{name}", args=args)


def watch(organisation, **values):
    told = {
        "organisation": organisation.pk,
        "on": today().isoformat(),
        "topic": "law",
        "source": "Décret",
        "learnt": "Un",
    }
    return told | values


def cv(organisation, trainer):
    told = {"organisation": organisation.pk, "trainer": trainer.pk, "kind": "cv", "title": "CV"}
    return told | {"on": today().isoformat()}


OPEN = {
    (ImprovementState.TODO, "do_improvement"),
    (ImprovementState.TODO, "drop_improvement"),
    (ImprovementState.DONE, "measure_improvement"),
}


@pytest.mark.parametrize("move", list(IMPROVING.transitions))
@pytest.mark.parametrize("state", ImprovementState.values)
def test_only_the_moves_of_the_table_are_open(state, move):
    assert (IMPROVING.refusals(Improvement(state=state), move) == []) == ((state, move) in OPEN)


@pytest.mark.parametrize("slug", list(REGISTERS))
def test_every_register_opens_empty_with_its_form(slug, manager):
    client = signed_in(manager)
    assert "Ce registre est vide." in client.get(url("register", slug)).text
    assert client.get(url("add", slug)).status_code == 200


def test_a_line_is_written_read_corrected_and_withdrawn_with_a_reason(organisation, manager):
    client = signed_in(manager)
    client.post(url("add", "veille"), watch(organisation))
    entry = Watch.objects.get()
    assert manager.full_name in client.get(url("entry", "veille", entry.public_id)).text
    client.post(url("correct", "veille", entry.public_id), watch(organisation, use="Module corrigé."))
    entry.refresh_from_db()
    assert entry.use == "Module corrigé."
    assert JournalEntry.objects.get(verb="quality.correct_watch").after["changed"] == ["use"]
    refused = client.post(url("withdraw", "veille", entry.public_id), {"reason": ""})
    assert refused.status_code == 422 and "sans motif" in refused.text
    client.post(url("withdraw", "veille", entry.public_id), {"reason": "Écrit deux fois."})
    assert client.get(url("entry", "veille", entry.public_id)).status_code == 404
    entry.refresh_from_db()
    assert entry.withdrawn_at and entry.withdrawn_reason


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"learnt": f"Voir {NIR}"}, "Un numéro de sécurité sociale a été retiré"),
        ({"on": (today() + datetime.timedelta(days=400)).isoformat()}, "Cette date est à venir"),
        ({"on": "hier"}, "Écrivez la date ainsi"),
        ({"source": ""}, "Cette réponse manque"),
        ({"source": "a" * 501}, "500"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(organisation, manager, values, said):
    response = signed_in(manager).post(url("add", "veille"), watch(organisation, **values))
    assert response.status_code == 422
    assert said in response.text and "006 084" not in response.text
    assert not Watch.objects.exists()


def test_an_abandonment_is_that_of_somebody_of_the_organisme(organisation, manager):
    session = held_session(organisation, people=1)
    person = session.registrations.get().person
    told = {
        "organisation": organisation.pk,
        "email": person.email,
        "parcours": session.parcours_id,
        "session": session.pk,
        "on": today().isoformat(),
        "reason": "workload",
    }
    client = signed_in(manager)
    stranger = client.post(url("add", "abandons"), told | {"email": PersonFactory().email})
    assert "Personne ne suit ce parcours chez vous" in stranger.text
    assert client.post(url("add", "abandons"), told).status_code == 302
    twice = client.post(url("add", "abandons"), told)
    assert "déjà enregistré" in twice.text
    assert Abandonment.objects.get().person == person


def test_a_trainer_s_file_takes_a_pdf_and_refuses_the_rest(organisation, manager):
    trainer = trainer_of(organisation)
    told = {
        "organisation": organisation.pk,
        "trainer": trainer.pk,
        "kind": "cv",
        "title": "CV",
        "on": today().isoformat(),
    }
    client = signed_in(manager)
    wrong = SimpleUploadedFile("cv.pdf", b"\x00MZ rien")
    refused = client.post(url("add", "formateurs"), told | {"piece": wrong})
    assert "n’est pas un fichier accepté" in refused.text
    big = SimpleUploadedFile("cv.pdf", PDF + b" " * 5_000_001)
    assert "dépasse 5" in client.post(url("add", "formateurs"), told | {"piece": big}).text
    client.post(url("add", "formateurs"), told | {"piece": SimpleUploadedFile("cv.pdf", PDF)})
    entry = TrainerDocument.objects.get()
    file = client.get(url("piece", "formateurs", entry.public_id))
    assert file.content == PDF and "attachment" in file.headers["Content-Disposition"]


def test_a_trainer_of_elsewhere_is_not_offered(organisation, manager):
    stranger = trainer_of(organisme(name="Autre"))
    told = {
        "organisation": organisation.pk,
        "trainer": stranger.pk,
        "kind": "cv",
        "title": "CV",
        "on": today().isoformat(),
    }
    assert signed_in(manager).post(url("add", "formateurs"), told).status_code == 422


def test_what_has_to_be_renewed_is_named(organisation, manager):
    values = {"organisation": organisation, "trainer": trainer_of(organisation), "kind": "update", "title": "PSC1"}
    past = today() - datetime.timedelta(days=1)
    actions.record_entry(TrainerDocument, values=values | {"expires_on": past, "on": past}, by=manager)
    client = signed_in(manager)
    assert "à renouveler" in client.get(url("register", "formateurs")).text
    assert "dont 1 en retard" in client.get(url("home")).text


def test_an_improvement_comes_from_a_complaint_is_done_then_measured(organisation, manager):
    complaint, client = complain(organisation), signed_in(manager)
    form = client.get(url("add", "ameliorations") + f"?origin=complaint&complaint={complaint.pk}")
    assert complaint.number in form.text
    told = {
        "organisation": organisation.pk,
        "what": "Poser un panneau.",
        "origin": "complaint",
        "owner": manager.pk,
        "on": today().isoformat(),
        "due_on": today().isoformat(),
    }
    assert "Choisissez la réclamation" in client.post(url("add", "ameliorations"), told).text
    client.post(url("add", "ameliorations"), told | {"complaint": complaint.pk})
    entry = Improvement.objects.get()
    early = client.post(
        url("advance", entry.public_id, "effet"), {"measured_on": today().isoformat(), "effect": "Bien"}
    )
    assert early.status_code == 422
    client.post(url("advance", entry.public_id, "faite"), {"done_on": today().isoformat()})
    client.post(
        url("advance", entry.public_id, "effet"), {"measured_on": today().isoformat(), "effect": "Aucune plainte."}
    )
    entry.refresh_from_db()
    assert entry.state == ImprovementState.MEASURED
    assert entry.what in client.get(complaint.get_absolute_url()).text


def test_an_action_is_dropped_while_it_is_to_do_only(organisation, manager):
    entry, client = improvement(organisation, manager), signed_in(manager)
    client.post(url("drop", entry.public_id))
    entry.refresh_from_db()
    assert entry.state == ImprovementState.DROPPED
    assert "n’est pas possible" in client.post(url("drop", entry.public_id), follow=True).text


def test_a_trainer_keeps_what_concerns_teaching_and_corrects_their_own_lines_only(organisation, manager):
    trainer, entry = trainer_of(organisation), hazard(organisation, manager)
    client = signed_in(trainer)
    assert entry.what in client.get(url("register", "aleas")).text
    assert client.get(url("correct", "aleas", entry.public_id)).status_code == 403
    own = hazard(organisation, trainer)
    assert client.get(url("correct", "aleas", own.public_id)).status_code == 200
    for slug in ("formateurs", "sous-traitance", "handicap"):
        assert client.get(url("register", slug)).status_code == 403


def test_another_organisme_reads_exports_and_finds_nothing(organisation, manager):
    entry = hazard(organisation, manager)
    client = signed_in(manager_of(organisme(name="Autre")))
    assert entry.what not in client.get(url("register", "aleas") + "?q=chauffage").text
    assert entry.what not in client.post(url("export", "aleas"), {"format": "csv"}).text
    assert client.get(url("entry", "aleas", entry.public_id)).status_code == 404
    assert client.get(url("correct", "aleas", entry.public_id)).status_code == 404


def test_a_line_is_never_written_for_another_organisme(organisation, manager):
    other = organisme(name="Autre")
    assert signed_in(manager).post(url("add", "veille"), watch(other)).status_code == 422


def test_a_list_is_searched_sorted_filtered_and_exported(organisation, manager):
    client = signed_in(manager)
    client.post(url("add", "veille"), watch(organisation, source="Décret", topic="law"))
    client.post(url("add", "veille"), watch(organisation, source="Article", topic="method"))
    page = client.get(url("register", "veille") + "?choix=law&tri=ancien&q=décr")
    assert "Décret" in page.text and "Article" not in page.text
    table = client.post(url("export", "veille"), {"format": "csv", "choix": "law"}).text
    assert "Décret" in table and "Article" not in table


def test_the_list_costs_the_same_for_one_line_or_sixty(organisation, manager, django_assert_max_num_queries):
    for _ in range(60):
        hazard(organisation, manager)
    client = signed_in(manager)
    client.get(url("register", "aleas"))
    with django_assert_max_num_queries(15):
        assert "Aléas (60)" in client.get(url("register", "aleas")).text


def test_the_first_page_stays_within_its_queries(organisation, manager, django_assert_max_num_queries):
    client = signed_in(manager)
    client.get(url("home"))
    with django_assert_max_num_queries(24):
        client.get(url("home"))


def test_an_unknown_register_does_not_exist(manager):
    assert signed_in(manager).get(url("register", "inconnu")).status_code == 404


def test_withdrawn_lines_leave_the_register_and_stay_in_the_database(organisation, manager):
    entry = hazard(organisation, manager)
    actions.withdraw_entry(entry, reason="Erreur.", by=manager)
    assert "Ce registre est vide." in signed_in(manager).get(url("register", "aleas")).text
    assert Hazard.objects.count() == 1
