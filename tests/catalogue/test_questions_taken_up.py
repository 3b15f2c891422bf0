"""A question written elsewhere, taken up in one's own module: found, copied, and never another organisation's."""

import json
import uuid

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text

from parcours.catalogue import actions
from parcours.catalogue.models import Competence, ListedQuestion, ModulePage
from parcours.catalogue.permissions import questions_read_by
from tests.catalogue.test_editor import etape, module_form, sentences, serie, text_of
from tests.permissions.matrix import signed_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
CHOOSE, RESULTS = "question_chooser:choose", "question_chooser:choose_results"
WORDS = ("texte", rich_text("<p>" + "mot " * 140 + "</p>"))
TRUE_FALSE = {
    "statement": "<p>On garde une copie de la carte vitale.</p>",
    "answer": "faux",
    "feedback_true": "Non.",
    "feedback_false": "Oui.",
    "explanation": "<p>Rien n’est gardé.</p>",
    "taught_in": "savoir-decider",
}


def block(kind, value) -> dict:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def asking(page, statement=None, **etape_values) -> dict:
    """The module now asks one question, as a draft; the raw question."""
    question = block("vrai_faux", TRUE_FALSE | ({"statement": f"<p>{statement}</p>"} if statement else {}))
    series = {"title": "À vous", "rule": "toutes-repondues", "threshold": None, "keep": "", "questions": [question]}
    content = [block("texte", "<p>" + "mot " * 140 + "</p>"), block("questions", series)]
    value = {"title": "Savoir décider", "slug": "", "minutes": 1, "reflection": 0, "reflection_reason": ""}
    page.body = json.dumps([block("etape", value | {"estimate": False, "content": content} | etape_values)])
    page.save_revision()
    return question


@pytest.fixture
def workshop(workshop):
    asking(workshop.pages["own module"], "Que dit Armor ?")
    asking(workshop.pages["other's module"], "Que dit Littoral ?")
    return workshop


def listed(workshop, name) -> ListedQuestion:
    """The first question of a module."""
    return ListedQuestion.objects.filter(page=workshop.pages[name]).order_by("position").first()


def found_by(person, **asked) -> str:
    response = signed_in(person).get(reverse(RESULTS), asked)
    assert response.status_code == 200
    return response.content.decode()


def test_one_finds_the_questions_of_one_s_library_and_of_the_national_modules(workshop):
    shown = found_by(workshop.people["author"])
    assert "Que dit Armor" in shown
    assert "brouillon" in shown
    assert "vous tend son téléphone" in shown
    assert "Littoral" not in shown
    window = signed_in(workshop.people["author"]).get(reverse(CHOOSE)).json()["html"]
    for label in ("Mots cherchés", "Compétence", "Sorte de question", "Bibliothèque", "Reprendre une question"):
        assert label in window


def test_a_national_question_is_found_once_it_is_published_only(workshop):
    asking(workshop.national, "Que dit le brouillon national ?")
    assert "brouillon national" not in found_by(workshop.people["author"])
    workshop.national.get_latest_revision().publish()
    shown = found_by(workshop.people["author"])
    assert "brouillon national" in shown
    assert "vous tend son téléphone" not in shown, "it is no longer in the module"
    workshop.national.unpublish()
    assert "brouillon national" not in found_by(workshop.people["author"])


def test_a_draft_of_another_organisation_is_neither_found_nor_opened_once_published(workshop):
    page = workshop.pages["other's module"]
    page.get_latest_revision().publish()
    assert not listed(workshop, "other's module").is_draft
    assert "Littoral" not in found_by(workshop.people["author"], q="littoral")
    assert "Que dit Littoral" in found_by(workshop.people["other"])


@pytest.mark.parametrize(
    ("asked", "armor", "national"),
    [
        ({"q": "ARMOR dit"}, True, False),
        ({"q": "telephones"}, False, True),
        ({"q": "introuvable"}, False, False),
        ({"competence": "accueil"}, True, False),
        ({"competence": "mandat"}, False, True),
        ({"kind": "vrai_faux"}, True, False),
        ({"kind": "choix_unique"}, False, True),
        ({"place": "miennes"}, True, False),
        ({"place": "nationales"}, False, True),
    ],
)
def test_the_list_is_narrowed_by_words_competence_kind_and_library(workshop, asked, armor, national):
    for code in ("mandat", "accueil"):
        Competence.objects.create(code=code, label=code, domain="Agir")
    asking(workshop.pages["own module"], "Que dit Armor ?", competences=["accueil"])
    shown = found_by(workshop.people["author"], **asked)
    assert ("Que dit Armor" in shown, "vous tend son téléphone" in shown) == (armor, national)


def test_the_window_costs_the_same_for_one_question_or_thirty(workshop, django_assert_max_num_queries):
    client = signed_in(workshop.people["author"])
    client.get(reverse(RESULTS))
    for number in range(10):
        asking(workshop.module("armor", f"Module {number}"), f"Question {number} ?")
    with django_assert_max_num_queries(30):
        client.get(reverse(RESULTS))


@pytest.mark.parametrize("actor", ["author", "reviewer", "manager", "other", "learner", "pilot"])
@pytest.mark.parametrize("name", ["own module", "other's module", "national module"])
def test_by_its_address_a_question_is_chosen_by_those_who_may_read_it_and_by_nobody_else(workshop, actor, name):
    question = listed(workshop, name)
    client = signed_in(workshop.people[actor])
    writes = actor not in ("learner", "pilot")
    may = writes and (name.startswith("national") or name.startswith("other") == (actor == "other"))
    one = client.get(reverse("question_chooser:chosen", args=[question.pk]))
    assert (one.status_code == 200) == may
    several = client.get(reverse("question_chooser:chosen_multiple"), {"id": question.pk})
    assert (several.status_code == 200 and bool(several.json()["result"])) == may


# --- Taken up ---------------------------------------------------------------------------------------------------------


def sent(workshop, chosen, *, person="author", block_id="", **changes):
    page = workshop.pages["own module"]
    series = serie(("reprise", chosen), title="Révision")
    form = module_form(etape(content=[WORDS, series]), slug=page.slug, **changes)
    form["body-0-value-content-1-value-questions-0-id"] = block_id
    return signed_in(workshop.people[person]).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)


def draft(workshop) -> ModulePage:
    return ModulePage.objects.get(pk=workshop.pages["own module"].pk).get_latest_revision_as_object()


def taken(workshop) -> list[dict]:
    return draft(workshop).body.get_prep_value()[0]["value"]["content"][1]["value"]["questions"]


def test_a_question_that_is_taken_up_becomes_a_question_of_the_module(workshop):
    source = listed(workshop, "national module")
    block_id = str(uuid.uuid4())
    response = sent(workshop, source.pk, block_id=block_id)
    assert response.status_code == 302, sentences(response)
    [copy] = taken(workshop)
    assert (copy["type"], copy["id"]) == (source.kind, block_id)
    assert copy["value"]["statement"] == source.value["statement"]
    ids = [{one["id"] for one in value["options"]} for value in (copy["value"], source.value)]
    assert len(ids[0]) == len(ids[1])
    assert not ids[0] & ids[1], "what one answers there is answered nowhere else"
    assert copy["value"]["taught_in"] == f"{workshop.national.address}/mandat-necessaire"
    assert "Module « Le mandat » (Bibliothèque nationale)" in copy["value"]["taken_from"]
    assert ListedQuestion.objects.get(page=workshop.pages["own module"]).block_id == block_id


def test_a_window_left_open_saves_the_same_copy_again_and_spoils_nothing(workshop):
    source, block_id = listed(workshop, "national module"), str(uuid.uuid4())
    sent(workshop, source.pk, block_id=block_id)
    once = taken(workshop)
    asking(workshop.national, "Une autre question ?")
    workshop.national.get_latest_revision().publish()
    assert sent(workshop, source.pk, block_id=block_id).status_code == 302
    assert taken(workshop) == once, "its origin is gone, the copy stays"


def test_a_question_taken_up_in_its_own_module_is_another_question(workshop):
    source = listed(workshop, "own module")
    sent(workshop, source.pk)
    [copy] = taken(workshop)
    assert copy["id"] != source.block_id
    assert copy["value"]["taught_in"] == "savoir-decider"


def test_a_form_sent_by_hand_takes_nothing_from_another_library(workshop):
    source = listed(workshop, "other's module")
    response = sent(workshop, source.pk)
    assert (response.status_code, response["Location"]) == (302, reverse("wagtailadmin_home"))
    assert "Littoral" not in json.dumps(draft(workshop).body.get_prep_value())
    assert not questions_read_by(workshop.people["author"]).filter(pk=source.pk).exists()


def test_what_was_not_chosen_is_left_out_of_a_draft_and_forbids_publication(workshop):
    assert sent(workshop, "").status_code == 302
    assert taken(workshop) == []
    refused = sent(workshop, "", person="reviewer", **{"action-publish": "1"})
    assert "Le nombre minimum d'éléments est 1" in text_of(refused)


def test_the_preview_shows_it_at_once(workshop):
    page = workshop.pages["own module"]
    series = serie(("reprise", listed(workshop, "national module").pk))
    form = module_form(etape(content=[WORDS, series]), slug=page.slug)
    client = signed_in(workshop.people["author"])
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.post(url, form).json()["is_valid"]
    assert "vous tend son téléphone" in client.get(url).content.decode()


def test_a_module_that_takes_a_question_up_is_published_and_followed(workshop):
    response = sent(workshop, listed(workshop, "national module").pk, person="reviewer", **{"action-publish": "1"})
    assert response.status_code == 302, sentences(response)
    page = ModulePage.objects.get(pk=workshop.pages["own module"].pk)
    assert page.live
    assert not listed(workshop, "own module").is_draft


def test_a_row_keeps_its_key_while_its_question_stays(workshop):
    page = workshop.pages["own module"]
    before = listed(workshop, "own module").pk
    page.get_latest_revision().publish()
    actions.list_questions_again()
    assert listed(workshop, "own module").pk == before
    page.delete()
    assert not ListedQuestion.objects.filter(pk=before).exists()


def test_an_editor_shows_where_a_question_comes_from(workshop):
    sent(workshop, listed(workshop, "national module").pk)
    page = workshop.pages["own module"]
    html = text_of(signed_in(workshop.people["author"]).get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
    assert "Module « Le mandat » (Bibliothèque nationale)" in html
