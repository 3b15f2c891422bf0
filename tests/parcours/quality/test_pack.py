"""The pack of a session: what is in it, what is never in it, and how it is checked afterwards."""

import datetime
import io
import json
import subprocess
import sys
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.models import Role
from parcours.adaptations import actions as adaptations
from parcours.assistance import actions as assistance
from parcours.quality import actions
from parcours.quality.documents.evidence import PROOFS, case_of, evidence_of, write_pack
from parcours.quality.lifecycle import PACKING, PackState
from parcours.quality.models import DisabilityReferent, Indicator, Pack, Referential
from parcours.quality.tasks.packs import build_pack
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import MembershipFactory
from tests.parcours.assistance.factories import answer
from tests.parcours.classroom.factories import RegistrationFactory
from tests.parcours.quality.factories import complain, hazard, held_session, load, manager_of, number, organisme
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
MOMENT = datetime.datetime(2026, 11, 22, 10, tzinfo=datetime.UTC)


@pytest.fixture
def session():
    load()
    return held_session(people=2)


def packed(session, made_at=MOMENT):
    out = io.BytesIO()
    write_pack(out, evidence_of(case_of(session.pk)), told=lambda done, total: None, made_at=made_at)
    return out.getvalue()


def opened(session):
    return zipfile.ZipFile(io.BytesIO(packed(session)))


def everything(session):
    archive = opened(session)
    return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


@pytest.mark.parametrize("state", PackState.values)
def test_only_a_pack_being_made_is_finished(state):
    assert (PACKING.refusals(Pack(state=state), "finish_pack") == []) == (state == PackState.PREPARING)


def test_it_holds_an_index_a_manifest_and_what_checks_it(session):
    names = opened(session).namelist()
    assert {"index.html", "manifest.json", "SHA256SUMS", "verifier.py", "verifier.html", "style.css"} <= set(names)


def test_the_same_facts_make_the_same_bytes(session):
    assert packed(session) == packed(session)


def test_the_manifest_tells_every_file_with_its_date_and_author(session):
    archive = opened(session)
    manifest = json.loads(archive.read("manifest.json"))
    told = {one["path"] for one in manifest["files"]}
    assert told == set(archive.namelist()) - {"manifest.json", "SHA256SUMS"}
    assert all(one["author"] for one in manifest["files"] if "proof" in one)


def test_missing_proofs_come_first_and_out_of_scope_ones_last(session):
    entries = evidence_of(case_of(session.pk)).entries
    ranks = [one.rank[0] for one in entries]
    assert ranks == sorted(ranks)
    assert {0, 1, 2} == set(ranks)
    assert "30" in {one.indicator.number for one in entries if one.is_missing}


def test_the_framework_is_the_one_in_force_when_the_session_was_held(session):
    Referential.objects.update(valid_until=timezone.localdate())
    later = Referential(
        code="rnq-33", title="Trente-trois", valid_from=timezone.localdate() + datetime.timedelta(days=1)
    )
    later.indicators = [
        Indicator(position=1, number="33", criterion=7, label="Nouveau", shown_by="…", proofs=["hazards"]),
    ]
    later.full_clean()
    later.save()
    assert evidence_of(case_of(session.pk)).referential.code == "rnq-2019"
    session.starts_at += datetime.timedelta(days=30)
    session.ends_at += datetime.timedelta(days=30)
    session.save()
    (entry,) = evidence_of(case_of(session.pk)).entries
    assert entry.indicator.number == "33" and entry.files


def test_every_code_the_framework_asks_for_is_known():
    load()
    asked = {code for one in Indicator.objects.all() for code in one.proofs}
    assert asked - set(PROOFS) <= {"positioning"}


def test_the_checker_of_the_pack_runs_alone_and_names_what_was_altered(session, tmp_path):
    opened(session).extractall(tmp_path)
    whole = subprocess.run([sys.executable, "-I", "verifier.py"], cwd=tmp_path, capture_output=True, text=True)
    assert whole.returncode == 0, whole.stdout
    page = next(tmp_path.glob("information/*.html"))
    page.write_bytes(page.read_bytes()[:-1] + b"!")
    altered = subprocess.run([sys.executable, "-I", "verifier.py"], cwd=tmp_path, capture_output=True, text=True)
    assert altered.returncode == 1
    assert f"{page.relative_to(tmp_path).as_posix()}\xa0: modifié." in altered.stdout


def test_exchanges_are_there_with_the_names_of_the_others_masked(session):
    asker, other = (one.person for one in session.registrations.all())
    other.first_name, other.last_name = "Maëlle", "Quéméneur"
    other.save()
    session.registrations.update(registered_at=timezone.now() - datetime.timedelta(days=30))
    session.organisation.assistance_contact = "Inès Le Goff"
    session.organisation.nda = "53351234535"
    session.organisation.save()
    thread = assistance.ask(session.edition, None, text="Maëlle Quéméneur dit que non ?", client_id=number(), by=asker)
    answer(thread, text="Elle se trompe.")
    found = everything(session)
    assert "[nom masqué] dit que non" in found and "Elle se trompe." in found


def test_the_index_costs_the_same_for_two_people_or_twenty(session, django_assert_max_num_queries):
    session.capacity = 40
    session.save()
    for _ in range(18):
        RegistrationFactory(session=session)
    with django_assert_max_num_queries(50):
        evidence_of(case_of(session.pk))


def test_nothing_of_another_session_is_in_it(session):
    stranger = PersonFactory(first_name="Ulysse", last_name="Ailleurs")
    elsewhere = held_session(session.organisation, edition=session.edition, days_ago=30)
    RegistrationFactory(session=elsewhere, person=stranger)
    hazard(session.organisation, manager_of(session.organisation), session=elsewhere, what="Fuite d’eau ailleurs.")
    complain(session.organisation, subject="Ulysse se plaint", text="Ulysse Ailleurs a crié.")
    found = everything(session)
    assert "Ailleurs" not in found and "ailleurs" not in found and "Ulysse" not in found
    assert "R-" in found


def test_adaptations_are_never_in_it_but_their_number_is_said():
    load()
    session = held_session(people=2, days_ago=-1)
    person = session.registrations.first().person
    organisation = session.organisation
    by = manager_of(organisation)
    referent = MembershipFactory(organisation=organisation, role=Role.DISABILITY_REFERENT).person
    asked = adaptations.ask(
        person, organisation=organisation, wish="Une pause secrète.", occasions=["sessions"], until=None, by=person
    )
    adaptations.grant(asked, kinds=["pauses"], percent=33, until=None, answer="Accordé.", by=referent)
    values = {
        "organisation": organisation,
        "person": referent,
        "on": datetime.date(2020, 1, 1),
        "network": "Cap emploi",
    }
    actions.record_entry(DisabilityReferent, values=values, by=by)
    found = everything(session)
    assert "secrète" not in found and "pauses" not in found
    assert "1\u00a0ligne masquée : adaptations." in found


def test_the_job_makes_it_once_and_a_second_run_changes_nothing(session, run_jobs):
    by = manager_of(session.organisation)
    pack = actions.order_pack(session, by=by)
    run_jobs()
    pack.refresh_from_db()
    assert pack.is_ready and pack.done == pack.total and pack.missing
    before = pack.sha256
    assert build_pack(pack.pk, 1) is None
    pack.refresh_from_db()
    assert pack.sha256 == before


def test_asking_twice_while_it_is_made_gives_the_same(session):
    by = manager_of(session.organisation)
    assert actions.order_pack(session, by=by) == actions.order_pack(session, by=by)


def test_a_session_to_come_has_no_pack_yet():
    load()
    session = held_session(days_ago=-20)
    with pytest.raises(TransitionRefused, match="n’a pas encore commencé"):
        actions.order_pack(session, by=manager_of(session.organisation))


def test_thirty_days_after_the_file_goes_and_its_hash_stays(session, run_jobs):
    pack = actions.order_pack(session, by=manager_of(session.organisation))
    run_jobs()
    actions.forget_packs(timezone.now() + datetime.timedelta(days=31))
    pack.refresh_from_db()
    assert not pack.file and pack.sha256


def test_whoever_answers_for_the_training_asks_for_it_and_saves_it(session, run_jobs):
    client = signed_in(manager_of(session.organisation))
    client.post(reverse("quality:order_pack", args=[session.public_id]))
    assert "se constitue" in client.get(reverse("quality:packs", args=[session.public_id])).text
    run_jobs()
    pack = Pack.objects.get()
    page = client.get(reverse("quality:packs", args=[session.public_id]))
    assert pack.sha256 in page.text and pack.manifest in page.text
    file = client.get(reverse("quality:pack_file", args=[session.public_id, pack.public_id]))
    assert zipfile.ZipFile(io.BytesIO(file.getvalue())).testzip() is None


def test_another_organisme_sees_no_pack(session, run_jobs):
    pack = actions.order_pack(session, by=manager_of(session.organisation))
    run_jobs()
    client = signed_in(manager_of(organisme(name="Autre")))
    assert client.get(reverse("quality:packs", args=[session.public_id])).status_code == 404
    assert client.get(reverse("quality:pack_file", args=[session.public_id, pack.public_id])).status_code == 404
