import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.site.engine import prose

MISSING = "à compléter"


def test_a_placeholder_shows_the_name_of_the_operator():
    assert prose.fill("<p>{{ editeur }}</p>", {"editeur": "ANCT"}, MISSING) == "<p>ANCT</p>"


@pytest.mark.parametrize("values", [{}, {"editeur": ""}, {"editeur": "  "}])
def test_what_the_operator_has_not_said_is_shown_as_missing(values):
    assert prose.fill("<p>{{editeur}}</p>", values, MISSING) == "<p><mark>à compléter</mark></p>"


def test_the_lines_of_an_address_stay_lines():
    assert prose.fill("{{ hebergeur }}", {"hebergeur": "OVH\n2 rue Kellermann"}, MISSING) == "OVH<br>2 rue Kellermann"


def test_an_address_can_be_written_to():
    filled = prose.fill("{{ dpo }}", {"dpo": "dpo@anct-exemple.fr"}, MISSING)
    assert filled == '<a href="mailto:dpo@anct-exemple.fr">dpo@anct-exemple.fr</a>'


def test_markup_typed_in_an_identity_is_shown_and_not_run():
    assert "<script>" not in prose.fill("{{ dpo }}", {"dpo": "<script>alert(1)</script>"}, MISSING)


def test_typography_never_touches_an_address():
    html = '<a href="/x?a=1 :b">Quoi ?</a>'
    assert prose.text_nodes(html, lambda text: text.replace(" ?", "\u00a0?")) == '<a href="/x?a=1 :b">Quoi\u00a0?</a>'


def test_a_page_is_cut_before_each_heading_of_level_two():
    assert prose.sections('<p>a</p><h2 id="x">B</h2><p>b</p><h2>C</h2>') == (
        "<p>a</p>",
        ['<h2 id="x">B</h2><p>b</p>', "<h2>C</h2>"],
    )
    assert prose.sections("<h2>B</h2>") == ("", ["<h2>B</h2>"])
    assert prose.sections("<p>a</p>") == ("<p>a</p>", [])


@given(st.text(alphabet="<h2>/p ab\n"))
def test_cutting_a_page_loses_nothing(html):
    first, rest = prose.sections(html)
    assert first + "".join(rest) == html


@pytest.mark.parametrize(
    ("paragraph", "links"),
    [
        ('<a href="/a/">A</a>', [("/a/", "A")]),
        ('<a href="/a/">A</a> · <a href="/b/">B</a>', [("/a/", "A"), ("/b/", "B")]),
        ('Voir <a href="/a/">A</a>', []),
        ("Rien", []),
    ],
)
def test_a_paragraph_of_links_is_told_from_a_sentence(paragraph, links):
    assert prose.links_alone(paragraph) == links


def test_only_paragraphs_of_links_are_drawn_otherwise():
    html = '<p>Voir <a href="/a/">A</a>.</p><p><a href="/b/">B</a></p>'
    assert prose.rows_of_links(html, lambda links: f"[{links[0][1]}]") == '<p>Voir <a href="/a/">A</a>.</p>[B]'
