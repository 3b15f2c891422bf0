"""What differs between two editions, in words and in facts."""

import copy

import pytest

from parcours.catalogue.engine.changes import (
    NOTE_LENGTH,
    Change,
    asked_otherwise,
    changes,
    is_minor_change,
    major_changes,
    note_of,
)
from tests.assessment.factories import question

NBSP = "\u00a0"


def etape(title="Décider", *questions, pk=None, minutes=10, rule=None, html="<p>Texte</p>"):
    nodes = [{"type": "html", "html": html}]
    nodes += [{"type": "questions", "id": f"s-{title}", "questions": list(questions)}] if questions else []
    rule = rule or {"kind": "answered" if questions else "read"}
    return {"activity_id": pk or title, "title": title, "minutes": minutes, "rule": rule, "nodes": nodes}


@pytest.fixture
def asked():
    return question("choix-unique")


@pytest.fixture
def before(asked):
    return [etape("Lire"), etape("Décider", asked)]


def after(before, rank=1, **values):
    changed = copy.deepcopy(before)
    changed[rank] |= values
    return changed


def with_question(before, **values):
    changed = copy.deepcopy(before)
    changed[1]["nodes"][1]["questions"][0] |= values
    return changed


def test_rewording_is_a_minor_change(before, asked):
    options = [option | {"text": "Autrement dit", "feedback": "Parce que."} for option in asked["options"]]
    new = with_question(before, statement="<p>Reformulée</p>", explanation="Mieux dite", options=options[::-1])
    new[0] = new[0] | {"title": "Lire encore", "nodes": [{"type": "html", "html": "<p>Corrigé</p>"}]}
    assert major_changes(before, new) == []
    assert is_minor_change(before, new)
    assert asked_otherwise(before, new) == set()


def test_each_thing_that_counts_makes_the_change_a_major_one(before, asked):
    other_right = [option | {"correct": not option["correct"]} for option in asked["options"]]
    cases = {
        "est retirée": before[:1],
        "est ajoutée": [*before, etape("Conclure")],
        "L’ordre des étapes change": before[::-1],
        "dure 12 min au lieu de 10": after(before, minutes=12),
        "ne se termine plus de la même façon": after(before, rule={"kind": "score", "threshold": 70, "keep": "best"}),
        "n’a plus les mêmes questions": after(before, nodes=[*before[1]["nodes"], before[1]["nodes"][1]]),
        "réponse juste change": with_question(before, options=other_right),
    }
    for sentence, new in cases.items():
        assert any(sentence in said for said in major_changes(before, new)), sentence
        assert not is_minor_change(before, new)


def test_a_typed_answer_newly_accepted_is_no_minor_change():
    blank = {
        "id": "b",
        "label": "Durée",
        "format": "texte",
        "accepted": ["un an"],
        "tolerance": "",
        "accents": "facultatifs",
    }
    typed = {"id": "q", "type": "reponse-courte", "statement": "?", "blanks": [blank | {"pitfalls": []}]}
    before = [etape("Taper", typed)]
    relabelled = [etape("Taper", typed | {"blanks": [blank | {"pitfalls": [], "label": "Autre"}]})]
    trapped = [etape("Taper", typed | {"blanks": [blank | {"pitfalls": [{"text": "un mois", "feedback": "Non"}]}]})]
    accepted = [etape("Taper", typed | {"blanks": [blank | {"pitfalls": [], "accepted": ["un an", "12 mois"]}]})]
    assert is_minor_change(before, relabelled)
    assert not is_minor_change(before, trapped)
    assert not is_minor_change(before, accepted)


def test_an_attempt_in_hand_is_upset_by_its_own_questions_only(before):
    longer = after(before, minutes=30)
    assert asked_otherwise(before, longer) == set()
    assert asked_otherwise(before, before[:1]) == {"Décider"}
    assert asked_otherwise(before, with_question(before, options=[])) == {"Décider"}


def test_a_change_is_told_field_by_field():
    old = {"price": "Gratuit", "objectives": ["Un"], "minutes": 60, "modality": {"code": "a", "label": "à distance"}}
    new = old | {"price": "Sur devis", "objectives": ["Un", "Deux"], "minutes": 90, "valid_until": "2026-12-31"}
    assert changes(old, new, [], []) == [
        Change("Durée", f"1{NBSP}h", f"1{NBSP}h{NBSP}30"),
        Change("En vigueur jusqu’au", "", "31/12/2026"),
        Change("Objectifs", "Un", f"Un{NBSP}; Deux"),
        Change("Tarif", "Gratuit", "Sur devis"),
    ]


def test_a_change_is_told_etape_by_etape(before, asked):
    new = [etape("Conclure"), after(before, minutes=12)[1]]
    told = {(one.label, one.before, one.after) for one in changes({}, {}, before, new)}
    assert told == {
        ("Étape retirée", f"Lire (10{NBSP}min)", ""),
        ("Étape ajoutée", "", f"Conclure (10{NBSP}min)"),
        (
            f"Étape «{NBSP}Décider{NBSP}»",
            f"Décider (10{NBSP}min), questions à répondre",
            f"Décider (12{NBSP}min), questions à répondre",
        ),
    }
    reworded = changes({}, {}, before, after(before, 0, nodes=[{"type": "html", "html": "<p>Mieux</p>"}]))
    assert reworded == [Change(f"Étape «{NBSP}Lire{NBSP}»", "", "texte revu")]


def test_the_note_nobody_wrote_names_what_changes_and_fits():
    assert note_of([]) == ""
    assert note_of([Change("Tarif", "a", "b")]) == f"Change{NBSP}: tarif."
    assert note_of([Change("Tarif", "a", "b"), Change("Durée", "a", "b")]) == f"Changent{NBSP}: tarif, durée."
    many = [Change(f"Étape «{NBSP}{'x' * 60} {rank}{NBSP}»", "", "") for rank in range(30)]
    assert len(note_of(many)) <= NOTE_LENGTH
    assert note_of(many).endswith("autres.")
