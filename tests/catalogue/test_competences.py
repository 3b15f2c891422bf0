"""What a module, an étape or a half-day says it works on: chosen in a list, frozen, never a code that nobody knows."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from parcours.catalogue import actions
from parcours.catalogue.blocks import SequencesBlock
from parcours.catalogue.engine.catalogue import parse_catalogue
from parcours.catalogue.models import Competence, Edition, ModulePage
from tests.catalogue.engine.texts import MODULE, files
from tests.catalogue.situations import fields_of
from tests.catalogue.test_editor import etape, module_form, sentences, text_of
from tests.catalogue.workshop import body
from tests.permissions.matrix import signed_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
NAMES = "Agir:\n  mandat: Préparer un mandat\n  cadre-juridique: Distinguer\n  accueil: Accueillir\n".encode()
ONE_ETAPE = MODULE.replace("reflexion_pour:", "competences: [accueil]\nreflexion_pour:", 1)
PUBLISH = {"action-publish": "1"}
SEQUENCES = SequencesBlock()


@pytest.fixture
def workshop(workshop):
    for code, label in (("mandat", "Préparer un mandat"), ("accueil", "Accueillir")):
        Competence.objects.create(code=code, label=label, domain="Agir")
    return workshop


def sent(workshop, person="author", *, ticked=(), in_etape=(), **changes):
    """`ticked`: the boxes of the module, then those of its étape."""
    page = workshop.pages["own module"]
    form = module_form(etape(), slug=page.slug, **changes)
    form |= {"competences": list(ticked), "body-0-value-competences": list(in_etape)}
    return signed_in(workshop.people[person]).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)


def draft(workshop) -> ModulePage:
    return ModulePage.objects.get(pk=workshop.pages["own module"].pk).get_latest_revision_as_object()


def test_a_module_and_its_etapes_choose_in_the_list(workshop):
    shown = signed_in(workshop.people["author"]).get(
        reverse("wagtailadmin_pages:edit", args=[workshop.pages["own module"].pk])
    )
    assert "Préparer un mandat" in shown.content.decode()
    form = sent(workshop, in_etape=["accueil"], ticked=["mandat", "accueil"])
    assert form.status_code == 302, sentences(form)
    assert draft(workshop).competences == "mandat\naccueil"
    assert draft(workshop).body[0].value["competences"] == ["accueil"]


def test_a_code_sent_by_hand_that_nobody_knows_is_refused_in_a_sentence(workshop):
    refused = sent(workshop, ticked=["mandat", "inventee"])
    assert "La compétence « inventee » n’existe pas dans la liste" in text_of(refused)
    refused = sent(workshop, in_etape=["inventee"])
    assert "La compétence « inventee » n’existe pas dans la liste" in text_of(refused)
    assert draft(workshop).competences == ""


def test_a_code_that_left_the_list_is_shown_to_be_unticked_and_forbids_publication(workshop):
    page = workshop.pages["own module"]
    page.competences = "mandat\nancienne"
    page.save_revision()
    shown = signed_in(workshop.people["reviewer"]).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert "Inconnues, à décocher" in shown.content.decode()
    assert any("ancienne" in sentence for sentence in actions.rehearse(page.get_latest_revision_as_object()))
    assert sent(workshop, "reviewer", ticked=["mandat"], **PUBLISH).status_code == 302
    assert ModulePage.objects.get(pk=page.pk).live


def test_a_half_day_names_no_unknown_competence(workshop):
    block = workshop.pages["own module"].body.stream_block.child_blocks["etape"].child_blocks["competences"]
    assert [code for _, group in block.field.choices for code, _ in group] == ["accueil", "mandat"]
    sequence = SEQUENCES.child_blocks["sequence"].child_blocks["competence"]
    with pytest.raises(ValidationError, match="inventee"):
        sequence.clean("inventee")
    assert (sequence.clean("mandat"), sequence.clean("")) == ("mandat", "")


def test_reading_a_page_asks_nothing_of_the_list(workshop, django_assert_num_queries):
    page = workshop.pages["own module"]
    page.body = body(competences=["mandat", "accueil"])
    with django_assert_num_queries(0):
        assert page.body[0].value["competences"] == ["mandat", "accueil"]


def test_an_edition_freezes_the_competences_of_the_etape_or_else_those_of_the_module(catalogue):
    parcours, module = catalogue
    assert Edition.objects.get().activities.get().competences == ["mandat", "cadre-juridique"]
    content = json.loads(json.dumps(module.body.get_prep_value()))
    content[0]["value"]["competences"] = ["accueil"]
    module.body = json.dumps(content)
    module.save_revision().publish()
    edition = actions.freeze(parcours)
    assert edition.activities.get().competences == ["accueil"]
    assert (edition.number, edition.is_minor) == (2, True)
    assert edition.note == "Change : étape « Savoir quand un mandat est nécessaire »."


def test_a_file_names_the_competences_of_an_etape_and_is_loaded_once():
    texts = files() | {"modules/mandat.md": ONE_ETAPE.encode()}
    actions.load_catalogue(texts | {"competences.yaml": NAMES})
    assert ModulePage.objects.get().body[0].value["competences"] == ["accueil"]
    assert Edition.objects.get().activities.get().competences == ["accueil"]
    assert actions.load_catalogue(texts | {"competences.yaml": NAMES}).is_idle


def test_a_file_whose_etape_names_an_unknown_competence_is_refused_at_its_line():
    texts = files() | {"modules/mandat.md": ONE_ETAPE.replace("[accueil]", "[inventee]").encode()}
    [fault] = parse_catalogue(texts | {"competences.yaml": NAMES}).faults
    assert fault.sentence.startswith("la compétence « inventee » n’est pas dans competences.yaml")
    assert fault.line == ONE_ETAPE.splitlines().index("::: etape") + 1


def test_the_editor_sends_back_what_it_was_given(workshop):
    page = workshop.pages["own module"]
    page.body = body(competences=["mandat"])
    page.save_revision()
    assert "mandat" in fields_of(page.body.stream_block, page.body, "body").values()
