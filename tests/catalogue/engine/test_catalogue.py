"""Every way a file may be malformed is said at its line, in French, and all at once."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcours.catalogue.engine.catalogue import parse_catalogue
from parcours.catalogue.management.commands.load_catalogue import NATIONAL, read
from tests.catalogue.engine.texts import ALTERNATIVE, MODULE, PAGE, PARCOURS, QUESTIONS, files, line_of

EVERY_TYPE = {
    "choix_unique",
    "choix_multiple",
    "vrai_faux",
    "reponse_courte",
    "texte_a_trous",
    "appariement",
    "ordre",
}


def faults(**changes) -> list[tuple[str, int, str]]:
    return [(fault.file, fault.line, fault.sentence) for fault in parse_catalogue(files(**changes)).faults]


def spoilt(text: str, part: str, replacement: str) -> str:
    assert part in text
    return text.replace(part, replacement, 1)


def test_a_well_formed_catalogue_has_no_fault():
    catalogue = parse_catalogue(files())
    assert catalogue.faults == []
    assert [module.id for module in catalogue.modules] == ["mandat"]
    assert catalogue.media == {"schema.svg": "image"}


def test_the_national_catalogue_is_well_formed():
    catalogue = parse_catalogue(read(NATIONAL))
    assert list(map(str, catalogue.faults)) == []


def test_the_final_bank_asks_sixty_questions_of_every_type_and_names_where_each_is_taught():
    questions = parse_catalogue(read(NATIONAL)).questions
    series = [serie for name in questions if name.startswith("banque-") for serie in questions[name][1]]
    asked = [question for serie in series for question in serie.questions]
    assert [len(serie.questions) for serie in series] == [10] * 6
    assert {question["block"]["type"] for question in asked} == EVERY_TYPE
    assert all("/" in question["taught_in"] for question in asked)


MODULE_FAULTS = [
    ("minutes: 5\n", "minutes: cinq\n", "minutes: 5", "un nombre entier"),
    ("minutes: 5\n", "minutes: 50\n", "::: etape", "50 min annoncées"),
    ("reflexion_pour: l’exercice (3 min) et la question (1 min)\n", "", "::: etape", "Dites à quoi sert la réflexion"),
    ("id: mandat-necessaire", "id: Mandat nécessaire", "id: mandat-necessaire", "en minuscules sans accent"),
    ("relu_le: 2026-11-22", "relu_le: 22/11/2026", "relu_le", "une date est attendue"),
    ("resume: ", "resumé: ", "resume: ", "cette ligne n’est ni"),
    ("resume: ", "sommaire: ", "resume: ", "« sommaire » n’existe pas ici"),
    ("slug: le-mandat\n", "", "---", "il manque « slug »"),
    ("slug: le-mandat\n", "slug: le-mandat\nslug: autre\n", "resume: ", "écrit deux fois"),
    ("::: encadre situation", "::: encadré situation", "::: encadre", "le bloc « encadré » n’existe pas"),
    ("::: encadre situation", "::: cadre situation", "::: encadre", "le bloc « cadre » n’existe pas"),
    ("À la mairie, un homme vous tend son téléphone.\n:::", "À la mairie.", "::: encadre", "n’est pas fermé"),
    ("## Ce qu'il", "### Ce qu'il", "## Ce qu'il", "sans « ## » au-dessus"),
    (ALTERNATIVE, "", "::: image", "il manque « alternative »"),
    ("---\nLa personne, ou vous.\n", "", "::: image", "un schéma demande le même contenu en texte"),
    ("fichier: schema.svg", "fichier: absent.svg", "::: image", "media/absent.svg n’existe pas"),
    ("serie: a-vous", "serie: autre", "::: questions", "la série « autre » n’est pas dans questions/mandat.yaml"),
    ("1. Lire à voix haute.\n2. Faire redire.", "Lire à voix haute.", "::: marche", "une liste numérotée"),
    ("---\nAvec.\n", "", "::: exercice", "trois parties"),
    ("- un point\n", "| a | b |\n|---|---|\n| 1 | 2 |\n", "- un point", "un tableau"),
    ("- un point\n", "<div>un point</div>\n", "- un point", "du HTML"),
    ("- un point\n", "![un point](schema.svg)\n", "- un point", "le bloc « ::: image »"),
    ("(https://aidantsconnect.beta.gouv.fr/)", "(javascript:alert(1))", "Un mandat est", ""),
    ("Un mandat est", "Un\tmandat est", "Un mandat est", "une tabulation"),
    ("# Savoir quand", "Savoir quand", "# Savoir quand", "dans aucune étape"),
    ("type: module", "type: cours", "type: module", "choisissez parmi : module"),
    ("id: mandat\n", "id: autre\n", "---", "doit être aussi le nom du fichier"),
]


@pytest.mark.parametrize(("part", "replacement", "at", "sentence"), MODULE_FAULTS)
def test_a_spoilt_module_is_refused_at_its_line(part, replacement, at, sentence):
    text = spoilt(MODULE, part, replacement)
    if sentence:
        assert ("modules/mandat.md", line_of(MODULE, at)) in {(file, line) for file, line, said in faults(module=text)}
        assert any(sentence in said for _, _, said in faults(module=text))
    else:  # Markdown itself refuses the address: it stays plain text, and no link is made
        assert "javascript:" not in "".join(
            block["value"]
            for block in parse_catalogue(files(module=text)).modules[0].etapes[0].value["content"]
            if block["type"] == "texte" and "<a " in block["value"]
        )


QUESTION_FAULTS = [
    ("          juste: oui\n", "", "    - id: telephone", "aucune réponse juste"),
    ("          retour: Vous agiriez à sa place.\n", "", "        - texte: Je me connecte", "il manque « retour »"),
    (
        "          retour: Vous",
        "          juste: oui\n          retour: Vous",
        "    - id: telephone",
        "2 réponses justes",
    ),
    ("    - id: conservation", "    - id: telephone", "    - id: conservation", "« telephone » est déjà pris"),
    ("etape: mandat-necessaire", "etape: inconnue", "    - id: telephone", "l’étape « inconnue » n’existe pas"),
    ("reponse: vrai", "reponse: peut-être", "      reponse: vrai", "choisissez parmi : vrai, faux"),
    ("regle: toutes-repondues", "regle: score", "- serie", "« seuil »"),
    ("type: vrai-faux", "type: ouverte", "      type: vrai-faux", "choisissez parmi"),
    ("      explication: Six ans.\n", "", "    - id: conservation", "il manque « explication »"),
    ("titre: À vous de décider", "titre: À vous : décider", "  titre:", "deux-points suivis d’une espace"),
    ("{texte: Loisirs, retour: Non.}", "{texte: Loisirs, retour: Non.", "      explication: Deux", ""),
    ("texte: Justice, juste: oui", "texte: Logement, juste: oui", "    - id: perimetres", "le même texte"),
    ("  titre: À vous", "\ttitre: À vous", "  titre:", "une tabulation"),
]


@pytest.mark.parametrize(("part", "replacement", "at", "sentence"), QUESTION_FAULTS)
def test_a_spoilt_question_is_refused_at_its_line(part, replacement, at, sentence):
    found = faults(questions=spoilt(QUESTIONS, part, replacement))
    matching = [line for file, line, said in found if file == "questions/mandat.yaml" and sentence in said]
    assert line_of(QUESTIONS, at) in matching


@pytest.mark.parametrize(
    ("part", "replacement", "at", "sentence"),
    [
        ("minutes: 5", "minutes: 6", "minutes: 5", "La durée annoncée est de 6 min, et les étapes font 5 min"),
        ("modules: [mandat]", "modules: [mandat, absent]", "modules", "le module « absent » n’existe pas"),
        ("modules: [mandat]", "modules: [mandat, mandat]", "modules", "cité deux fois"),
        ("tarif: Gratuit\n", "", "---", "il manque « tarif »"),
        ("habilitation: oui", "habilitation: peut-être", "habilitation", "« oui » ou « non »"),
    ],
)
def test_a_spoilt_parcours_is_refused_at_its_line(part, replacement, at, sentence):
    (fault,) = faults(parcours=spoilt(PARCOURS, part, replacement))
    assert fault[:2] == ("parcours/essai.md", line_of(PARCOURS, at))
    assert sentence in fault[2]


def test_a_page_holds_text_and_callouts():
    (page,) = parse_catalogue(files()).pages
    assert [block["type"] for block in page.body] == ["texte", "encadre"]
    found = faults(page=PAGE + "\n::: questions\nserie: a-vous\n:::\n")
    assert [(file, sentence) for file, _, sentence in found] == [
        ("pages/aide.md", "une page contient du texte, des titres « ## » et des encadrés.")
    ]


def test_bytes_of_windows_are_refused_at_their_line():
    raw = MODULE.replace("À la mairie", "\x00").encode().replace(b"\x00", "À la mairie".encode("cp1252"))
    (fault,) = [fault for fault in faults(module=raw) if fault[0] == "modules/mandat.md"]
    assert fault[1] == line_of(MODULE, "À la mairie")
    assert "UTF-8" in fault[2]


@pytest.mark.parametrize("spoil", [lambda raw: b"\xef\xbb\xbf" + raw, lambda raw: raw.replace(b"\n", b"\r\n")])
def test_a_byte_order_mark_or_windows_line_ends_change_nothing(spoil):
    plain = parse_catalogue(files())
    other = parse_catalogue(
        {name: spoil(raw) if name.endswith(("md", "yaml")) else raw for name, raw in files().items()}
    )
    assert other.faults == []
    assert other.modules[0].body == plain.modules[0].body
    assert other.parcours[0].presentation == plain.parcours[0].presentation


def test_letters_composed_as_on_a_mac_change_nothing():
    import unicodedata

    decomposed = unicodedata.normalize("NFD", MODULE)
    assert decomposed != MODULE
    assert parse_catalogue(files(module=decomposed)).modules[0].body == parse_catalogue(files()).modules[0].body


def test_every_fault_of_every_file_is_said_at_once():
    found = faults(
        module=spoilt(MODULE, "relu_le: 2026-11-22", "relu_le: hier"),
        questions=spoilt(QUESTIONS, "reponse: vrai", "reponse: oui"),
        parcours=spoilt(PARCOURS, "tarif: Gratuit\n", ""),
    )
    assert {file for file, _, _ in found} == {"modules/mandat.md", "questions/mandat.yaml", "parcours/essai.md"}


def test_a_slug_or_an_id_is_taken_once():
    twice = files() | {"modules/autre.md": MODULE.replace("id: mandat\n", "id: autre\n").encode()}
    found = [fault for fault in parse_catalogue(twice).faults if "déjà pris par" in fault.sentence]
    assert [fault.file for fault in found] == ["modules/mandat.md"]


def test_questions_without_a_module_are_said():
    lonely = {"questions/seul.yaml": QUESTIONS.encode()}
    assert any("modules/seul.md" in fault.sentence for fault in parse_catalogue(lonely).faults)


def test_a_mark_to_verify_in_the_questions_keeps_the_module_in_draft():
    catalogue = parse_catalogue(files(questions=QUESTIONS.replace("Six ans.", "Six ans [à vérifier].")))
    assert catalogue.is_draft(catalogue.modules[0])
    assert not parse_catalogue(files()).is_draft(parse_catalogue(files()).modules[0])


def test_the_ids_are_the_same_on_every_machine_and_at_every_depth():
    def ids(value):
        if isinstance(value, dict):
            own = [value["id"]] if "type" in value else []
            return own + [found for child in value.values() for found in ids(child)]
        return [found for child in value for found in ids(child)] if isinstance(value, list) else []

    first, again = (parse_catalogue(files()).modules[0].body for _ in range(2))
    assert ids(first) == ids(again)
    assert len(set(ids(first))) == len(ids(first)) == 17
    assert ids(first)[0] == "318b0bce-dcb2-51c9-b12c-e72fbd8ccb5a"


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["module", "questions", "parcours", "page"]))
def test_no_bytes_whatever_make_the_reader_fail(raw, which):
    parse_catalogue(files(**{which: raw}))


@settings(deadline=None)
@given(st.data())
def test_no_line_lost_or_doubled_makes_the_reader_fail(data):
    name, text = data.draw(
        st.sampled_from([("module", MODULE), ("questions", QUESTIONS), ("parcours", PARCOURS), ("page", PAGE)])
    )
    lines = text.split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    kept = (
        lines[:at]
        + lines[at:][data.draw(st.integers(0, 3)) :]
        + data.draw(st.lists(st.sampled_from(lines), max_size=2))
    )
    for fault in parse_catalogue(files(**{name: "\n".join(kept)})).faults:
        assert fault.line >= 1
        assert fault.sentence[-1] in ".»"


def test_the_readme_of_the_folder_is_nobodys_page():
    assert parse_catalogue({"LISEZMOI.md": b"# Rien"}).faults == []
    assert isinstance(NATIONAL, Path)
