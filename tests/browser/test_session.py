"""A session of 10 h 30 from a replacement to an auditor: fourteen people sign, papers say their hours, proofs hold."""

import datetime
import io
import re
import subprocess
import sys
import zipfile
from collections import Counter

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from lms.kernel.models import Grant
from lms.organisations.queries import today
from parcours.classroom.models import Registration
from parcours.emargement.lifecycle import Way
from parcours.emargement.models import Correction, Sheet, Signature
from parcours.quality.models import AuditAccess
from tests.browser.authoring import enter
from tests.browser.following import Keyboard
from tests.browser.fourteen import Fourteen, jobs
from tests.catalogue.factories import root_page
from tests.parcours.paperwork.factories import words
from tests.parcours.quality.factories import load

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def group():
    root_page()
    load()
    return Fourteen()


def test_fourteen_people_from_a_replacement_to_an_auditor(open_page, live_server, group, looked_at, tmp_path):
    late, slow, blind, offline, excused, *others, wrong, absent = group.people
    for person in (late, slow, blind, offline, excused):
        group.follows_the_etapes(person)
    replaced = others.pop()
    a_colleague_takes_the_seat(enter(open_page(), group.referent, live_server), group, replaced, looked_at)
    jobs()

    group.days_pass()
    by_code = [late, slow, *others, wrong, group.colleague]
    group.sign([*by_code, blind, offline, excused, absent], 1)
    group.sign(by_code, 2)
    signs_by_keyboard_alone(enter(open_page(320), blind, live_server), group, blind, looked_at)
    signs_without_network(enter(open_page(320), group.trainer, live_server), group, offline, looked_at)
    desk = enter(open_page(), group.trainer, live_server)
    keeps_the_sheets(desk, group, {late: 10, slow: 15}, excused, looked_at)
    jobs()
    corrects_with_a_reason(desk, group, wrong, looked_at)
    closes_the_session(desk, group, looked_at)

    full, part = (late, slow, blind, offline), (wrong, absent)
    hours = dict.fromkeys([*group.people, group.colleague], "7 h") | dict.fromkeys(full, "10 h 30")
    hours = hours | dict.fromkeys(part, "3 h 30")
    del hours[replaced]
    office = enter(open_page(), group.manager, live_server)
    certificates_say_the_hours_done(office, group, hours, looked_at)
    reads_the_certificate(enter(open_page(320), wrong, live_server), group, wrong, "3 h 30", looked_at)
    pack_is_altered_and_detected(office, group, looked_at, tmp_path / "dossier")
    link = lets_an_auditor_in(office, group, looked_at)
    audits_until_the_link_is_over(open_page(320), group, link, looked_at)


# --- Before, and in the room ------------------------------------------------------------------------------------------


def a_colleague_takes_the_seat(page, group, replaced, looked_at):
    page.goto(f"/structure/{group.structure.public_id}/sessions/")
    looked_at(page, "the sessions of a structure")
    page.get_by_role("link", name=f"Remplacer {replaced.full_name}").click()
    page.get_by_label("Qui prend cette place").select_option(label=group.colleague.full_name)
    page.get_by_label("Motif").fill("En congé ce jour-là")
    looked_at(page, "a replacement")
    page.get_by_role("button", name="Remplacer").click()
    page.get_by_text(f"{group.colleague.full_name} prend la place de {replaced.full_name}").wait_for()
    looked_at(page, "a colleague has the seat")
    assert group.registration(replaced).state == Registration.State.REPLACED
    assert group.session.registrations.seated().count() == 14


def signs_by_keyboard_alone(page, group, person, looked_at):
    """Her code is read in her space, and typed; nothing is drawn, nothing is pointed at."""
    keyboard = Keyboard(page)
    page.goto("/espace/emargement/")
    looked_at(page, "my half-days")
    code = page.locator("main strong").inner_text()
    keyboard.follow("main a[href='/emarger/']")
    looked_at(page, "asked for a code")
    keyboard.fill("main input[name=code]", code)
    with page.expect_navigation():
        keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(person.full_name)
    looked_at(page, "asked to confirm")
    keyboard.follow("main form button")
    page.get_by_role("heading", level=1, name="Présence signée").wait_for()
    looked_at(page, "signed")
    assert group.line(person, 2).signature.way == Way.CODE


def signs_without_network(page, group, person, looked_at):
    """On the trainer’s tablet; the device sends it when the network is back, and nothing more afterwards."""
    sent = []
    page.on("requestfinished", lambda request: sent.append(request) if request.url.endswith("/envoi/") else None)
    line = group.line(person, 2)
    page.goto(f"/formation/emargement/{line.sheet.public_id}/hors-ligne/")
    looked_at(page, "a tablet, before the network is cut")
    page.context.set_offline(True)
    row = page.locator(f"[data-line='{line.public_id}']")
    row.get_by_role("button", name="Signer").click()
    row.get_by_role("button", name="Je certifie ma présence").click()
    page.get_by_text("1 signature en attente d’envoi").wait_for()
    looked_at(page, "a tablet without network")
    assert not Signature.objects.filter(attendance=line).exists()
    page.context.set_offline(False)
    page.get_by_text("Tout est envoyé").wait_for()
    page.reload()
    page.get_by_text("Tout est envoyé").wait_for()
    looked_at(page, "all is sent")
    expect(row).to_contain_text("a signé")
    assert row.inner_text().endswith("a signé")
    assert len(sent) == 1
    signature = Signature.objects.get(attendance=line)
    assert (signature.way, signature.entered_by) == (Way.TABLET, group.trainer)
    assert signature.claimed_at


def keeps_the_sheets(page, group, late, excused, looked_at):
    """Who was late, who is excused, who never came; both half-days countersigned."""
    page.goto(group.session.get_absolute_url())
    page.get_by_role("link", name="Émargement", exact=True).click()
    looked_at(page, "the register")
    second, first = (group.line(excused, rank).sheet for rank in (2, 1))
    page.get_by_role("link", name=second.label).click()
    page.get_by_text("12 signatures sur 14").wait_for()
    looked_at(page, "a sheet being signed")
    for person, minutes in late.items():
        note(page, person)
        arrived = second.local(second.half_day.starts_at + datetime.timedelta(minutes=minutes))
        page.get_by_label("Arrivée en retard à").fill(f"{arrived:%H:%M}")
        looked_at(page, "somebody was late")
        saved(page, "Enregistrer", person)
    note(page, excused)
    page.get_by_label("Absence excusée", exact=True).check(force=True)
    page.get_by_label("Motif de l’absence excusée").select_option(label="Maladie ou accident")
    looked_at(page, "somebody is excused")
    saved(page, "Enregistrer", excused)
    page.get_by_role("button", name="Noter absentes les personnes à confirmer").click()
    page.get_by_text("Notées absentes : 1").wait_for()
    countersigns(page, looked_at)
    page.goto(first.get_absolute_url())
    page.get_by_text("14 signatures sur 14").wait_for()
    countersigns(page, looked_at)
    assert all(sheet.is_locked for sheet in Sheet.objects.all())


def note(page, person):
    page.get_by_role("link", name=f"Noter {person.full_name}").click()
    page.get_by_role("heading", level=1, name=person.full_name).wait_for()


def saved(page, button, person):
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_text(f"C’est noté pour {person.full_name}").wait_for()


def countersigns(page, looked_at):
    page.get_by_role("button", name="Contresigner et verrouiller").click()
    page.get_by_text("La feuille est contresignée et verrouillée").wait_for()
    looked_at(page, "a sheet that is locked")


def corrects_with_a_reason(page, group, person, looked_at):
    """Refused without one; then what the sheet said and what it says are both read."""
    why = "Un collègue a saisi son code à sa place."
    page.goto(group.line(person, 2).sheet.get_absolute_url())
    page.get_by_role("link", name=f"Corriger {person.full_name}").click()
    page.get_by_label("Absence", exact=True).check(force=True)
    page.get_by_role("button", name="Enregistrer la correction").click()
    page.get_by_text("Le motif manque").first.wait_for()
    looked_at(page, "a correction without reason")
    page.get_by_label("Motif de la correction").fill(why)
    saved(page, "Enregistrer la correction", person)
    looked_at(page, "a sheet that was corrected")
    row = page.get_by_role("row").filter(has_text=person.full_name).inner_text()
    for told in ("« présence signée » devient « absence »", why, group.trainer.full_name, "code personnel"):
        assert told in plain(row)
    assert Correction.objects.get().reason == why


def closes_the_session(page, group, looked_at):
    page.goto(group.session.get_absolute_url())
    page.get_by_role("button", name="Terminer la session").click()
    page.get_by_text("La session est terminée").wait_for()
    looked_at(page, "a session that is over")
    jobs()


# --- Papers -----------------------------------------------------------------------------------------------------------


def certificates_say_the_hours_done(page, group, hours, looked_at):
    """On the page of the papers, then in each file: the same hours."""
    page.goto(group.session.get_absolute_url())
    page.get_by_role("link", name="Documents", exact=True).click()
    looked_at(page, "the papers of the session")
    row = page.get_by_role("row").filter(has_text="Certificats de réalisation")
    assert "14 sur 14" in plain(row.inner_text())
    assert not page.get_by_text("Tout n’a pas pu être délivré").count(), page.get_by_role("main").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger le zip").click()
    told = certified(download.value.path().read_bytes())
    assert told == {person.full_name: done for person, done in hours.items()}
    assert Counter(told.values()) == {"10 h 30": 4, "7 h": 8, "3 h 30": 2}
    page.get_by_role("link", name="Les documents de chaque stagiaire").click()
    looked_at(page, "the papers of each trainee")
    for person, done in hours.items():
        row = page.get_by_role("row").filter(has_text=person.full_name)
        assert f"{done} sur 10 h 30" in plain(row.inner_text())


def certified(data: bytes) -> dict[str, str]:
    """Name → hours done, as each certificat de réalisation of a zip says them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("certificat-realisation/")]
        texts = [words(archive.read(name)) for name in names]
    found = [re.search(r"Stagiaire (.+?) Employeur .+ Durée réalisée (\d+ h(?: \d+)?) ", text) for text in texts]
    assert all(found), texts
    return {one.group(1): one.group(2) for one in found}


def reads_the_certificate(page, group, person, hours, looked_at):
    page.goto(f"/espace/sessions/{group.registration(person).public_id}/documents/")
    looked_at(page, "my papers of a session")
    page.get_by_role("link", name="Certificat de réalisation").click()
    page.get_by_role("heading", level=1, name="Certificat de réalisation").wait_for()
    looked_at(page, "my certificate")
    assert f"Durée réalisée {hours} " in plain(page.get_by_role("main").inner_text())


# --- Proofs -----------------------------------------------------------------------------------------------------------


def pack_is_altered_and_detected(page, group, looked_at, folder):
    page.goto(group.session.get_absolute_url())
    page.get_by_role("link", name="Dossier de preuves", exact=True).click()
    page.get_by_role("button", name="Constituer le dossier").click()
    page.get_by_text("Le dossier se constitue").first.wait_for()
    looked_at(page, "a pack being made")
    jobs()
    page.get_by_role("link", name="Actualiser").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="preuves-").click()
    looked_at(page, "a pack")
    with zipfile.ZipFile(download.value.path()) as archive:
        archive.extractall(folder)
    whole = checked(folder)
    assert (whole.returncode, "Rien n’a changé" in whole.stdout) == (0, True), whole.stdout
    page.goto((folder / "index.html").as_uri())
    looked_at(page, "the index of a pack, read from a disk")
    page.get_by_role("link", name="Présences du").last.click()
    looked_at(page, "a sheet in a pack")
    altered = next(folder.glob("papiers/*.pdf"))
    data = bytearray(altered.read_bytes())
    data[len(data) // 2] ^= 1
    altered.write_bytes(data)
    found = checked(folder)
    assert found.returncode == 1
    assert found.stdout.splitlines()[0] == f"papiers/{altered.name}\N{NO-BREAK SPACE}: modifié."


def checked(folder):
    """What the checker of the pack says, alone with it."""
    return subprocess.run([sys.executable, "-I", "verifier.py"], cwd=folder, capture_output=True, text=True)


def lets_an_auditor_in(page, group, looked_at) -> str:
    """The address that the training manager copies."""
    page.goto(f"{group.session.get_absolute_url()}preuves/")
    page.get_by_role("link", name="Ouvrir cette session à un auditeur").click()
    page.get_by_label("Nom de l’auditeur").fill("Anne Dubreuil")
    page.get_by_label("Jusqu’au").fill((today() + datetime.timedelta(days=4)).isoformat())
    looked_at(page, "an access to give")
    page.get_by_role("button", name="Ouvrir l’accès").click()
    page.get_by_role("heading", level=1, name="Anne Dubreuil").wait_for()
    looked_at(page, "an access")
    return page.locator("[data-copy-value]").inner_text()


def audits_until_the_link_is_over(page, group, link, looked_at):
    page.goto(link)
    looked_at(page, "what the auditor may open")
    page.get_by_role("link", name=group.session.title).click()
    page.get_by_text("Preuve manquante").first.wait_for()
    looked_at(page, "the index of the auditor")
    page.get_by_role("link", name="Présences du").last.click()
    page.get_by_role("heading", level=1, name="Présences du").wait_for()
    page.wait_for_load_state()
    sheet = plain(page.locator("body").inner_text())
    for told in ("Masqué – 1 motif d’absence masqué", "absence excusée", "Un collègue a saisi son code à sa place."):
        assert told in sheet
    assert "maladie" not in sheet.lower()
    Grant.objects.filter(pk=AuditAccess.objects.get().grant_id).update(expires_at=timezone.now())
    page.goto(link)
    page.get_by_role("heading", level=1, name="Ce lien n’ouvre plus rien").wait_for()
    looked_at(page, "a link that is over")


def plain(text: str) -> str:
    return " ".join(text.split())
