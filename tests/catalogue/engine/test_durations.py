import pytest

from parcours.catalogue.engine.durations import Measure, count_words, faults, measure


def etape(*content, minutes=12, reflection=0, reason="", estimate=False) -> dict:
    return {
        "minutes": minutes,
        "reflection": reflection,
        "reflection_reason": reason,
        "estimate": estimate,
        "content": [{"type": kind, "value": value} for kind, value in content],
    }


def text(words: int) -> tuple:
    return "texte", f"<p>{'mot ' * words}</p>"


def exercise(minutes: int) -> tuple:
    return "exercice", {"title": "Trier", "minutes": minutes, "instructions": "<p>Triez</p>", "answer": "<p>Voilà</p>"}


def test_words_are_counted_as_a_reader_counts_them():
    assert count_words("<p>L’accueil, c’est <b>deux</b> minutes\u00a0: « oui »&nbsp;!</p>") == 5


def test_words_read_earn_one_minute_for_130():
    assert measure(etape(text(650))).earned == 5


def test_the_reflection_is_added_and_its_exercises_are_part_of_it():
    assert measure(etape(text(647), exercise(4), reflection=6, reason="l’exercice")).earned == 11
    assert measure(etape(text(647), exercise(4))).earned == 9


def test_a_film_earns_its_own_length_not_its_transcript():
    film = {"title": "", "minutes": 3, "transcript": f"<p>{'mot ' * 900}</p>", "video": 1, "captions": 2}
    assert measure(etape(("video", film))).earned == 3


def test_the_questions_are_read_and_their_feedback_is_not_counted():
    options = [{"value": {"text": "un deux", "feedback": "mot " * 500, "correct": True}}]
    question = {"value": {"statement": "<p>un deux trois</p>", "options": options, "explanation": "<p>un</p>"}}
    assert measure(etape(("questions", {"title": "Quiz", "questions": [question]}))).words == 7


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ({"accepted": ["un deux"], "pitfalls": [{"value": {"text": "un", "feedback": "mot " * 500}}]}, 0),
        ({"text": "Il dure {{duree}} jours.", "blanks": [{"value": {"label": "un deux", "accepted": []}}]}, 5),
        ({"pairs": [{"value": {"left": "un", "right": "un deux", "feedback": "mot"}}], "intruders": []}, 3),
        ({"pairs": [], "intruders": [{"value": "un deux"}]}, 2),
        ({"items": [{"value": "un deux"}, {"value": "trois"}], "feedback_right": "mot " * 500}, 3),
    ],
)
def test_what_is_read_to_type_to_match_or_to_order_counts(held, words):
    question = {"value": {"statement": "<p>un deux</p>", **held, "explanation": "<p>un</p>"}}
    assert measure(etape(("questions", {"title": "", "questions": [question]}))).words == words + 3


def test_an_etape_may_not_announce_more_than_it_earns():
    (sentence,) = faults(12, Measure(words=650, reflection=6, reason="les questions"))
    assert "12 min annoncées, 11 gagnées" in sentence
    assert "650 mots lus ÷ 130 = 5,0 min" in sentence
    assert faults(11, Measure(words=650, reflection=6, reason="les questions")) == []


def test_an_estimate_says_what_it_is():
    assert faults(40, Measure(estimate=True)) == []
    assert Measure(words=10, estimate=True).basis == "Estimation à vérifier."


def test_a_reflection_gives_its_reason():
    assert "Dites à quoi sert la réflexion" in faults(1, Measure(words=900, reflection=3))[0]


@pytest.mark.parametrize(
    ("measured", "basis"),
    [
        (Measure(words=650), "650 mots lus, à 130 par minute."),
        (
            Measure(words=650, reflection=6, reason="les trois questions"),
            "650 mots lus, à 130 par minute\u00a0; 6 min de réflexion\u00a0: les trois questions.",
        ),
        (Measure(words=130, exercises=4), "130 mots lus, à 130 par minute\u00a0; 4 min d’exercice essayé."),
        (Measure(video=3), "3 min de vidéo."),
    ],
)
def test_a_duration_says_how_it_was_obtained(measured, basis):
    assert measured.basis == basis
