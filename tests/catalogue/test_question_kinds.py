"""From the file to the edition: questions that are typed, matched and put in order."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from parcours.assessment.engine.marking import mark, right_answer, without_answers, wrong_answers
from parcours.catalogue.models import Edition, ModulePage
from tests.accounts.factories import PersonFactory
from tests.catalogue.engine.test_questions import CLOZE, PAIRS, SHORT, STEPS
from tests.catalogue.engine.texts import QUESTIONS
from tests.catalogue.situations import loaded
from tests.catalogue.test_load_catalogue import write
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
EVERY = QUESTIONS + "".join(text.partition("questions:\n")[2] for text in (SHORT, CLOZE, PAIRS, STEPS))
KINDS = ["choix-unique", "vrai-faux", "choix-multiple", "reponse-courte", "texte-a-trous", "appariement", "ordre"]


@pytest.fixture
def questions():
    loaded(questions=EVERY)
    return Edition.objects.get().activities.get().questions


def test_every_kind_is_frozen_and_marked_as_it_was_written(questions):
    assert [question["type"] for question in questions] == KINDS
    for question in questions:
        assert mark(question, right_answer(question)).correct
        assert not any(mark(question, wrong).correct for wrong in wrong_answers(question))


def test_no_id_tells_which_goes_with_which(questions):
    pairs = without_answers(questions[5])
    ids = [one["id"] for one in pairs["lefts"] + pairs["rights"]]
    assert len(set(ids)) == len(ids) == 7


# The thumbnails of the CMS leave their temporary files to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_preview_shows_each_kind_and_betrays_no_answer():
    loaded(questions=EVERY)
    trainer = signed_in(PersonFactory(staff=True))
    shown = trainer.get(reverse("wagtailadmin_pages:view_draft", args=[ModulePage.objects.get().pk])).content.decode()
    for text in ("Votre réponse", "Dernier jour", "À relier", "À remettre dans l’ordre", "Vérifier l’identité"):
        assert text in shown
    for text in ("mandant", "31/12/2024", "Relisez."):
        assert text not in shown
    shown_rights = re.findall(r"<li>(I|II|III|IV)</li>", shown)
    assert sorted(shown_rights) == ["I", "II", "III", "IV"]
    assert [one for one in shown_rights if one != "IV"] != ["I", "II", "III"]


def test_a_pitfall_edited_in_the_cms_is_a_difference(tmp_path):
    write(tmp_path, questions=EVERY)
    call_command("load_catalogue", folder=tmp_path, stdout=StringIO())
    module = ModulePage.objects.get()
    serie = next(block for block in module.body[0].value["content"] if block.block_type == "questions")
    serie.value["questions"][3].value["pitfalls"][0]["feedback"] = "Autre retour."
    module.save_revision()
    said = StringIO()
    call_command("load_catalogue", folder=tmp_path, stdout=said)
    assert "+    retour: Autre retour." in said.getvalue()
    assert "-    retour: C’est la personne." in said.getvalue()
