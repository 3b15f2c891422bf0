"""Typed, matched and ordered questions read from YAML: what they become, and each fault at its line."""

import pytest

from parcours.catalogue.engine.questions import parse_questions
from parcours.catalogue.engine.source import read
from tests.catalogue.engine.texts import line_of

SHORT = """\
- serie: essai
  titre: Essai
  regle: toutes-repondues
  questions:
    - id: papier
      type: reponse-courte
      enonce: Que signe la personne ?
      acceptees: [mandat, un mandat]
      pieges:
        - texte: mandant
          retour: C’est la personne.
      essais_acceptes:
        - Mandat
        - mandta
        - un manda
      essais_refuses: [mandant, facture, mandats signés]
      retour_juste: Oui.
      retour_faux: Relisez.
      explication: Parce que.
"""
CLOZE = """\
- serie: essai
  titre: Essai
  regle: toutes-repondues
  questions:
    - id: consigne
      type: texte-a-trous
      enonce: Complétez.
      texte: "Il dure {{duree}} jours : jusqu'au {{fin}}."
      trous:
        duree:
          libelle: Durée
          format: nombre
          acceptees: 30
          tolerance: 0
        fin:
          libelle: Dernier jour
          format: date
          acceptees: [31/12/2024]
          essais_acceptes: [2024-12-31]
      retour_juste: Oui.
      retour_faux: Relisez.
      explication: Parce que.
"""
PAIRS = """\
- serie: essai
  titre: Essai
  regle: toutes-repondues
  questions:
    - id: paires
      type: appariement
      enonce: Reliez.
      paires:
        - {gauche: Un, droite: I, retour: Oui.}
        - {gauche: Deux, droite: II, retour: Oui.}
        - {gauche: Trois, droite: III, retour: Oui.}
      intrus: [IV]
      explication: Parce que.
"""
STEPS = """\
- serie: essai
  titre: Essai
  regle: toutes-repondues
  questions:
    - id: gestes
      type: ordre
      enonce: Rangez.
      elements:
        - Vérifier l'identité
        - Lire
        - Signer
      retour_juste: Oui.
      retour_faux: Relisez.
      explication: Parce que.
"""


def parsed(text):
    source = read("questions/essai.yaml", text.encode())
    series = parse_questions(source, "essai")
    return source, [question["block"] for serie in series for question in serie.questions]


def test_a_short_answer_becomes_what_the_cms_stores():
    source, (block,) = parsed(SHORT)
    assert source.faults == []
    value = block["value"]
    assert block["type"] == "reponse_courte"
    assert [one["value"] for one in value["accepted"]] == ["mandat", "un mandat"]
    assert (value["format"], value["accents"], value["tolerance"]) == ("texte", "facultatifs", "")
    assert value["pitfalls"][0]["value"] == {"text": "mandant", "feedback": "C’est la personne."}
    assert (value["feedback_right"], value["feedback_wrong"]) == ("Oui.", "Relisez.")
    assert len({one["id"] for one in [*value["accepted"], *value["tried_accepted"], *value["tried_refused"]]}) == 8


def test_a_cloze_keeps_its_text_and_describes_each_blank():
    source, (block,) = parsed(CLOZE)
    assert source.faults == []
    value = block["value"]
    assert block["type"] == "texte_a_trous"
    assert value["text"] == "Il dure {{duree}} jours\u00a0: jusqu’au {{fin}}."
    first, second = [one["value"] for one in value["blanks"]]
    assert (first["name"], first["label"], first["format"], first["tolerance"]) == ("duree", "Durée", "nombre", "0")
    assert [one["value"] for one in second["tried_accepted"]] == ["2024-12-31"]


def test_pairs_and_steps_become_lists():
    source, (pairs,) = parsed(PAIRS)
    assert source.faults == []
    assert pairs["value"]["pairs"][1]["value"] == {"left": "Deux", "right": "II", "feedback": "Oui."}
    assert [one["value"] for one in pairs["value"]["intruders"]] == ["IV"]
    source, (steps,) = parsed(STEPS)
    assert source.faults == []
    assert [one["value"] for one in steps["value"]["items"]] == ["Vérifier l’identité", "Lire", "Signer"]


def test_ids_do_not_depend_on_the_order_of_the_file():
    _, (block,) = parsed(STEPS)
    _, (turned,) = parsed(STEPS.replace("        - Lire\n        - Signer\n", "        - Signer\n        - Lire\n"))
    assert {one["id"] for one in block["value"]["items"]} == {one["id"] for one in turned["value"]["items"]}


@pytest.mark.parametrize(
    ("text", "old", "new", "at", "sentence"),
    [
        (SHORT, "- un manda\n", "- procuration\n", "- procuration", "« procuration » est refusée à la correction"),
        (SHORT, "        - un manda\n", "", "- id: papier", "au moins 3 « essais_acceptes »"),
        (SHORT, "facture, ", "mandatt, ", "essais_refuses", "« mandatt » est acceptée à la correction"),
        (SHORT, "[mandat, un", "[mandant, un", "acceptees", "dans les pièges"),
        (SHORT, "      acceptees: [mandat, un mandat]\n", "", "- id: papier", "il manque « acceptees »"),
        (
            SHORT,
            "      acceptees",
            "      tolerance: 3\n      acceptees",
            "- id: papier",
            "« tolerance » est pour un nombre",
        ),
        (
            SHORT,
            "      acceptees",
            "      format: mot\n      acceptees",
            "format: mot",
            "choisissez parmi : texte, nombre",
        ),
        (SHORT, "- mandta\n", "- {a: b}\n", "- {a: b}", "attend des textes"),
        (SHORT, "          retour: C’est la personne.\n", "", "- texte: mandant", "il manque « retour »"),
        (CLOZE, "acceptees: 30", "acceptees: trente", "acceptees: trente", "ne se lit pas comme un nombre"),
        (CLOZE, "{{fin}}", "{{jour}}", "- id: consigne", "Le trou « jour » n’est pas décrit"),
        (CLOZE, "jusqu'au {{fin}}", "plus {{duree}}", "- id: consigne", "est écrit deux fois dans le texte"),
        (CLOZE, "          libelle: Durée\n", "", "duree:\n", "il manque « libelle »"),
        (CLOZE, "tolerance: 0", "tolerance: peu", "duree:\n", "la tolérance est un nombre"),
        (CLOZE, "2024-12-31", "30/12/2024", "essais_acceptes", "« 30/12/2024 » est refusée"),
        (PAIRS, "droite: II,", "droite: I,", "- id: paires", "deux éléments du même côté"),
        (PAIRS, "[IV]", "[IV, V, VI]", "- id: paires", "3 « intrus » : il en faut 2 au plus"),
        (PAIRS, "        - {gauche: Trois, droite: III, retour: Oui.}\n", "", "- id: paires", "de 3 à 6 « paires »"),
        (PAIRS, ", retour: Oui.}\n      intrus", "}\n      intrus", "gauche: Trois", "il manque « retour »"),
        (STEPS, "- Lire", "- Signer", "- id: gestes", "deux éléments ont le même texte"),
        (STEPS, "        - Lire\n", "", "- id: gestes", "de 3 à 7 « elements »"),
        (STEPS, "ordre\n", "rang\n", "type: rang", "choisissez parmi"),
    ],
)
def test_a_fault_is_said_at_its_line(text, old, new, at, sentence):
    spoilt = text.replace(old, new)
    assert spoilt != text
    source, _ = parsed(spoilt)
    plain = [(fault.line, fault.sentence.replace("\u00a0", " ")) for fault in source.faults]
    assert any(line == line_of(spoilt, at) and sentence in said for line, said in plain), plain
