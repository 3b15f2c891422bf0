"""The trainer keeps a sheet through its doors: tablet, notes, lock, correction, paper."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from parcours.emargement.lifecycle import AttendanceState, Way
from parcours.emargement.models import Attendance, Scan, Signature
from tests.parcours.emargement.doors import text_of
from tests.parcours.emargement.factories import (
    after,
    during,
    lines,
    session_with_sheets,
    sheet_of,
    sign,
    trainer_of,
)
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


# --- The trainer --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["tablet", "screen", "offline"])
def test_what_the_room_reads_shows_nothing_of_the_trainer_account(name, session):
    url = reverse(f"emargement:{name}", args=[sheet_of(session).public_id])
    text = text_of(signed_in(trainer_of(session)).get(url))
    assert "Se déconnecter" not in text and "Mon espace" not in text
    assert "Pour le formateur : revenir à la feuille" in text


def test_a_person_signs_on_the_tablet_without_drawing(session):
    trainer, line = trainer_of(session), lines(session)[0]
    client = signed_in(trainer)
    url = reverse("emargement:tablet_sign", args=[sheet_of(session).public_id, line.public_id])
    with during(session):
        assert "Je certifie ma présence" in text_of(client.get(url))
        assert "présence signée" in text_of(client.post(url, follow=True))
        assert "avait déjà signé" in text_of(client.post(url, follow=True))
    assert (Signature.objects.get().way, Signature.objects.get().entered_by) == (Way.TABLET, trainer)


def test_out_of_the_window_the_trainer_says_why(session):
    client, line = signed_in(trainer_of(session)), lines(session)[0]
    url = reverse("emargement:tablet_sign", args=[sheet_of(session).public_id, line.public_id])
    with after(session, minutes=60):
        assert "Le motif manque" in text_of(client.post(url, {"back": "sheet"}, follow=True))
        client.post(url, {"back": "sheet", "hors-delai-reason": "Arrivée sans téléphone"})
    assert Signature.objects.get().is_late


def test_a_line_of_another_session_is_not_found_on_this_sheet():
    session, other = session_with_sheets(), session_with_sheets()
    url = reverse("emargement:person", args=[sheet_of(session).public_id, lines(other)[0].public_id])
    assert signed_in(trainer_of(session)).get(url).status_code == 404


def test_a_trainer_who_follows_the_session_reads_its_sheet_and_does_not_keep_it(session):
    trainer = trainer_of(session)
    line = lines(session)[0]
    line.registration.person = trainer
    line.registration.save()
    client, url = signed_in(trainer), reverse("emargement:sheet", args=[sheet_of(session).public_id])
    assert "Lecture seule" in text_of(client.get(url))
    assert client.post(reverse("emargement:lock", args=[sheet_of(session).public_id])).status_code == 403


def test_somebody_is_noted_late_then_the_sheet_is_locked_then_corrected(session):
    client = signed_in(trainer_of(session))
    sheet, (first, second) = sheet_of(session), lines(session)
    with during(session):
        sign(first)
    page = reverse("emargement:person", args=[sheet.public_id, first.public_id])
    with after(session):
        client.post(page, {"state": "present", "arrived": "09:35", "left": "", "excuse": "", "reason": ""})
        client.post(reverse("emargement:mark_the_rest", args=[sheet.public_id]))
        locking = client.post(reverse("emargement:lock", args=[sheet.public_id]), follow=True)
        assert "contresignée et verrouillée" in text_of(locking)
        assert [line.minutes for line in lines(session)] == [180, 0]
        refused = client.post(page, {"state": "present", "arrived": "", "left": "", "excuse": "", "reason": ""})
        assert (refused.status_code, "Le motif manque" in text_of(refused)) == (422, True)
        assert "Motif de la correction" in text_of(refused)
        told = {"state": "present", "arrived": "", "left": "", "excuse": "", "reason": "Elle était là"}
        shown = text_of(client.post(page, told, follow=True))
    assert "présence signée, arrivée à 9 h 35 » devient « présence signée" in shown
    assert [line.minutes for line in lines(session)] == [210, 0]
    assert second.registration.session == session


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"state": "present", "arrived": "08:00"}, "n’est pas dans la demi-journée"),
        ({"state": "absent"}, "dites pourquoi sa signature est écartée"),
        ({"state": "excused"}, "Dites le motif"),
        ({"state": "absent", "reason": "x" * 301}, "300 caractères suffisent"),
        ({"state": "absent", "reason": "Voir 2 85 05 75 116 001 22"}, "sécurité sociale"),
        ({}, "Dites ce qui est noté"),
    ],
)
def test_what_cannot_be_noted_is_refused_on_the_page(told, said, session):
    line = lines(session)[0]
    with during(session):
        sign(line)
    url = reverse("emargement:person", args=[sheet_of(session).public_id, line.public_id])
    response = signed_in(trainer_of(session)).post(url, told)
    assert (response.status_code, said in text_of(response)) == (422, True)
    assert Attendance.objects.get(pk=line.pk).state == AttendanceState.PRESENT


PDF = b"%PDF-1.4\n" + b"feuille " * 50


def paper(client, sheet, signatories, *, file=None, **values):
    file = file or SimpleUploadedFile("feuille.pdf", PDF)
    data = {"people": [one.public_id for one in signatories], "scan": file, "reason": ""} | values
    return client.post(reverse("emargement:paper", args=[sheet.public_id]), data, follow=True)


def test_a_paper_sheet_is_entered_with_its_scan_which_only_trainers_read(session):
    client = signed_in(trainer_of(session))
    with during(session):
        assert "Signatures saisies : 2" in text_of(paper(client, sheet_of(session), lines(session)))
    assert set(Signature.objects.values_list("way", "scan")) == {(Way.PAPER, Scan.objects.get().pk)}
    url = reverse("emargement:scan", args=[Scan.objects.get().public_id])
    response = client.get(url)
    assert (response.content, response.headers["Content-Disposition"][:10]) == (PDF, "attachment")
    assert signed_in(lines(session)[0].person).get(url).status_code == 404


@pytest.mark.parametrize(
    ("file", "values", "said"),
    [
        (SimpleUploadedFile("feuille.docx", b"PK\x03\x04rien"), {}, "n’est pas un fichier accepté (PDF, PNG ou JPEG)"),
        (SimpleUploadedFile("feuille.pdf", b"%PDF-" + b"0" * 10_000_001), {}, "dépasse 10 Mo"),
        (SimpleUploadedFile("feuille.pdf", b""), {}, "vide"),
        (None, {"people": []}, "Cochez au moins une personne"),
    ],
)
def test_a_paper_that_is_no_sheet_enters_nothing(file, values, said, session):
    with during(session):
        response = paper(signed_in(trainer_of(session)), sheet_of(session), lines(session), file=file, **values)
    assert response.status_code == 422
    assert said in text_of(response)
    assert not Signature.objects.exists()
    assert not Scan.objects.exists()


def test_a_paper_entered_the_day_after_says_why_or_enters_nothing():
    session = session_with_sheets(days=-1)
    client = signed_in(trainer_of(session))
    refused = paper(client, sheet_of(session), lines(session))
    assert "écrivez pourquoi" in text_of(refused)
    assert not Scan.objects.exists()
    paper(client, sheet_of(session), lines(session), reason="Saisie au retour du bureau")
    assert Signature.objects.filter(is_late=True, reason="Saisie au retour du bureau").count() == 2
