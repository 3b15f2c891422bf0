import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcours.catalogue.engine.markdown import to_html, to_steps
from parcours.catalogue.engine.source import Source
from parcours.catalogue.engine.written import markdown


def html(text: str, **options) -> tuple[str, list[str]]:
    source = Source("essai.md", [])
    made = to_html(source, list(enumerate(text.split("\n"), start=10)), **options)
    return made, [f"{fault.line} {fault.sentence}" for fault in source.faults]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un mandat **écrit**, *toujours*.", "<p>Un mandat <b>écrit</b>, <i>toujours</i>.</p>"),
        ("Une ligne\net sa suite", "<p>Une ligne et sa suite</p>"),
        ("- un\n- deux", "<ul><li>un</li><li>deux</li></ul>"),
        ("- un\n\n- deux", "<ul><li>un</li><li>deux</li></ul>"),
        ("3. trois\n4. quatre", '<ol start="3"><li>trois</li><li>quatre</li></ol>'),
        ("- un\n  - dedans", "<ul><li>un<ul><li>dedans</li></ul></li></ul>"),
        ("> Elle a dit", "<blockquote>Elle a dit</blockquote>"),
        ("`ameli.fr` est officiel", "<p><code>ameli.fr</code> est officiel</p>"),
        ("[le site](https://a.fr/?x=1&y=2)", '<p><a href="https://a.fr/?x=1&amp;y=2">le site</a></p>'),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        (
            "Qui ? Lui : « oui » ; 20 000 % !",
            "<p>Qui\u00a0? Lui\u00a0: «\u00a0oui\u00a0»\u00a0; 20\u00a0000\u00a0%\u00a0!</p>",
        ),
        ("L'aide `a : b`", "<p>L’aide <code>a : b</code></p>"),
    ],
)
def test_markdown_becomes_the_html_of_the_cms(text, expected):
    assert html(text) == (expected, [])


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("Texte\n\n# Titre", 12, "##"),
        ("Texte\n\n#### Titre", 12, "##"),
        ("Texte\n\n    decalé", 12, "quatre espaces"),
        ("```\ncode\n```", 10, "bloc de code"),
        ("a <b>gras</b>", 10, "HTML"),
        ("a\n\n[lien](http://a.fr)", 12, "https://"),
        ("a\n\n[lien](autre-page)", 12, "https://"),
    ],
)
def test_what_the_cms_has_no_place_for_is_said_at_its_line(text, line, part):
    _, faults = html(text, titles=True)
    assert [fault for fault in faults if fault.startswith(f"{line} ") and part in fault]


def test_a_title_is_for_text_not_for_a_callout():
    assert html("## Titre", titles=True) == ("<h2>Titre</h2>", [])
    assert html("## Titre")[1] == ["10 un titre ne va pas dans un bloc\u00a0; donnez un titre au bloc."]


def test_steps_are_each_rich_text_of_their_own():
    source = Source("essai.md", [])
    lines = list(enumerate(["1. **Lire** :", "   - tout", "   - haut", "2. Signer"], start=1))
    assert to_steps(source, lines, 1) == [
        "<p><b>Lire</b>\u00a0:</p><ul><li>tout</li><li>haut</li></ul>",
        "<p>Signer</p>",
    ]
    assert source.faults == []


def name_of(kind, reference):
    return f"{kind}:{reference}"


@pytest.mark.parametrize(
    "lines",
    [
        ["Un mandat **écrit** et *daté*."],
        ["## Titre", "Texte"],
        ["- un", "  - dedans", "- deux"],
        ["3. trois", "4. quatre"],
        ["> Elle a dit"],
        ["[le site](https://a.fr/?x=1&y=2) et `code`"],
    ],
)
def test_rich_text_is_written_back_as_it_was(lines):
    text = "\n\n".join(lines) if not lines[0].startswith(("-", "3.")) else "\n".join(lines)
    made, faults = html(text, titles=True)
    assert faults == []
    assert markdown(made, name_of) == lines


def test_what_the_editor_of_the_cms_adds_is_not_a_difference():
    assert markdown('<p data-block-key="x1y2z">Un <b>mandat</b></p>', name_of) == ["Un **mandat**"]
    assert markdown("<p>Un&#x27;e <b>x</b></p>\n\n", name_of) == ["Un'e **x**"]


def test_a_link_of_the_cms_is_shown_by_what_it_points_to():
    assert markdown('<p><a linktype="page" id="7">là</a></p>', name_of) == ["[là](page:7)"]


WORDS = st.text(alphabet="abcdé -*_`[]()<>&#:«»1.!", max_size=60)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=5))
def test_no_text_makes_the_writer_fail_and_nothing_runs(lines):
    made, _ = html("\n".join(lines), titles=True)
    assert "<script" not in made
    markdown(made, name_of)
