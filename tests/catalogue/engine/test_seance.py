import pytest

from parcours.catalogue.engine import seance, source

TEXT = """\
---
type: seance
id: bac-a-sable
titre: Prendre en main Aidants Connect
slug: prendre-en-main
resume: Cinq gestes essayés sur le site d’entraînement.
minutes: 60
objectifs:
  - Créer un mandat sur le bac à sable
competences: [mandat]
materiel:
  - Un ordinateur par binôme
groupe_de_six: Un seul cercle.
groupe_de_quatorze: Deux salles.
a_distance: Des salles de deux.
sans_reseau: Les captures imprimées.
---

## Avant d’ouvrir

Vérifiez les comptes.

::: sequence Créer un mandat
minutes: 45
objectif: Créer un mandat d’un jour
methode: Démonstration, puis binômes
fiche: Mon premier mandat
evaluation: Chacun lit à voix haute le périmètre choisi.
competence: mandat
---
Montre une fois, puis se tait.
---
- Refait le geste
- Échange les rôles
:::

::: pause Marge
minutes: 15
:::

::: fiche Mon premier mandat
but: Choisir le périmètre et la durée
minutes: 20
lignes: 4
---
Lisez la situation.
---
Un jour suffit.
:::
"""


def parsed(text=TEXT):
    read = source.read("seances/bac-a-sable.md", text.encode())
    return seance.parse_seance(read), [fault.sentence for fault in read.faults]


def test_a_half_day_is_read_with_its_lines_its_sheets_and_its_notes():
    found, faults = parsed()
    assert faults == []
    assert [line["type"] for line in found.sequences] == ["sequence", "pause"]
    assert found.sequences[0]["value"]["exercise"] == found.sheets[0]["value"]["title"] == "Mon premier mandat"
    assert found.sequences[0]["value"]["group_does"].startswith("<ul>")
    assert found.sheets[0]["value"]["answer_lines"] == 4
    assert "<h2>Avant d’ouvrir</h2>" in found.notes


def test_a_deroule_fills_its_half_day_to_the_minute():
    _, faults = parsed(TEXT.replace("minutes: 15", "minutes: 20"))
    assert faults == ["La demi-journée dure 60 min et son déroulé fait 65 min, pauses et marge comprises."]


def test_a_sheet_that_the_deroule_names_must_be_there():
    _, faults = parsed(TEXT.replace("fiche: Mon premier mandat", "fiche: Mon second mandat"))
    assert "Le déroulé cite la fiche « Mon second mandat », qui n’existe pas ici." in faults


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("objectif: Créer un mandat d’un jour\n", "", "il manque « objectif »."),
        ("---\nMontre une fois, puis se tait.\n", "", "3 parties"),
        ("::: pause Marge", "::: pause", "donnez un titre à ce bloc"),
        ("::: fiche Mon", "::: affiche Mon", "des blocs sequence, pause et fiche"),
        ("groupe_de_six: Un seul cercle.\n", "", "il manque « groupe_de_six »."),
    ],
)
def test_what_is_missing_is_said(before, after, said):
    _, faults = parsed(TEXT.replace(before, after))
    assert any(said in sentence for sentence in faults), faults


def test_what_is_written_back_reads_the_same():
    found, _ = parsed()
    values = found.values | {"sequences": found.sequences, "sheets": found.sheets, "notes": found.notes}
    lines = seance.seance_lines(values, lambda kind, name: str(name))
    again, faults = parsed("\n".join(["---", "type: seance", "id: bac-a-sable", *header_and_body(lines)]))
    assert faults == []
    assert (again.values, again.sequences, again.sheets, again.notes) == (
        found.values,
        found.sequences,
        found.sheets,
        found.notes,
    )


def header_and_body(lines):
    end = lines.index("")
    return [*lines[:end], "---", *lines[end:]]
