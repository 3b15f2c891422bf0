import pytest

from parcours.catalogue.engine.cleaning import clean_node, clean_rich_text

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src="x" onerror="alert(1)">',
    '<a href="javascript:alert(1)">ici</a>',
    '<p style="position:fixed">x</p>',
    "<iframe src='https://a.fr'></iframe>",
    "<svg><script>alert(1)</script></svg>",
    '<form action="https://a.fr"><input name="mot"></form>',
    "<style>p{display:none}</style>",
]


@pytest.mark.parametrize("html", HOSTILE)
@pytest.mark.parametrize("clean", [clean_rich_text, clean_node])
def test_nothing_that_runs_or_moves_the_page_enters_an_edition(clean, html):
    cleaned = clean(f"<p>avant</p>{html}")
    for part in ("script", "onerror", "javascript", "style", "iframe", "<form", "alert"):
        assert part not in cleaned
    assert "<p>avant</p>" in cleaned


def test_what_teaches_is_kept():
    html = (
        '<p lang="en">Hello <abbr title="Règlement général">RGPD</abbr></p>'
        '<table><caption>Durées</caption><thead><tr><th scope="col">Jour</th></tr></thead>'
        "<tbody><tr><td>1</td></tr></tbody></table>"
        '<ol start="3"><li>trois</li></ol>'
    )
    assert clean_rich_text(html) == html
    figure = (
        '<figure class="bloc-image"><img src="/a.svg" alt="" width="4" height="3" loading="lazy">'
        "<figcaption>Qui</figcaption></figure><details><summary>Lire</summary><p>Texte</p></details>"
    )
    assert clean_node(figure) == figure


def test_what_somebody_wrote_carries_no_class_of_ours():
    assert clean_rich_text('<p class="bloc--attention">x</p>') == "<p>x</p>"


def test_a_link_of_the_cms_survives_until_it_is_resolved():
    html = '<p><a linktype="page" id="7">là</a></p>'
    assert clean_rich_text(html) == html
