"""Five blocks as text: read, written back the same, counted, and refused at their line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcours.catalogue.engine import written
from parcours.catalogue.engine.catalogue import parse_catalogue
from parcours.catalogue.engine.durations import measure
from tests.catalogue.engine.texts import MODULE, files, line_of

AUDIO = "::: audio\nfichier: message.mp3\nminutes: 2\ntitre: Un message\n---\nBonjour.\n:::\n"
ACCORDEON = "::: accordeon Pour aller plus loin\n### La loi\nUn texte.\n\n- un\n- deux\n### L’origine\nUn autre.\n:::\n"
CITATION = "::: citation\nauteur: Anne Ici\nsource: Rapport\nannee: 2019\nurl: https://a.fr/b\n---\nUn.\n\nDeux.\n:::\n"
GLOSSAIRE = "::: glossaire Les mots\nMandat : un écrit.\n  Et sa suite.\nUsager : une *personne*.\n:::\n"
DIALOGUE = """\
::: dialogue Elle tend son téléphone
id: telephone
situation: À la mairie.
personne: La dame
---
replique: demande
dit: Faites-le : je n’y comprends rien.
reponse: Gardez la souris.
retour: Elle agit.
suite: doute
reponse: Votre mot de passe ?
retour: Sans mandat.
suite: fin
---
replique: doute
dit: Et si je me trompe ?
reponse: On relit.
retour: Elle est rassurée.
suite: fin
reponse: Laissez-moi faire.
retour: Elle n’apprend rien.
suite: demande
:::
"""
ALL = AUDIO + ACCORDEON + CITATION + GLOSSAIRE + DIALOGUE


def catalogue(blocks: str, sound: bytes = b"ID3\x03 et la suite"):
    with_blocks = MODULE.replace("::: questions", f"{blocks}\n::: questions")
    return parse_catalogue(files(module=with_blocks) | {"media/message.mp3": sound}), with_blocks


def faults(blocks: str, **options) -> list[tuple[int, str]]:
    found, _ = catalogue(blocks, **options)
    return [(fault.line, fault.sentence) for fault in found.faults]


def content(blocks: str, kind: str) -> list[dict]:
    found, _ = catalogue(blocks)
    assert found.faults == []
    return [block["value"] for block in found.modules[0].etapes[0].value["content"] if block["type"] == kind]


def text_of(blocks: str) -> str:
    found, _ = catalogue(blocks)
    assert list(map(str, found.faults)) == []
    (module,) = found.modules
    lines = written.module_lines(module.values | {"body": module.body}, lambda kind, reference: str(reference))
    start = next(rank for rank, line in enumerate(lines) if line.startswith("::: exercice"))
    end = next(rank for rank, line in enumerate(lines) if line.startswith("::: questions"))
    first = lines.index(":::", start) + 1
    return "\n".join(lines[first:end])


def test_each_block_becomes_the_content_of_the_cms():
    (glossary,) = content(ALL, "glossaire")
    assert [item["value"] for item in glossary["terms"]] == [
        {"term": "Mandat", "definition": "<p>un écrit. Et sa suite.</p>"},
        {"term": "Usager", "definition": "<p>une <i>personne</i>.</p>"},
    ]
    (accordion,) = content(ALL, "accordeon")
    assert [item["value"]["title"] for item in accordion["sections"]] == ["La loi", "L’origine"]
    assert accordion["sections"][0]["value"]["text"] == "<p>Un texte.</p><ul><li>un</li><li>deux</li></ul>"
    (citation,) = content(ALL, "citation")
    assert citation == {
        "text": "<p>Un.</p><p>Deux.</p>",
        "author": "Anne Ici",
        "source": "Rapport",
        "year": 2019,
        "url": "https://a.fr/b",
    }
    (dialogue,) = content(ALL, "dialogue")
    assert [item["value"]["name"] for item in dialogue["replicas"]] == ["demande", "doute"]
    assert dialogue["person"] == "La dame"
    (audio,) = content(ALL, "audio")
    assert (audio["audio"], audio["minutes"], audio["transcript"]) == ("message.mp3", 2, "<p>Bonjour.</p>")


def test_ids_are_the_same_each_time_and_all_different():
    def ids(value):
        if isinstance(value, dict):
            own = [value["id"]] if "id" in value and "value" in value else []
            return own + [found for item in value.values() for found in ids(item)]
        return [found for item in value for found in ids(item)] if isinstance(value, list) else []

    found = ids(catalogue(ALL)[0].modules[0].body)
    assert found == ids(catalogue(ALL)[0].modules[0].body)
    assert len(set(found)) == len(found)


def test_a_glossary_needs_no_title():
    assert content(GLOSSAIRE.replace(" Les mots", ""), "glossaire")[0]["title"] == "Glossaire"


@pytest.mark.parametrize(
    ("part", "replacement", "at", "sentence"),
    [
        ("---\nBonjour.\n", "", "::: audio", "il manque la transcription"),
        ("fichier: message.mp3", "fichier: absent.mp3", "::: audio", "n’existe pas"),
        ("fichier: message.mp3", "fichier: schema.svg", "::: audio", "les formats possibles ici sont .mp3"),
        ("### L’origine\nUn autre.\n", "", "::: accordeon", "au moins deux sections"),
        ("### La loi\n", "", "Un texte.", "commence par le titre"),
        ("Un autre.\n", "", "### L’origine", "le texte de la section"),
        ("::: accordeon Pour aller plus loin", "::: accordeon", "::: accordeon", "il manque un titre"),
        ("source: Rapport\n", "", "::: citation", "il manque « source »"),
        ("annee: 2019", "annee: jadis", "annee: jadis", "un nombre entier"),
        ("https://a.fr/b", "http://a.fr/b", "::: citation", "https://"),
        ("Mandat : un écrit.\n  Et sa suite.", "Mandat", "\nMandat\n", "terme : définition"),
        ("Usager : une", "Mandat : une", "::: glossaire", "défini deux fois"),
        ("suite: doute", "suite: ailleurs", "replique: demande", "mène à « ailleurs », qui n’existe pas"),
        ("suite: doute\n", "", "reponse: Gardez", "il manque « suite »"),
        ("suite: doute", "suite: fin", "replique: doute", "aucune réponse ne mène"),
        ("replique: doute", "replique: demande", "replique: demande\ndit: Et si", "le même nom"),
        ("situation: À la mairie.\n", "", "::: dialogue", "il manque « situation »"),
    ],
)
def test_a_spoilt_block_is_refused_at_its_line(part, replacement, at, sentence):
    assert part in ALL
    spoilt = ALL.replace(part, replacement, 1)
    _, text = catalogue(spoilt)
    said = [(line, told.replace("\u00a0", " ")) for line, told in faults(spoilt)]
    assert line_of(text, at) + (at[0] == "\n") in [line for line, told in said if sentence in told], said


def test_a_file_that_is_not_a_sound_is_refused():
    assert any("n’est pas celui d’un fichier mp3" in said for _, said in faults(AUDIO, sound=b"%PDF-1.7"))


def test_a_section_without_text_is_not_a_section():
    assert any("La loi" in said for _, said in faults(ACCORDEON.replace("Un texte.\n\n- un\n- deux\n", "")))


def test_what_is_listened_to_lasts_and_what_everybody_reads_counts():
    plain = measure(catalogue("")[0].modules[0].etapes[0].value)
    with_sound = measure(catalogue(AUDIO)[0].modules[0].etapes[0].value)
    assert (with_sound.audio, with_sound.earned - plain.earned) == (2, 2)
    assert "2 min d’écoute" in with_sound.basis


@pytest.mark.parametrize(
    ("block", "read"),
    [
        (GLOSSAIRE, "Les mots Mandat un écrit Et sa suite Usager une personne"),
        (CITATION, "Un Deux"),
        (ACCORDEON, "Pour aller plus loin La loi Un texte un deux L’origine Un autre"),
        (
            DIALOGUE,
            "Elle tend son téléphone À la mairie Faites-le je n’y comprends rien "
            "Gardez la souris Votre mot de passe Sans mandat",
        ),
    ],
)
def test_what_everybody_reads_of_a_block_counts(block, read):
    words = [measure(catalogue(blocks)[0].modules[0].etapes[0].value).words for blocks in ("", block)]
    assert words[1] - words[0] == len(read.split())


def test_written_back_they_are_what_was_read():
    assert text_of(text_of(ALL)) == text_of(ALL)
    assert content(text_of(ALL), "citation") == content(ALL, "citation")


word = st.text(st.sampled_from("abcdeéèàç’*-"), min_size=1, max_size=8).filter(lambda text: text.strip("*-’"))
words = st.lists(st.text(st.sampled_from("abcdeéèàç"), min_size=1, max_size=8), min_size=1, max_size=6).map(" ".join)
paragraphs = st.lists(words, min_size=1, max_size=3).map("\n\n".join)
lists = st.lists(words, min_size=1, max_size=3).map(lambda items: "\n".join(f"- {item}" for item in items))
passages = st.lists(paragraphs | lists, min_size=1, max_size=3).map("\n\n".join)


@st.composite
def dialogues(draw):
    """Replica after replica, each reply going on or ending."""
    count = draw(st.integers(2, 5))
    parts = [f"situation: {draw(words)}\npersonne: {draw(words)}"]
    for rank in range(count):
        onward = f"r{rank + 1}" if rank + 1 < count else "fin"
        replies = "\n".join(
            f"reponse: {draw(words)}\nretour: {draw(words)}\nsuite: {suite}" for suite in (onward, "fin")
        )
        parts.append(f"replique: r{rank}\ndit: {draw(words)} ?\n{replies}")
    return f"::: dialogue {draw(words)}\n" + "\n---\n".join(parts) + "\n:::\n"


@st.composite
def glossaries(draw):
    terms = draw(st.lists(words, min_size=1, max_size=4, unique_by=str.casefold))
    return f"::: glossaire {draw(words)}\n" + "".join(f"{term} : {draw(words)}\n" for term in terms) + ":::\n"


@st.composite
def accordions(draw):
    sections = draw(st.lists(st.tuples(words, passages), min_size=2, max_size=4))
    return f"::: accordeon {draw(words)}\n" + "\n".join(f"### {title}\n{text}" for title, text in sections) + "\n:::\n"


@st.composite
def citations(draw):
    year = draw(st.none() | st.integers(1, 2026))
    head = [f"source: {draw(words)}", *([f"annee: {year}"] if year else [])]
    return "::: citation\n" + "\n".join(head) + f"\n---\n{draw(passages)}\n:::\n"


sounds = st.builds(
    lambda title, minutes, text: (
        f"::: audio\nfichier: message.mp3\nminutes: {minutes}\ntitre: {title}\n---\n{text}\n:::\n"
    ),
    words,
    st.integers(1, 20),
    passages,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(dialogues() | glossaries() | accordions() | citations() | sounds, min_size=1, max_size=4).map("".join))
def test_whatever_is_read_is_written_then_read_the_same(blocks):
    once = text_of(blocks)
    assert text_of(once) == once
    for kind in ("citation", "audio"):
        assert content(once, kind) == content(blocks, kind)
