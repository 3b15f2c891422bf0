"""An auditor reads one session, or those they drew, until a day; other doors are closed, each page read is noted."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import Grant, JournalEntry
from lms.organisations.queries import today
from parcours.quality import actions
from parcours.quality.documents.evidence import case_of, evidence_of
from parcours.quality.engine.sampling import draw
from parcours.quality.models import AuditAccess
from tests.accounts.factories import PersonFactory
from tests.parcours.quality.factories import complain, held_session, load, manager_of, organisme, trainer_of
from tests.permissions.matrix import read_whole, signed_in
from tests.worlds import made_once

pytestmark = pytest.mark.django_db


@made_once
def session():
    load()
    return held_session(people=1)


def give(held, **values):
    told = {"name": "Anne Dubreuil", "email": "", "until": today() + datetime.timedelta(days=5), "session": held}
    by = values.pop("by", None) or manager_of(held.organisation)
    return actions.give_audit(held.organisation, by=by, **told | values)


def url(access, name="audit", *args):
    return reverse(f"quality:{name}", args=[access.grant.token, *args])


def test_the_auditor_reads_the_index_and_a_page_and_each_view_is_noted(session, client):
    access = give(session)
    assert session.title in client.get(url(access)).text
    index = client.get(url(access, "audit_session", session.public_id))
    assert "Preuve manquante" in index.text
    filed = next(one for one in evidence_of(case_of(session.pk)).files if one.piece.proof == "schedule")
    page = client.get(url(access, "audit_piece", session.public_id, filed.path))
    assert "Moyens et calendrier" in page.getvalue().decode()
    assert "sandbox" in page.headers["Content-Security-Policy"]
    assert [one.what for one in access.views.order_by("pk")] == [
        "Liste des sessions ouvertes",
        "Index par indicateur",
        "Demi-journées",
    ]
    assert JournalEntry.objects.filter(verb="quality.audit_view").count() == 3


def test_the_training_manager_sees_what_was_read(session, client):
    by = manager_of(session.organisation)
    access = give(session, by=by)
    client.get(url(access, "audit_session", session.public_id))
    page = signed_in(by).get(reverse("quality:audit_access", args=[access.public_id]))
    assert "Index par indicateur" in page.text and access.grant.token in page.text


def test_another_session_another_path_and_another_link_open_nothing(session, client):
    access = give(session)
    other = held_session(session.organisation, edition=session.edition, days_ago=30)
    assert client.get(url(access, "audit_session", other.public_id)).status_code == 404
    assert client.get(url(access, "audit_pack", other.public_id)).status_code == 404
    for path in ("../../etc/passwd", "absent/001-rien.html", "papiers/..%2fmanifest.json"):
        assert client.get(url(access, "audit_piece", session.public_id, path)).status_code == 404
    assert client.get(reverse("quality:audit", args=["faux"])).status_code == 410


def test_a_link_to_one_indicator_opens_its_proofs_and_nothing_else(session, client, run_jobs):
    actions.order_pack(session, by=manager_of(session.organisation))
    run_jobs()
    entries = evidence_of(case_of(session.pk)).entries
    kept = next(one for one in entries if one.files)
    other = next(each for one in entries for each in one.files if each.piece.proof not in kept.indicator.proofs)
    access = give(session, indicators=[kept.indicator.number])
    page = client.get(url(access, "audit_session", session.public_id)).text
    assert kept.indicator.label in page and "Tout télécharger" not in page
    assert page.count("<section>") == 1
    kept_page = client.get(url(access, "audit_piece", session.public_id, kept.files[0].path))
    assert read_whole(kept_page).status_code == 200
    assert client.get(url(access, "audit_piece", session.public_id, other.path)).status_code == 404
    assert client.get(url(access, "audit_pack", session.public_id)).status_code == 404
    assert read_whole(client.get(url(give(session), "audit_pack", session.public_id))).status_code == 200


@pytest.mark.parametrize("asked", ["abc", "-1", "99999999999999999999", "0"])
def test_an_address_that_names_no_session_opens_the_form_without_one(session, asked):
    client = signed_in(manager_of(session.organisation))
    assert client.get(reverse("quality:audits"), {"session": asked}).status_code == 200
    assert client.get(reverse("quality:appreciations"), {"parcours": asked}).status_code == 200


def test_a_link_of_another_scope_opens_no_evidence(session, client):
    complaint = complain(session.organisation)
    assert client.get(reverse("quality:audit", args=[complaint.grant.token])).status_code == 410


def test_a_link_that_is_over_answers_a_clear_page(session, client):
    access = give(session)
    Grant.objects.filter(pk=access.grant_id).update(expires_at=timezone.now() - datetime.timedelta(minutes=1))
    response = client.get(url(access, "audit_session", session.public_id))
    assert response.status_code == 410
    assert "Ce lien n’ouvre plus rien" in response.text


def test_a_link_that_was_withdrawn_opens_nothing_more(session, client):
    access = give(session)
    actions.revoke_audit(access, by=manager_of(session.organisation))
    assert client.get(url(access)).status_code == 410


def test_the_link_leaves_by_mail(session, run_jobs):
    access = give(session, email="anne@audit.example")
    run_jobs()
    (message,) = [one for one in mail.outbox if one.to == ["anne@audit.example"]]
    assert access.grant.token in message.body


def test_the_auditor_draws_once_and_anybody_draws_the_same_again(session, client):
    organisation = session.organisation
    for rank in range(6):
        held_session(organisation, edition=session.edition, days_ago=20 + rank)
    period = (today() - datetime.timedelta(days=60), today())
    access = give(session, session=None, period=period, size=3)
    assert "Tirer les sessions" in client.get(url(access)).text
    client.post(url(access), {"word": "menhir"})
    access.refresh_from_db()
    known = [str(one) for one in organisation.sessions.values_list("public_id", flat=True)]
    assert {str(one.public_id) for one in access.sessions.all()} == set(draw(access.seed, known, 3))
    assert access.seed.endswith("-menhir") and access.seed in client.get(url(access)).text
    with pytest.raises(TransitionRefused, match="déjà fait"):
        actions.draw_sessions(access)


def test_nothing_is_read_before_the_draw(session, client):
    access = give(session, session=None, period=(today() - datetime.timedelta(days=60), today()), size=1)
    assert client.get(url(access, "audit_session", session.public_id)).status_code == 404


def test_an_empty_period_is_said(session, client):
    period = (datetime.date(2020, 1, 1), datetime.date(2020, 1, 31))
    access = give(session, session=None, period=period, size=3)
    assert "Aucune session n’a été tenue" in client.post(url(access), {"word": ""}).text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("until", "2020-01-01", "Cette date est passée"),
        ("until", "2030-01-01", "quatre-vingt-dix jours au plus"),
        ("session", "", "Choisissez la session"),
        ("name", "", "Cette réponse manque"),
        ("indicators", "4, 99", "Aucun indicateur ne porte le numéro « 99 »"),
    ],
)
def test_what_is_missing_is_said(session, field, value, said):
    told = {
        "organisation": session.organisation.pk,
        "name": "Anne",
        "until": (today() + datetime.timedelta(days=3)).isoformat(),
        "what": "session",
        "session": session.pk,
    }
    client = signed_in(manager_of(session.organisation))
    response = client.post(reverse("quality:audits"), told | {field: value})
    assert response.status_code == 422 and said in response.text
    assert client.post(reverse("quality:audits"), told | {"indicators": "19 ; 4"}).status_code == 302
    access = AuditAccess.objects.get()
    assert access.sessions.get() == session
    assert access.indicators == ["4", "19"]
    assert "les indicateurs 4 et 19" in client.get(reverse("quality:audits")).text


def test_only_whoever_answers_for_the_training_gives_and_withdraws(session):
    access = give(session)
    revoke = reverse("quality:revoke_audit", args=[access.public_id])
    assert signed_in(manager_of(organisme(name="Autre"))).post(revoke).status_code == 404
    assert signed_in(trainer_of(session.organisation)).get(reverse("quality:audits")).status_code == 403
    assert signed_in(PersonFactory()).get(reverse("quality:audits")).status_code == 403
