"""A dialogue that is kept leads from its first replica to an end, whatever is replied; any other is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcours.catalogue.engine.dialogue import (
    END,
    MOST_UNFOLDED,
    Replica,
    Reply,
    faults,
    reached,
    script,
    shortest,
    size,
    unfolded,
)


def dialogue(**replicas) -> list[Replica]:
    """`a="b fin"`: the replica a, whose replies lead to b and to the end."""
    return [
        Replica(name, f"dit {name}", tuple(Reply(f"vers {to}", f"retour {to}", to) for to in leads.split()))
        for name, leads in replicas.items()
    ]


def sentences(**replicas) -> str:
    return " ".join(sentence for _, sentence in faults(dialogue(**replicas)))


@pytest.mark.parametrize(
    ("replicas", "sentence"),
    [
        ({"a": "fin fin"}, "de deux à 6 répliques"),
        (dict.fromkeys("abcdefg", "fin fin"), "de deux à 6 répliques"),
        ({"a": "b", "b": "fin fin"}, "« a » demande de 2 à 3 réponses"),
        ({"a": "b b b b", "b": "fin fin"}, "« a » demande de 2 à 3 réponses"),
        ({"a": "b ailleurs", "b": "fin fin"}, "mène à « ailleurs », qui n’existe pas"),
        ({"a": "fin fin", "b": "fin fin"}, "aucune réponse ne mène à la réplique « b »"),
        ({"a": "b fin", "b": "b b"}, "« b » tourne en rond"),
        ({"a": "b b", "b": "a a"}, "« a » tourne en rond"),
        ({"a": "b fin", "b": "c c", "c": "b b"}, "« c » tourne en rond"),
        (
            {"a": "b b b", "b": "c c c", "c": "d d d", "d": "e e fin", "e": "fin fin"},
            "trop de chemins se rejoignent",
        ),
    ],
)
def test_what_cannot_be_followed_to_an_end_is_refused(replicas, sentence):
    assert sentence.replace(" ", "") in sentences(**replicas).replace("\u00a0", "").replace(" ", "")


def test_a_reply_that_leads_nowhere_and_a_replica_without_a_name_are_refused():
    nowhere = [Replica("a", "…", (Reply("x", "y", ""), Reply("x", "y", END))), *dialogue(b="fin fin")]
    assert "ne mène nulle part" in faults(nowhere)[0][1]
    unnamed = [Replica("", "…", ()), *dialogue(b="fin fin")]
    assert "n’a pas de nom" in faults(unnamed)[0][1]
    named_end = [*dialogue(a="fin fin"), Replica(END, "…", ())]
    assert "donnez un autre nom" in faults(named_end)[0][1]
    twice = [*dialogue(a="fin fin"), *dialogue(a="fin fin")]
    assert "le même nom" in faults(twice)[0][1]


def test_one_may_go_back_when_a_way_out_remains():
    assert sentences(a="b a", b="a fin") == ""
    turn = unfolded(dialogue(a="b a", b="a fin"))
    assert [branch.back_to for branch in turn.branches] == [None, 1]
    after = turn.branches[0].turn
    assert [branch.back_to for branch in after.branches] == [1, None]


def test_it_is_also_read_straight_each_replica_once():
    lines = script(dialogue(a="b fin", b="a fin"))
    assert [line.number for line in lines] == [1, 2]
    assert [leads_to for _, leads_to in lines[0].replies] == [2, None]


def test_only_the_shortest_way_counts_as_read():
    replicas = dialogue(a="b fin", b="fin fin")
    assert shortest(replicas) == ["dit a", "vers b", "vers fin", "retour fin"]
    assert shortest(dialogue(a="b b", b="a a")) == []


names = st.sampled_from(["a", "b", "c", "d", "e", END, "absent", ""])
graphs = st.lists(st.tuples(st.sampled_from("abcde"), st.lists(names, min_size=1, max_size=4)), min_size=1, max_size=7)


@given(graphs)
def test_a_dialogue_without_fault_always_ends(graph):
    replicas = [
        Replica(name, "…", tuple(Reply(f"r{rank}", "…", to) for rank, to in enumerate(leads))) for name, leads in graph
    ]
    if faults(replicas):
        assert shortest(replicas) == []
        return
    assert reached(replicas) == {replica.name for replica in replicas}
    assert 1 < size(unfolded(replicas)) <= MOST_UNFOLDED
    assert shortest(replicas)
