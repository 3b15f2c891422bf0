import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcours.assessment.engine.choices import expected_count, right_options
from parcours.assessment.engine.kinds import CHOICES
from parcours.assessment.engine.marking import (
    mark,
    percent,
    reaches,
    refusal,
    without_answers,
)
from tests.assessment.factories import question


@pytest.mark.parametrize("kind", CHOICES)
def test_the_right_options_and_they_alone_are_right(kind):
    asked = question(kind)
    result = mark(asked, right_options(asked))
    assert (result.correct, result.score) == (True, 1)
    assert result.explanation == asked["explanation"]


def test_a_multiple_choice_wants_every_right_option_and_no_other():
    asked = question("choix-multiple")
    first, wrong, second, _other = [option["id"] for option in asked["options"]]
    assert mark(asked, [first, second]).correct
    assert not mark(asked, [first]).correct
    assert not mark(asked, [first, second, wrong]).correct


def test_each_option_gets_its_feedback_and_says_whether_it_was_chosen():
    asked = question()
    chosen = asked["options"][1]["id"]
    feedback = mark(asked, [chosen]).feedback
    assert [line["chosen"] for line in feedback] == [False, True, False]
    assert [line["correct"] for line in feedback] == [True, False, False]
    assert feedback[1]["text"] == "Retour 2"


@pytest.mark.parametrize(
    ("given_options", "sentence"),
    [
        ([], "Choisissez une réponse avant de l’envoyer."),
        (["inconnue"], "Cette réponse n’appartient pas à la question. Rechargez la page, puis répondez de nouveau."),
    ],
)
def test_what_is_no_answer_is_refused_with_a_sentence(given_options, sentence):
    assert refusal(question(), given_options) == sentence
    with pytest.raises(ValueError, match=sentence[:20]):
        mark(question(), given_options)


@pytest.mark.parametrize("kind", ["choix-unique", "vrai-faux"])
def test_a_single_choice_takes_one_option(kind):
    asked = question(kind)
    assert refusal(asked, [option["id"] for option in asked["options"][:2]]) == "Choisissez une seule réponse."


@pytest.mark.parametrize("kind", CHOICES)
def test_a_question_shown_before_the_answer_betrays_nothing(kind):
    shown = without_answers(question(kind))
    assert shown["expected"] == expected_count(question(kind))
    assert all(set(option) == {"id", "text"} for option in shown["options"])
    assert "explanation" not in shown


@settings(deadline=None)
@given(st.sampled_from(CHOICES), st.data())
def test_an_answer_marks_the_same_whatever_its_order_or_repeats(kind, data):
    asked = question(kind)
    ids = [option["id"] for option in asked["options"]]
    chosen = data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=1 if kind != "choix-multiple" else 4))
    assert mark(asked, chosen) == mark(asked, [*reversed(chosen), chosen[0]])


@settings(deadline=None)
@given(st.integers(0, 200), st.integers(1, 200), st.integers(1, 100))
def test_the_score_shown_agrees_with_the_threshold_that_decides(right, total, threshold):
    right = min(right, total)
    assert (percent(right, total) >= threshold) == reaches(right, total, threshold)


def test_an_empty_series_reaches_no_threshold():
    assert percent(0, 0) == 0
    assert not reaches(0, 0, 1)
