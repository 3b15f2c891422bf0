"""The command as an operator runs it, on small folders and on the national catalogue."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.images import get_image_model
from wagtail.models import Page

from lms.site.models import EditorialPage, HomePage
from parcours.catalogue.blocks import TEXT_FEATURES
from parcours.catalogue.models import Edition, LoadedPage, ModulePage, ParcoursPage
from tests.catalogue.engine.texts import MODULE, PARCOURS, QUESTIONS, SVG, files

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    write(tmp_path)
    return tmp_path


def write(folder, **changes):
    for name, raw in files(**changes).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)


def load(folder, **options) -> str:
    out = StringIO()
    call_command("load_catalogue", folder=folder, stdout=out, **options)
    return out.getvalue()


def everything() -> list:
    return [
        list(model.objects.order_by("pk").values())
        for model in (Page, ModulePage, ParcoursPage, Edition, LoadedPage, get_image_model())
    ]


def test_a_first_load_makes_the_pages_and_publishes_the_edition(folder):
    said = load(folder)
    assert "modules/mandat.md : page créée" in said
    module = ModulePage.objects.get(reference="mandat")
    assert module.live
    assert module.get_parent().get_parent().slug == "catalogue"
    assert module.get_parent().get_parent().get_parent().specific == HomePage.objects.get()
    edition = Edition.objects.get()
    assert (edition.number, edition.title, edition.minutes) == (1, "Un essai", 5)
    assert EditorialPage.objects.get(slug="aide-essai").live
    assert get_image_model().objects.get().title == "Schema"


def test_a_second_run_does_nothing_and_says_so(folder, catalogue):
    before = everything()
    assert "Rien à faire" in load(folder)
    assert everything() == before


def test_a_trial_run_says_what_it_would_do_and_writes_nothing(folder):
    before = everything()
    said = load(folder, dry_run=True)
    assert "modules/mandat.md : page à créer" in said
    assert everything() == before


def test_a_malformed_folder_is_refused_whole_with_every_fault(folder):
    write(folder, module=MODULE.replace("minutes: 5", "minutes: cinq"), questions=QUESTIONS.replace("vrai\n", "?\n"))
    before, errors = everything(), StringIO()
    with pytest.raises(CommandError, match="rien n’a été écrit"):
        load(folder, stderr=errors)
    lines = errors.getvalue().splitlines()
    assert any(line.startswith("modules/mandat.md:19 : ") for line in lines)
    assert any(line.startswith("questions/mandat.yaml:") for line in lines)
    assert everything() == before


def test_a_folder_that_does_not_exist_is_said(tmp_path):
    with pytest.raises(CommandError, match="n’existe pas"):
        load(tmp_path / "absent")


def test_a_changed_file_updates_its_page_and_makes_the_next_edition(folder, catalogue):
    write(folder, module=MODULE.replace("un autre", "un dernier"))
    said = load(folder)
    assert "modules/mandat.md : page mise à jour" in said
    assert "Un essai, édition 2" in said
    first, second = Edition.objects.order_by("number")
    assert "un autre" in first.activities.get().nodes[0]["html"]
    assert "un dernier" in second.activities.get().nodes[0]["html"]
    assert [one.activity_id for one in first.activities.all()] == [one.activity_id for one in second.activities.all()]


def edit_in_the_cms(module, **changes):
    for name, value in changes.items():
        setattr(module, name, value)
    return module.save_revision()


@pytest.mark.parametrize("published", [True, False])
def test_a_page_edited_in_the_cms_is_left_and_the_difference_shown(folder, published, catalogue):
    module = ModulePage.objects.get()
    revision = edit_in_the_cms(module, summary="Un autre résumé.")
    if published:
        revision.publish()
    write(folder, module=MODULE.replace("un autre", "un dernier"))
    said = load(folder)
    assert "modules/mandat.md : page modifiée dans le CMS, laissée telle quelle" in said
    assert "+resume: Un autre résumé." in said
    assert "-  - un dernier" not in said
    assert "-- un dernier" in said
    assert ModulePage.objects.get().get_latest_revision_as_object().summary == "Un autre résumé."


def test_a_question_edited_in_the_cms_is_a_difference_too(folder, catalogue):
    module = ModulePage.objects.get()
    serie = next(block for block in module.body[0].value["content"] if block.block_type == "questions")
    serie.value["questions"][0].value["options"][0]["feedback"] = "Bravo."
    edit_in_the_cms(module)
    assert "+    retour: Bravo." in load(folder)


def resaved(value):
    """Content as the editor of the CMS sends it back, nothing having been touched."""
    converter = ContentstateConverter(TEXT_FEATURES)
    if isinstance(value, str) and value.startswith("<"):
        return converter.to_database_format(converter.from_database_format(value))
    if isinstance(value, dict):
        return {key: resaved(item) for key, item in value.items()}
    return [resaved(item) for item in value] if isinstance(value, list) else value


def test_a_page_saved_in_the_cms_without_a_change_still_follows_its_file(folder, catalogue):
    module = ModulePage.objects.get()
    before = module.body.get_prep_value()
    after = resaved(before)
    assert after != before
    edit_in_the_cms(module, body=json.dumps(after)).publish()
    write(folder, module=MODULE.replace("un autre", "un dernier"))
    assert "modules/mandat.md : page mise à jour" in load(folder)


def test_a_file_to_verify_stays_in_draft_and_holds_its_parcours_back(folder):
    write(folder, module=MODULE.replace("un autre", "un autre [à vérifier]"))
    said = load(folder)
    assert "parcours/essai.md : reste en brouillon, à cause de mandat" in said
    assert not ModulePage.objects.get().live
    assert not ParcoursPage.objects.get().live
    assert not Edition.objects.exists()
    write(folder)
    load(folder)
    assert ModulePage.objects.get().live
    assert ParcoursPage.objects.get().live
    assert Edition.objects.count() == 1


def test_a_published_page_that_becomes_to_verify_keeps_its_published_version(folder, catalogue):
    write(folder, module=MODULE.replace("un autre", "un autre [à vérifier]"))
    load(folder)
    module = ModulePage.objects.get()
    assert module.live
    assert module.has_unpublished_changes
    assert Edition.objects.count() == 1


def test_a_page_unpublished_in_the_cms_is_not_published_again(folder, catalogue):
    EditorialPage.objects.get(slug="aide-essai").unpublish()
    load(folder)
    assert not EditorialPage.objects.get(slug="aide-essai").live


def test_a_file_that_disappears_is_only_said(folder, catalogue):
    (folder / "pages/aide.md").unlink()
    assert "pages/aide.md : ce fichier n’existe plus ; sa page reste dans le CMS" in load(folder)
    assert EditorialPage.objects.filter(slug="aide-essai").exists()


def test_an_address_taken_by_another_page_is_refused(folder):
    HomePage.objects.get().add_child(instance=EditorialPage(title="Aide d’ici", slug="aide-essai"))
    errors = StringIO()
    with pytest.raises(CommandError):
        load(folder, stderr=errors)
    assert "pages/aide.md:1 : l’adresse « aide-essai » est déjà celle d’une autre page" in errors.getvalue()


def test_a_changed_drawing_is_replaced_and_the_old_edition_keeps_its_own(folder, client, catalogue):
    first = Edition.objects.get()
    write(folder, svg=SVG.replace("M0 0h9", "M0 0h7"))
    said = load(folder)
    assert "media/schema.svg : remplacé" in said
    assert get_image_model().objects.count() == 1
    (medium,) = first.media.all()
    assert b"M0 0h9" in b"".join(client.get(medium.get_absolute_url()).streaming_content)


def test_a_drawing_replaced_in_the_cms_is_left(folder, catalogue):
    image = get_image_model().objects.get()
    image.file_hash = "0" * 40
    image.save()
    write(folder, svg=SVG.replace("M0 0h9", "M0 0h7"))
    assert "media/schema.svg : fichier remplacé dans le CMS" in load(folder)


def test_the_order_of_modules_follows_the_file(folder, catalogue):
    other = MODULE.replace("id: mandat\n", "id: autre\n").replace("slug: le-mandat", "slug: autre")
    other = other.replace("id: mandat-necessaire", "id: autre-etape")
    (folder / "modules/autre.md").write_text(other)
    (folder / "questions/autre.yaml").write_text(
        QUESTIONS.replace("mandat-necessaire", "autre-etape").replace("mandat/", "autre/")
    )
    write(folder, parcours=PARCOURS.replace("[mandat]", "[autre, mandat]").replace("minutes: 5", "minutes: 10"))
    load(folder)
    edition = Edition.objects.order_by("number").last()
    assert [activity.slug for activity in edition.activities.all()] == ["autre-etape", "mandat-necessaire"]


def test_the_national_catalogue_loads_once_and_only_once():
    said = StringIO()
    call_command("load_catalogue", stdout=said)
    assert "édition 1 : publiée, 17 étapes, 210 min" in said.getvalue()
    again = StringIO()
    call_command("load_catalogue", stdout=again)
    assert "Rien à faire" in again.getvalue()
    edition = Edition.objects.get(slug="aidants-connect-en-ligne")
    assert edition.is_habilitation
    assert sum(activity.minutes for activity in edition.activities.all()) == 210
    assert sum(len(activity.questions) for activity in edition.activities.all()) == 65
