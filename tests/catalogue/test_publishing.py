"""What forbids a publication is said whole; a reviewer may answer for some of it; no hour is given."""

import datetime
import io
import json
import re
import uuid
from html import unescape

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model

from lms.kernel.models import JournalEntry, OutgoingMail
from parcours.catalogue import actions
from parcours.catalogue.models import Edition, ModulePage, ParcoursPage, PublicationException
from parcours.catalogue.tasks import publish_promised
from tests.catalogue.situations import fields_of
from tests.catalogue.test_editor import form_of, module_form, sentences, text_of
from tests.permissions.matrix import signed_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
ANYWAY = {"publish_anyway": "on", "publish_reason": "La description arrive lundi."}
PUBLISH = {"action-publish": "1"}


def fault(kind, value) -> dict:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def content(*blocks, words=140) -> list[dict]:
    return [fault("texte", "<p>" + "mot " * words + "</p>"), *blocks]


def image(workshop, **changes):
    value = {"image": workshop.images["own medium"].pk, "alternative": "", "decorative": False, "caption": ""}
    return fault("image", value | {"text_equivalent": "<p>Un triangle.</p>"} | changes)


def unfinished(workshop) -> list[dict]:
    """One of each fault that a reviewer may let pass."""
    medium = workshop.documents["own medium"].pk
    film = {"title": "Film", "video": medium, "captions": None, "minutes": 1, "transcript": ""}
    link = {"kind": "lien", "title": "Site", "url": "https://a.fr", "text": "<p>Voir.</p>", "equivalent": ""}
    return content(
        image(workshop),
        fault("video", film),
        fault("lien", link),
        fault("texte", "<h2>Haut</h2>"),
        fault("texte", "<h3>Bas</h3>"),
    )


def module_with(workshop, blocks, **etape_values) -> ModulePage:
    module = workshop.pages["own module"]
    value = {"title": "Savoir décider", "slug": "", "minutes": 1, "reflection": 0, "reflection_reason": ""}
    value |= {"estimate": False, "content": blocks} | etape_values
    module.body = json.dumps([{"type": "etape", "value": value, "id": str(uuid.uuid4())}])
    module.save_revision(user=workshop.people["author"])
    return module


def posted(workshop, person, module, **changes):
    """The editor sent as it stands, from the draft: its blocks as form fields."""
    client = signed_in(workshop.people[person])
    draft = module.get_latest_revision_as_object()
    url = reverse("wagtailadmin_pages:edit", args=[module.pk])
    fields = {"title": draft.title, "slug": draft.slug, "summary": draft.summary} | changes
    return client.post(url, module_form(**fields) | fields_of(draft.body.stream_block, draft.body, "body"))


def live(module) -> bool:
    return type(module).objects.get(pk=module.pk).live


PASSABLE = [
    "image « fiche",
    "décrivez-la en une phrase",
    "vidéo « Film » : ajoutez ses sous-titres",
    "vidéo « Film » : écrivez sa transcription",
    "lien externe « Site » : écrivez son équivalent accessible",
]


def test_all_that_forbids_publication_is_said_at_once_with_module_etape_and_block(workshop):
    module = module_with(workshop, unfinished(workshop), minutes=50)
    response = posted(workshop, "reviewer", module, **PUBLISH)
    said = text_of(response).replace("\u00a0", " ")
    for sentence in [*PASSABLE, "le film doit être un fichier mp4", "50 min annoncées", "étape « Savoir décider »"]:
        assert sentence in said, sentence
    assert "Module « Un module »" in said or "Module « Brouillon Armor »" in said
    assert not live(module)


def test_the_same_draft_is_saved_as_it_is(workshop):
    module = module_with(workshop, unfinished(workshop), minutes=50)
    response = posted(workshop, "author", module)
    assert response.status_code == 302, sentences(response)
    assert not live(module)


def test_an_author_submits_nothing_that_could_not_be_published(workshop):
    module = module_with(workshop, content(image(workshop)))
    response = posted(workshop, "author", module, **{"action-submit": "1"})
    assert "décrivez-la en une phrase" in text_of(response)
    assert ModulePage.objects.get(pk=module.pk).current_workflow_state is None


@pytest.mark.parametrize("person", ["reviewer", "manager", "admin"])
def test_a_reviewer_publishes_despite_a_fault_and_says_why(workshop, person):
    module = module_with(workshop, content(image(workshop)))
    response = posted(workshop, person, module, **PUBLISH, **ANYWAY)
    assert response.status_code == 302, sentences(response)
    assert live(module)
    exception = PublicationException.objects.get()
    assert (exception.page_id, exception.by) == (module.pk, workshop.people[person])
    assert exception.reason == ANYWAY["publish_reason"]
    assert "décrivez-la en une phrase" in exception.fault
    entry = JournalEntry.objects.get(verb="catalogue.published_despite_fault")
    assert (entry.by, entry.after) == (workshop.people[person], {"page": module.pk})


def test_a_reason_is_asked_for(workshop):
    module = module_with(workshop, content(image(workshop)))
    response = posted(workshop, "reviewer", module, **PUBLISH, publish_anyway="on", publish_reason=" ")
    assert "Dites pourquoi" in text_of(response)
    assert not PublicationException.objects.exists()
    assert not live(module)


def test_an_author_lets_nothing_pass(workshop):
    module = module_with(workshop, content(image(workshop)))
    shown = signed_in(workshop.people["author"]).get(reverse("wagtailadmin_pages:edit", args=[module.pk]))
    assert "publish_anyway" not in shown.content.decode()
    response = posted(workshop, "author", module, **{"action-submit": "1"}, **ANYWAY)
    assert "décrivez-la en une phrase" in text_of(response)
    assert "Validation error" not in response.content.decode()
    assert not PublicationException.objects.exists()


def test_hours_are_not_given_even_by_a_reviewer(workshop):
    module = module_with(workshop, content(image(workshop)), minutes=50)
    response = posted(workshop, "reviewer", module, **PUBLISH, **ANYWAY)
    said = text_of(response)
    assert "50 min annoncées" in said
    assert "Les heures, notamment, se gagnent" in said
    assert "décrivez-la en une phrase" not in said
    assert not PublicationException.objects.exists()
    assert not live(module)


def test_an_etape_of_more_than_fifteen_minutes_is_published_by_a_reviewer_with_a_reason_only(workshop):
    words = fault("texte", "<p>" + "mot " * 2080 + "</p>")
    module = module_with(workshop, [words], minutes=16)
    refused = posted(workshop, "reviewer", module, **PUBLISH)
    assert "16 min annoncées : une étape en dure 15 au plus" in text_of(refused).replace("\u00a0", " ")
    assert not live(module)
    assert posted(workshop, "reviewer", module, **PUBLISH, **ANYWAY).status_code == 302
    assert live(module)
    assert "une étape en dure 15 au plus" in PublicationException.objects.get().fault


def test_what_was_let_pass_once_stays_so_while_it_is_the_same_fault(workshop):
    module = module_with(workshop, content(image(workshop)))
    posted(workshop, "reviewer", module, **PUBLISH, **ANYWAY)
    module.refresh_from_db()
    assert posted(workshop, "reviewer", module, summary="Autre.", **PUBLISH).status_code == 302
    assert PublicationException.objects.count() == 1
    other = workshop.images["national medium"]
    other.title, other.file = "Autre", ContentFile(b"<svg/>", name="autre.svg")
    other.save()
    module = module_with(workshop, content(image(workshop, image=other.pk)))
    assert "autre.svg" in text_of(posted(workshop, "reviewer", module, **PUBLISH)).replace("-", ".svg")[: 10**6]


def test_a_parcours_follows_a_module_let_pass_and_is_refused_for_another_fault(workshop):
    module = module_with(workshop, content(image(workshop)))
    posted(workshop, "reviewer", module, **PUBLISH, **ANYWAY)
    parcours = workshop.pages["own parcours"]
    parcours.parcours_modules.first().delete()
    parcours = ParcoursPage.objects.get(pk=parcours.pk)
    parcours.parcours_modules.create(module=module, sort_order=0)
    parcours.minutes = 1
    parcours.save_revision().publish()
    assert Edition.objects.filter(parcours=parcours).count() == 1
    PublicationException.objects.all().delete()
    with pytest.raises(actions.PublicationRefused, match="décrivez-la en une phrase"):
        parcours.save_revision().publish()


def submitted(workshop, blocks, **values) -> ModulePage:
    """Submitted by another door than the editor, which would have refused it."""
    module = module_with(workshop, blocks, **values)
    module.get_workflow().start(module, workshop.people["author"])
    return module


def approve(workshop, module, **headers):
    state = ModulePage.objects.get(pk=module.pk).current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[module.pk, "approve", state.pk])
    client = signed_in(workshop.people["reviewer"])
    return client.post(url, {"comment": ""}, headers=headers), client


def test_an_approval_that_cannot_publish_says_why_and_changes_nothing(workshop):
    module = submitted(workshop, content(image(workshop)))
    response, client = approve(workshop, module)
    assert response.status_code == 302
    assert "décrivez-la en une phrase" in sentences(response)
    module = ModulePage.objects.get(pk=module.pk)
    assert not module.live
    assert module.current_workflow_state.status == "in_progress"
    assert "décrivez-la en une phrase" in client.get(response.url).content.decode()


def test_an_approval_in_its_window_says_so_too(workshop):
    module = submitted(workshop, content(image(workshop)))
    response, client = approve(workshop, module, **{"x-requested-with": "XMLHttpRequest"})
    edit = reverse("wagtailadmin_pages:edit", args=[module.pk])
    assert response.json() == {"step": "success", "redirect": edit}
    assert "décrivez-la en une phrase" in client.get(edit).content.decode()


def test_an_approval_from_the_editor_is_refused_in_the_editor_or_given_with_a_reason(workshop):
    module = submitted(workshop, content(image(workshop)))
    approval = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    refused = posted(workshop, "reviewer", module, **approval)
    assert "décrivez-la en une phrase" in text_of(refused)
    posted(workshop, "reviewer", module, **approval, **ANYWAY)
    assert live(module)
    assert PublicationException.objects.count() == 1


def test_changes_may_be_asked_of_what_is_unfinished(workshop):
    module = submitted(workshop, content(image(workshop)))
    rejection = {"action-workflow-action": "1", "workflow-action-name": "reject"}
    extra = {"workflow-action-extra-data": json.dumps({"comment": "Décrire l’image."})}
    assert posted(workshop, "reviewer", module, **rejection, **extra).status_code == 302
    assert ModulePage.objects.get(pk=module.pk).current_workflow_state.status == "needs_changes"


def test_an_approval_of_an_empty_field_names_it(workshop):
    module = submitted(
        workshop, content(fault("citation", {"text": "", "source": "", "author": "", "url": ""})), title=""
    )
    response, _ = approve(workshop, module)
    said = sentences(response).replace("\u00a0", " ")
    assert "étape 1, « Titre » : Champ requis" in said
    assert "citation 2, « Source » : Champ requis" in said
    assert not live(module)


def in_an_hour() -> str:
    return (timezone.localtime() + datetime.timedelta(hours=1)).strftime("%Y-%m-%d %H:%M")


def test_a_publication_set_for_a_date_is_refused_when_it_is_set(workshop):
    module = module_with(workshop, content(image(workshop)))
    response = posted(workshop, "reviewer", module, go_live_at=in_an_hour(), **PUBLISH)
    assert "décrivez-la en une phrase" in text_of(response)


def test_a_publication_that_its_date_finds_impossible_tells_its_author_and_leaves_the_draft(workshop):
    reviewer = workshop.people["reviewer"]
    module = module_with(workshop, content(image(workshop, alternative="Un triangle")))
    assert posted(workshop, "reviewer", module, go_live_at=in_an_hour(), **PUBLISH).status_code == 302
    assert not live(module)
    revision = ModulePage.objects.get(pk=module.pk).latest_revision
    revision.content["body"] = revision.content["body"].replace("Un triangle", "")
    revision.save()
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=2)):
        publish_promised("2026-11-22T14Z")
    assert not live(module)
    mail = OutgoingMail.objects.get(to=reviewer.email)
    assert "n’a pas pu être publié à la date prévue" in mail.subject
    assert "décrivez-la en une phrase" in mail.body
    assert ModulePage.objects.get(pk=module.pk).approved_schedule is False


def test_a_parcours_promised_for_a_date_has_no_edition_before_it(workshop):
    parcours = workshop.pages["own parcours"]
    parcours.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    parcours.save_revision().publish()
    assert not Edition.objects.filter(parcours=parcours).exists()
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=2)):
        call_command("publish_scheduled", stdout=(said := io.StringIO()))
    assert "1" in said.getvalue()
    assert Edition.objects.filter(parcours=parcours).count() == 1


@pytest.mark.parametrize("person", ["author", "reviewer", "admin"])
def test_exceptions_are_read_by_those_of_the_library(workshop, person):
    module = workshop.pages["own module"]
    elsewhere = workshop.pages["other's module"]
    for page, name in ((module, "Ici"), (elsewhere, "Ailleurs")):
        PublicationException.objects.create(page=page, fault=name, reason="Motif", by=workshop.people["admin"])
    shown = signed_in(workshop.people[person]).get(reverse("workshop:exceptions")).content.decode()
    assert "Ici" in shown
    assert ("Ailleurs" in shown) == (person == "admin")


def test_the_list_of_exceptions_is_filtered_exported_and_costs_the_same_for_one_or_thirty(
    workshop, django_assert_max_num_queries
):
    client, url = signed_in(workshop.people["reviewer"]), reverse("workshop:exceptions")
    for rank in range(30):
        PublicationException.objects.create(
            page=workshop.pages["own module"], fault=f"Défaut {rank}", reason="Motif", by=workshop.people["reviewer"]
        )
    client.get(url)
    with django_assert_max_num_queries(30):
        shown = client.get(url).content.decode()
    assert "Défaut 29" in shown and "Défaut 3<" not in shown
    assert "Défaut 3" in client.get(url, {"p": 2}).content.decode()
    assert "Défaut 7" in client.get(url, {"q": "Défaut 7"}).content.decode()
    exported = client.get(url, {"export": "csv"})
    assert "Défaut 12" in b"".join(exported.streaming_content if exported.streaming else [exported.content]).decode(
        "utf-8-sig"
    )


def test_a_sound_is_known_by_its_content(workshop):
    document = get_document_model().objects.create(
        title="Son",
        file=ContentFile(b"%PDF-1.7", name="message.mp3"),
        collection=workshop.libraries["armor"].collection,
    )
    block = fault("audio", {"title": "Message", "audio": document.pk, "minutes": 1, "transcript": "<p>Bonjour.</p>"})
    module = module_with(workshop, content(block))
    said = text_of(posted(workshop, "reviewer", module, **PUBLISH)).replace("\u00a0", " ")
    assert re.search(r"son « Message » : le contenu de « message\w*.mp3 » n’est pas celui d’un fichier mp3", said)


def test_a_parcours_is_refused_with_the_faults_of_its_modules(workshop):
    module = ModulePage.objects.get(pk=workshop.national.pk)
    raw = module.body.get_prep_value()
    picture = next(block for block in raw[0]["value"]["content"] if block["type"] == "image")
    picture["value"]["alternative"] = ""
    ModulePage.objects.filter(pk=module.pk).update(body=json.dumps(raw))
    client, parcours = signed_in(workshop.people["admin"]), workshop.parcours
    url = reverse("wagtailadmin_pages:edit", args=[parcours.pk])
    response = client.post(url, form_of(parcours, price="Sur devis", **PUBLISH))
    assert "décrivez-la en une phrase" in unescape(response.content.decode())
    assert client.post(url, form_of(parcours, price="Sur devis", **PUBLISH, **ANYWAY)).status_code == 302
    assert Edition.objects.filter(parcours=parcours).count() == 2
