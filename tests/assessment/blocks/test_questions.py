"""The four questions that are not choices, as a trainer writes them in the CMS."""

import pytest
from wagtail.blocks.struct_block import StructBlockValidationError

from parcours.assessment.blocks.listed import AppariementBlock, OrdreBlock
from parcours.assessment.blocks.series import QuestionsBlock, SerieDeQuestionsBlock
from parcours.assessment.blocks.typed import ReponseCourteBlock, TexteATrousBlock
from parcours.assessment.engine.marking import mark, right_answer, without_answers

COMMON = {"statement": "<p>Que faites-vous ?</p>", "explanation": "<p>Parce que.</p>", "taught_in": ""}
TOLD = {"feedback_right": "Oui.", "feedback_wrong": "Relisez."}
MARKED = {
    "format": "texte",
    "accepted": ["mandat"],
    "pitfalls": [],
    "tolerance": "",
    "accents": "facultatifs",
    "tried_accepted": [],
    "tried_refused": [],
}
PAIRS = [{"left": one, "right": f"Avec {one}", "feedback": "Oui."} for one in ("A", "B", "C")]
BLANK = MARKED | {"name": "lieu", "label": "Où"}


def short(**values):
    return ReponseCourteBlock(), COMMON | TOLD | MARKED | values


def cloze(**values):
    return TexteATrousBlock(), COMMON | TOLD | {"text": "On le range {{lieu}}.", "blanks": [BLANK]} | values


def pairs(**values):
    return AppariementBlock(), COMMON | {"pairs": PAIRS, "intruders": ["Rien"]} | values


def steps(**values):
    return OrdreBlock(), COMMON | TOLD | {"items": ["Un", "Deux", "Trois"]} | values


def cleaned(block, raw):
    return block.clean(block.normalize(raw))


def typed(block, raw):
    value = block.normalize(raw)
    return block.typed(value, "bloc", id_of=lambda one: f"id-{one}", rich=str)


def sentences(error) -> str:
    """All that a refusal says, however deep."""
    found = [str(one) for one in error.messages] if not getattr(error, "block_errors", None) else []
    for nested in (getattr(error, "block_errors", None) or {}).values():
        found.append(sentences(nested))
    if getattr(error, "non_block_errors", None):
        found += [str(one) for one in error.non_block_errors]
    return " ".join(found).replace("\u00a0", " ")


@pytest.mark.parametrize("made", [short, cloze, pairs, steps])
def test_a_question_well_written_is_taken_and_marks_its_own_answer_right(made):
    block, raw = made()
    cleaned(block, raw)
    question = typed(block, raw)
    assert question["type"] == block.kind
    assert mark(question, right_answer(question)).correct
    assert "feedback" not in str(without_answers(question))


@pytest.mark.parametrize(
    ("made", "values", "sentence"),
    [
        (short, {"accepted": []}, "1"),
        (short, {"format": "nombre"}, "« mandat » ne se lit pas comme un nombre."),
        (short, {"tolerance": "3"}, "La tolérance est pour un nombre."),
        (short, {"format": "nombre", "accepted": ["3"], "tolerance": "x"}, "La tolérance est un nombre"),
        (short, {"pitfalls": [{"text": "Mandat", "feedback": "Non."}]}, "à la fois acceptée et dans les pièges"),
        (short, {"tried_accepted": ["facture"]}, "« facture » est refusée à la correction : c’est une autre réponse."),
        (short, {"tried_refused": ["mandta"]}, "« mandta » est acceptée à la correction"),
        (cloze, {"text": "Sans trou."}, "Le texte n’a pas de trou"),
        (cloze, {"text": "{{lieu}} et {{jour}}"}, "Le trou « jour » n’est pas décrit."),
        (cloze, {"text": "{{lieu}} ou {{lieu}}"}, "est écrit deux fois dans le texte"),
        (cloze, {"blanks": [BLANK, BLANK | {"name": "autre"}]}, "Le trou « autre » n’est pas dans le texte"),
        (cloze, {"blanks": [BLANK | {"name": "Où ?"}]}, "en minuscules sans accent"),
        (cloze, {"blanks": [BLANK | {"tried_accepted": ["facture"]}]}, "« facture » est refusée à la correction"),
        (pairs, {"pairs": PAIRS[:2]}, "3"),
        (pairs, {"pairs": [*PAIRS, PAIRS[0]]}, "Deux éléments de gauche ont le même texte."),
        (pairs, {"intruders": ["avec a"]}, "Deux propositions de droite ont le même texte"),
        (pairs, {"intruders": ["x", "y", "z"]}, "2"),
        (steps, {"items": ["Un", "Deux"]}, "3"),
        (steps, {"items": ["Un", "Deux", "un "]}, "Deux éléments ont le même texte."),
    ],
)
def test_what_would_mark_wrongly_is_refused_where_it_is_written(made, values, sentence):
    block, raw = made(**values)
    with pytest.raises(StructBlockValidationError) as refused:
        cleaned(block, raw)
    assert sentence in sentences(refused.value)


def test_blanks_are_frozen_in_the_order_of_the_text():
    blanks = [BLANK | {"name": name, "label": name.title()} for name in ("un", "deux")]
    block, raw = cloze(text="D’abord {{deux}}, puis {{un}}.", blanks=blanks)
    question = typed(block, raw)
    assert [blank["label"] for blank in question["blanks"]] == ["Deux", "Un"]
    assert question["segments"] == ["D’abord ", ", puis ", "."]


def test_tries_are_not_frozen():
    question = typed(*short(tried_accepted=["Mandat"], tried_refused=["facture"]))
    assert "facture" not in str(question)


def test_an_unfinished_question_is_previewed_all_the_same():
    block = SerieDeQuestionsBlock()
    questions = [
        ("texte_a_trous", cloze(text="{{ailleurs}}", blanks=[])[1]),
        ("appariement", pairs(pairs=[], intruders=[])[1]),
        ("ordre", steps(items=["Un"])[1]),
        ("reponse_courte", short(accepted=[])[1]),
    ]
    raw = {"title": "Essai", "questions": [{"type": kind, "value": value} for kind, value in questions]}
    context = block.get_context(block.to_python(raw))
    assert [one["type"] for one in context["questions"]] == ["texte-a-trous", "appariement", "ordre", "reponse-courte"]


def test_trainers_find_the_seven_kinds():
    assert list(QuestionsBlock().child_blocks) == [
        "choix_unique",
        "choix_multiple",
        "vrai_faux",
        "reponse_courte",
        "texte_a_trous",
        "appariement",
        "ordre",
    ]
