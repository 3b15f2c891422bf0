import pytest

from parcours.learning.engine.fold import Fact, Kind, Rule, State, fold
from parcours.learning.engine.wording import ending, needed
from tests.parcours.learning.engine.test_fold import at

ONE, THREE, TWELVE = ("a",), tuple("abc"), tuple("abcdefghijkl")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule("read"), "quand vous dites l’avoir lue"),
        (Rule("answered", questions=ONE), "quand la question a une réponse"),
        (Rule("answered", questions=THREE), "quand les trois questions ont une réponse"),
        (Rule("answered", questions=TWELVE), "quand les 12 questions ont une réponse"),
        (Rule("score", 70, questions=TWELVE), "avec 9\u00a0réponses justes sur\u00a012 (70\u00a0%)"),
    ],
)
def test_the_end_of_an_etape_is_said_in_words(rule, words):
    assert ending(rule) == words


@pytest.mark.parametrize("threshold", range(0, 101, 5))
@pytest.mark.parametrize("count", [1, 3, 7, 10, 20])
def test_the_number_announced_is_the_one_that_decides(threshold, count):
    rule = Rule("score", threshold, questions=tuple(map(str, range(count))))
    enough = needed(rule)
    for right in {max(enough - 1, 0), enough}:
        facts = [Fact(Kind.ANSWERED, at(n), str(n), 1, n < right) for n in range(count)]
        assert (fold(rule, facts).state == State.DONE) == (right >= enough)
