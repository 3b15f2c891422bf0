import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcours.catalogue.engine.manifest import (
    SIGNED_ALONE,
    SIGNED_TOO,
    completion_of,
    digest_of,
    programme,
    rule_of,
)

READ, ANSWERED = {"kind": "read"}, {"kind": "answered"}
SCORE = {"kind": "score", "threshold": 70, "keep": "best"}


def content(*rules) -> dict:
    series = [{"type": "questions", "value": rule} for rule in rules]
    return {"content": [{"type": "texte", "value": "<p>Lire</p>"}, *series]}


@pytest.mark.parametrize(
    ("etape", "rule"),
    [
        (content(), READ),
        (content({"rule": "toutes-repondues"}), ANSWERED),
        (content({"rule": "score", "threshold": 80, "keep": "derniere"}), SCORE | {"threshold": 80, "keep": "last"}),
    ],
)
def test_the_rule_of_an_etape_comes_from_its_questions(etape, rule):
    assert rule_of(etape) == rule


@pytest.mark.parametrize(
    ("activities", "sentence"),
    [
        ([("Lire", READ)], "Ce parcours est terminé quand son unique étape est terminée : 1 étape lue."),
        (
            [("a", READ), ("b", READ), ("c", ANSWERED), ("Quiz", SCORE)],
            "Ce parcours est terminé quand ses 4 étapes sont terminées : 2 étapes lues, 1 étape où chaque question a "
            "reçu une réponse et « Quiz » réussie à 70 % au moins (la meilleure note compte).",
        ),
        (
            [("Quiz", SCORE | {"keep": "last", "threshold": 85})],
            "Ce parcours est terminé quand son unique étape est terminée : « Quiz » réussie à 85 % au moins "
            "(la dernière note compte).",
        ),
    ],
)
def test_completion_is_announced_from_the_rules_that_decide_it(activities, sentence):
    assert completion_of(activities).replace("\u00a0", " ") == sentence


def test_the_programme_lists_the_etapes_under_their_module():
    modules = [{"id": "a", "title": "A", "summary": "s"}, {"id": "b", "title": "B"}]
    listed = programme(modules, [("a", "Un", 10), ("b", "Deux", 5), ("a", "Trois", 7)])
    assert [(one["title"], one["minutes"], len(one["etapes"])) for one in listed] == [("A", 17, 2), ("B", 5, 1)]


JSON = st.recursive(
    st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


@settings(deadline=None)
@given(st.dictionaries(st.text(), JSON))
def test_the_digest_does_not_depend_on_the_order_of_keys(content):
    assert digest_of(content, []) == digest_of(dict(reversed(content.items())), [])


def test_the_digest_sees_every_change():
    assert digest_of({"a": 1}, [{"b": 1}]) != digest_of({"a": 1}, [{"b": 2}])


def test_half_days_in_class_are_signed_as_well_or_alone():
    read = [("Lire", {"kind": "read"})]
    assert completion_of(read, live=True).endswith(SIGNED_TOO)
    assert completion_of([], live=True) == SIGNED_ALONE
    assert completion_of([]) == ""
