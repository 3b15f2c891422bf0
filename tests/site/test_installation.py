import pytest
from django.core import mail
from django.core.files.storage import storages
from django.urls import reverse

from lms.kernel.models import JournalEntry, OutgoingMail
from lms.site import actions
from lms.site.installation import STEPS, left, next_step
from lms.site.models import SiteIdentity
from tests.accounts.factories import PersonFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db

PUBLISHER = {
    "editeur": "Agence nationale de la cohésion des territoires",
    "contact": "contact@anct-exemple.fr",
    "directeur_publication": "Nadia Le Goff",
}


@pytest.fixture
def admin():
    return PersonFactory(staff=True)


@pytest.fixture
def browser(admin):
    return signed_in(admin)


def step(slug):
    return reverse("site:installation_step", args=[slug])


def verbs():
    return list(
        JournalEntry.objects.filter(subject_type="site.siteidentity").order_by("pk").values_list("verb", flat=True)
    )


def test_a_new_site_has_every_step_left(browser):
    html = browser.get("/installation/").content.decode()
    assert f"Il reste {len(STEPS)} étapes sur {len(STEPS)}" in html
    assert STEPS[0].title in html


def test_a_step_is_saved_and_leads_to_the_next(browser):
    response = browser.post(step("editeur"), PUBLISHER)
    assert response["Location"] == step("hebergeur")
    assert SiteIdentity.load().contact == "contact@anct-exemple.fr"
    assert verbs() == ["site.describe"]


def test_names_stay_out_of_the_chained_part_of_the_journal(browser):
    browser.post(step("editeur"), PUBLISHER)
    entry = JournalEntry.objects.get(verb="site.describe")
    assert "Nadia" not in str(entry.after)
    assert entry.personal.values["after"]["directeur_publication"] == "Nadia Le Goff"


def test_saving_the_same_answers_twice_writes_one_line(admin):
    actions.describe(by=admin, **PUBLISHER)
    actions.describe(by=admin, **PUBLISHER)
    assert verbs() == ["site.describe"]


def test_a_wrong_address_is_refused_and_nothing_is_written(browser):
    response = browser.post(step("editeur"), PUBLISHER | {"contact": "nulle part"})
    assert 'href="#id_contact"' in response.content.decode()
    assert not SiteIdentity.objects.exists()


def test_the_sender_is_confirmed_until_it_changes(browser, settings):
    browser.post(step("expediteur"))
    assert "expediteur" not in [each.slug for each in left(SiteIdentity.load())]
    settings.DEFAULT_FROM_EMAIL = "autre@anct-exemple.fr"
    assert "expediteur" in [each.slug for each in left(SiteIdentity.load())]


def test_the_message_goes_to_the_one_who_asks_and_its_fate_is_shown(browser, admin, run_jobs):
    browser.post(step("message"))
    assert "attend d’être envoyé" in browser.get(step("message")).content.decode()
    run_jobs()
    assert mail.outbox[-1].to == [admin.email]
    assert "a accepté le message" in browser.get(step("message")).content.decode()
    browser.post(step("message"), {"received": "oui"})
    assert SiteIdentity.load().mail_received_at


def test_a_refused_message_says_so(browser, run_jobs, monkeypatch):
    def refuse(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    browser.post(step("message"))
    run_jobs()
    assert "refuse le message" in browser.get(step("message")).content.decode()
    assert OutgoingMail.objects.get().sent_at is None


def test_two_messages_may_be_asked_for(admin):
    assert actions.send_test_mail(by=admin).pk != actions.send_test_mail(by=admin).pk


def test_a_file_is_written_read_and_deleted_in_each_place(browser, settings, tmp_path):
    response = browser.post(step("fichiers"))
    assert response["Location"] == step("file")
    assert SiteIdentity.load().files_tested_at
    assert storages["default"].listdir("")[1] == []


def test_a_place_that_keeps_nothing_is_named(browser, monkeypatch):
    def full(*args, **kwargs):
        raise OSError("No space left on device")

    monkeypatch.setattr(storages["papers"], "_save", full)
    html = browser.post(step("fichiers"), follow=True).content.decode()
    assert "Documents officiels" in html
    assert "No space left on device" in html
    assert SiteIdentity.load().files_tested_at is None


def test_the_queue_is_proven_by_a_job_that_comes_back(browser, run_jobs):
    browser.post(step("file"))
    assert "Le travail attend" in browser.get(step("file")).content.decode()
    run_jobs()
    assert "Travail fait le" in browser.get(step("file")).content.decode()
    assert SiteIdentity.load().queue_tested_at


def test_an_unknown_step_does_not_exist(browser):
    assert browser.get(step("inconnue")).status_code == 404


def test_an_installed_site_says_it_is_done(browser, admin, run_jobs):
    actions.describe(
        by=admin, **PUBLISHER, hebergeur="OVH", dpo="dpo@a-exemple.fr", contact_accessibilite="a@a-exemple.fr"
    )
    actions.confirm_sender(by=admin)
    actions.confirm_test_mail(by=admin)
    actions.try_files(by=admin)
    actions.try_queue(by=admin)
    run_jobs()
    assert next_step(SiteIdentity.load()) is None
    assert "Le site est installé" in browser.get("/installation/").content.decode()


def test_the_footer_of_every_page_gives_the_new_level_of_accessibility_at_once(browser, client):
    client.get("/composants/")
    browser.post(step("accessibilite"), {"contact_accessibilite": "a@anct-exemple.fr", "accessibility": "totalement"})
    assert "Accessibilité\u00a0: totalement conforme" in client.get("/composants/").content.decode()
