"""What a parcours file says beyond its modules: programme, eligibilities, words it is found by, half-days."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcours.catalogue.engine.catalogue import parse_catalogue
from parcours.catalogue.engine.parcours import minutes_fault
from tests.catalogue.engine.texts import MODULE, PARCOURS, files, line_of

FACETS = b"metiers:\n  agents-accueil: Agents d\xe2\x80\x99accueil\nthemes:\n  mandat: Le mandat\n"
TAGGED = PARCOURS.replace(
    "modules: [mandat]",
    "famille: essais\nversion: 5 min\nen_vigueur_depuis: 2024-01-01\nen_vigueur_jusqu: 2025-12-31\n"
    "inscription: session\nqui_suit: Tout le monde.\nqui_s_inscrit: Les collègues.\nqui_est_habilite: Personne.\n"
    "metiers: [agents-accueil]\nthemes: [mandat]\nmodules: [mandat]",
)


def faults(parcours, **others):
    catalogue = parse_catalogue(files(parcours=parcours) | {"facettes.yaml": FACETS} | others)
    return [(fault.file, fault.line, fault.sentence) for fault in catalogue.faults]


def test_a_parcours_file_says_which_programme_it_is_and_who_may():
    catalogue = parse_catalogue(files(parcours=TAGGED) | {"facettes.yaml": FACETS})
    assert catalogue.faults == []
    values = catalogue.parcours[0].values
    assert (values["famille"], values["version"], values["inscription"]) == ("essais", "5 min", "session")
    assert (values["qui_suit"], values["qui_s_inscrit"]) == ("Tout le monde.", "Les collègues.")
    assert (values["metiers"], values["themes"]) == (["agents-accueil"], ["mandat"])


SPOILT = [
    ("metiers: [agents-accueil]", "metiers: [boulangers]", "metiers", "le métier «\u00a0boulangers\u00a0»"),
    ("themes: [mandat]", "themes: [autre]", "themes", "le thème «\u00a0autre\u00a0» n’existe pas"),
    ("modules: [mandat]", "modules: [mandat]\nseances: [absente]", "seances", "la demi-journée «\u00a0absente\u00a0»"),
    ("modules: [mandat]", "", "---", "ne cite ni module ni demi-journée"),
    ("themes: [mandat]", "themes: [mandat, mandat]", "themes", "est cité deux fois"),
    ("inscription: session", "inscription: ouverte", "inscription", "choisissez parmi"),
    ("en_vigueur_jusqu: 2025-12-31", "en_vigueur_jusqu: 2023-12-31", "en_vigueur_jusqu", "avant d’avoir commencé"),
    ("minutes: 5", "minutes: 4", "minutes", "annoncez 5 min"),
]


@pytest.mark.parametrize(("part", "replacement", "at", "sentence"), SPOILT)
def test_a_spoilt_parcours_is_refused_at_its_line(part, replacement, at, sentence):
    text = TAGGED.replace(part, replacement, 1)
    found = [line for file, line, said in faults(text) if file == "parcours/essai.md" and sentence in said]
    assert found == [line_of(text, at)]


def test_a_word_of_the_lists_is_written_once_under_a_known_title():
    words = b"metiers:\n  a: A\n  a: B\npublics:\n  b: B\nn\xe2\x80\x99importe quoi\n"
    lines = [(line, said) for file, line, said in faults(PARCOURS, **{"facettes.yaml": words})]
    assert [line for line, _ in lines] == [3, 4, 6]


def test_a_competence_nobody_named_is_refused():
    [(file, line, said)] = faults(PARCOURS, **{"competences.yaml": b"Agir:\n  mandat: Pr\xc3\xa9parer un mandat\n"})
    assert (file, line) == ("modules/mandat.md", line_of(MODULE, "competences"))
    assert said == "la compétence «\u00a0cadre-juridique\u00a0» n’est pas dans competences.yaml\u00a0: ajoutez-l’y."


@settings(deadline=None)
@given(st.integers(0, 900), st.integers(0, 500), st.integers(0, 500))
def test_a_parcours_announces_the_minutes_of_its_etapes_and_half_days(announced, online, live):
    sentence = minutes_fault(announced, online, live)
    assert (sentence is None) == (announced == online + live)
    if sentence:
        assert f"{announced} min" in sentence
        assert f"{online + live} min" in sentence


def test_a_programme_of_the_past_tells_its_hours_without_anything_to_earn_them():
    past = PARCOURS.replace("modules: [mandat]", "inscription: fermee").replace("minutes: 5", "minutes: 630")
    assert faults(past) == []
    assert faults(past.replace("inscription: fermee", "inscription: session")) != []
