import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcours.assessment.engine.choices import expected_count
from parcours.assessment.engine.kinds import CHOICES, CLOZE, KINDS, MATCHING, ORDERING, SHORT, Reason
from parcours.assessment.engine.marking import (
    mark,
    percent,
    reaches,
    readable,
    refusal,
    right_answer,
    settled,
    without_answers,
    wrong_answers,
)
from tests.assessment.factories import EVERY_KIND, blank, question

FOREIGN = "Cette réponse n’appartient pas à la question. Rechargez la page, puis répondez de nouveau."


def test_every_kind_has_its_factory():
    assert set(EVERY_KIND) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_right_answer_is_right_and_the_wrong_ones_wrong(kind):
    asked = question(kind)
    result = mark(asked, right_answer(asked))
    assert (result.correct, result.score, set(result.reasons)) == (True, 1, {Reason.EXACT})
    assert result.explanation == asked["explanation"]
    for wrong in wrong_answers(asked):
        assert (mark(asked, wrong).correct, mark(asked, wrong).score) == (False, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_shown_before_the_answer_betrays_nothing(kind):
    asked = question(kind)
    shown = without_answers(asked)
    assert not {"explanation", "feedback_right", "feedback_wrong"} & set(shown)
    told = str(shown)
    for key in ("correct", "accepted", "pitfalls", "feedback", "'right'"):
        assert key not in told


@pytest.mark.parametrize("kind", CHOICES)
def test_a_choice_announces_how_many_answers_are_right(kind):
    asked = question(kind)
    assert without_answers(asked)["expected"] == expected_count(asked)


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_kept_is_marked_as_it_was_sent(kind):
    asked = question(kind)
    for answer in (right_answer(asked), *wrong_answers(asked)):
        kept = settled(asked, answer)
        assert kept == settled(asked, kept)
        assert mark(asked, kept) == mark(asked, answer)
        assert all(isinstance(one, str) for one in [*kept, *readable(asked, kept)])


# --- Choices ----------------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("kind", ["choix-unique", "vrai-faux"])
def test_a_single_choice_takes_one_option(kind):
    asked = question(kind)
    assert refusal(asked, [option["id"] for option in asked["options"][:2]]) == "Choisissez une seule réponse."


@settings(deadline=None)
@given(st.sampled_from(CHOICES), st.data())
def test_a_choice_marks_the_same_whatever_its_order_or_repeats(kind, data):
    asked = question(kind)
    ids = [option["id"] for option in asked["options"]]
    chosen = data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=1 if kind != "choix-multiple" else 4))
    assert mark(asked, chosen) == mark(asked, [*reversed(chosen), chosen[0]])


# --- What is no answer ------------------------------------------------------------------------------------------------


def matched(asked, *rights):
    return [f"{left['id']}:{asked['rights'][right]['id']}" for left, right in zip(asked["lefts"], rights, strict=False)]


def ranked(asked, *ranks):
    return [f"{item['id']}:{rank}" for item, rank in zip(asked["items"], ranks, strict=False)]


NO_ANSWERS = [
    ("choix-unique", lambda asked: [], "Choisissez une réponse avant de l’envoyer."),
    ("choix-unique", lambda asked: ["inconnue"], FOREIGN),
    (SHORT, lambda asked: [], "Écrivez votre réponse avant de l’envoyer."),
    (SHORT, lambda asked: ["  "], "Écrivez votre réponse avant de l’envoyer."),
    (SHORT, lambda asked: ["a", "b"], "Le nombre de réponses n’est pas celui des trous"),
    (SHORT, lambda asked: ["a" * 501], "Écrivez 500 signes au plus."),
    (SHORT, lambda asked: ["a\x00b"], "Un signe n’est pas lisible"),
    (CLOZE, lambda asked: [], "Le nombre de réponses n’est pas celui des trous"),
    (CLOZE, lambda asked: ["30"], "Le nombre de réponses n’est pas celui des trous"),
    (CLOZE, lambda asked: ["30", " "], "Complétez chaque trou avant d’envoyer votre réponse : il en manque 1."),
    (CLOZE, lambda asked: ["trente", "ici"], "Durée en jours : écrivez un nombre en chiffres, sans unité."),
    (CLOZE, lambda asked: ["30", "a" * 501], "Où on le range : écrivez 500 signes au plus."),
    (MATCHING, lambda asked: [], "Choisissez une proposition pour chaque élément"),
    (MATCHING, lambda asked: [*matched(asked, 0, 1), ""], "Choisissez une proposition pour chaque élément"),
    (MATCHING, lambda asked: [*matched(asked, 0, 1), "inconnu:inconnu"], FOREIGN),
    (MATCHING, lambda asked: [*matched(asked, 0, 1), *matched(asked, 2)], FOREIGN),
    (MATCHING, lambda asked: matched(asked, 0, 1, 1), "La même proposition est choisie deux fois"),
    (ORDERING, lambda asked: [], "Donnez un rang à chaque élément"),
    (ORDERING, lambda asked: [*ranked(asked, 1, 2, 3), ""], "Donnez un rang à chaque élément"),
    (ORDERING, lambda asked: ranked(asked, 1, 2, 2, 4), "Deux éléments ont le même rang"),
    (ORDERING, lambda asked: ranked(asked, 1, 2, 3, 5), FOREIGN),
    (ORDERING, lambda asked: ranked(asked, 1, 2, 3, "x"), FOREIGN),
    (ORDERING, lambda asked: [item["id"] for item in asked["items"]] + [asked["items"][0]["id"]], FOREIGN),
    (ORDERING, lambda asked: ["inconnu"], FOREIGN),
]


@pytest.mark.parametrize(("kind", "answer", "sentence"), NO_ANSWERS)
def test_what_is_no_answer_is_refused_with_a_sentence(kind, answer, sentence):
    asked = question(kind)
    said = refusal(asked, answer(asked))
    assert said.startswith(sentence)
    with pytest.raises(ValueError, match=sentence[:12]):
        mark(asked, answer(asked))


def test_a_date_that_cannot_be_read_is_asked_again_and_not_counted_wrong():
    asked = question(SHORT, blanks=[blank(format="date", accepted=["31/12/2024"])])
    assert refusal(asked, ["fin décembre"]).startswith("Écrivez une date avec l’année sur quatre chiffres")
    assert refusal(asked, ["30/12/2024"]) is None


# --- Several decisions in one answer ----------------------------------------------------------------------------------


def test_a_short_answer_says_what_was_typed_what_was_expected_and_why():
    asked = question(SHORT)
    result = mark(asked, [" Mandta "])
    assert result.correct
    assert (result.feedback[0]["given"], result.feedback[0]["expected"]) == ("Mandta", "mandat")
    assert (result.reasons, result.told) == (["typo"], "C’est bien cela.")
    fallen = mark(asked, ["mandant"])
    assert (fallen.reasons, fallen.told) == (["pitfall"], "Relisez l’étape.")
    assert fallen.feedback[0]["text"] == "Le mandant est la personne qui signe."


def test_a_cloze_is_right_when_each_of_its_blanks_is():
    asked = question(CLOZE)
    assert mark(asked, ["30,0", "une armoire ferme"]).reasons == ["same-value", "typo"]
    half = mark(asked, ["30", "un tiroir"])
    assert [line["correct"] for line in half.feedback] == [True, False]
    assert not half.correct


def test_a_matching_tells_each_pair_apart():
    asked = question(MATCHING)
    result = mark(asked, matched(asked, 0, 3, 2))
    assert [line["correct"] for line in result.feedback] == [True, False, True]
    assert result.feedback[1]["given"] == "Une procuration"
    assert result.feedback[1]["expected"] == "Un mandat"
    assert result.feedback[1]["text"] == "Retour 2"
    assert result.reasons == ["exact", "other", "exact"]


def test_an_order_is_the_same_sent_by_ranks_or_in_a_row():
    asked = question(ORDERING)
    ids = [item["id"] for item in asked["items"]]
    assert settled(asked, ranked(asked, 2, 1, 4, 3)) == [ids[1], ids[0], ids[3], ids[2]]
    assert not mark(asked, ranked(asked, 2, 1, 4, 3)).correct
    assert mark(asked, list(reversed(ranked(asked, 1, 2, 3, 4)))).correct


def test_an_answer_is_told_in_words():
    cloze, pairs, order = question(CLOZE), question(MATCHING), question(ORDERING)
    assert readable(cloze, ["30", "ici"]) == ["Durée en jours : 30", "Où on le range : ici"]
    assert readable(pairs, matched(pairs, 0, 1, 2))[0] == "La personne tape elle-même : Rien à signer"
    assert readable(order, right_answer(order))[:2] == ["1. Vérifier l’identité", "2. Lire le mandat à voix haute"]


@settings(deadline=None)
@given(st.sampled_from([MATCHING, ORDERING]), st.integers(2, 8))
def test_what_is_shuffled_is_always_so_and_never_in_the_right_order(kind, size):
    asked = question(kind)
    if kind == ORDERING:
        asked["items"] = asked["items"][:size]
        right = [item["id"] for item in asked["items"]]
        shown = [item["id"] for item in without_answers(asked)["items"]]
    else:
        right = [left["right"] for left in asked["lefts"]]
        shown = [one["id"] for one in without_answers(asked)["rights"] if one["id"] in right]
    assert sorted(shown) == sorted(right)
    assert shown != right
    assert without_answers(asked) == without_answers(asked)


# --- Scores -----------------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.integers(0, 200), st.integers(1, 200), st.integers(1, 100))
def test_the_score_shown_agrees_with_the_threshold_that_decides(right, total, threshold):
    right = min(right, total)
    assert (percent(right, total) >= threshold) == reaches(right, total, threshold)


def test_an_empty_series_reaches_no_threshold():
    assert percent(0, 0) == 0
    assert not reaches(0, 0, 1)
