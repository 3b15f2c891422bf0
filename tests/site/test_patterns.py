from functools import partial

from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.text import slugify

from lms.site.patterns import told
from lms.site.templatetags.ui import placing

TICK = "components/tick.html"


def tick(label, value):
    return told(TICK, {"name": "inscription", "ticked": False}, label=label, value=value)


def test_each_row_says_its_own_words_around_what_all_rows_share():
    assert 'id="inscription-7"' in tick("Aya Diallo", 7) and "Aya Diallo" in tick("Aya Diallo", 7)
    assert 'id="inscription-8"' in tick("Zoé", 8) and "Aya" not in tick("Zoé", 8)


def test_what_somebody_wrote_stays_text_and_what_is_known_to_be_safe_stays_as_it_is():
    assert "&lt;b&gt;" in tick("<b>", 1) and "<b>" not in tick("<b>", 1)
    assert "<i>Aya</i>" in tick(mark_safe("<i>Aya</i>"), 1)


def test_a_word_that_a_row_lacks_leaves_nothing_of_the_row_before():
    beside = partial(told, "components/link.html", {"icon": "", "download": False, "external": False}, href="/")
    assert "(2 Mo)" in beside(label="Fiche", detail="2 Mo")
    assert "(" not in beside(label="Fiche", detail="") and "(" not in beside(label="Fiche", detail=None)


def test_the_menu_and_the_trail_of_one_reader_keep_nothing_for_the_next():
    for one in ("Aya & fils", "Zoé"):
        entry = {"label": one, "url": f"/{slugify(one)}/", "current": True}
        html = placing.sidemenu(one, [entry]) + placing.trail([(one, entry["url"])], one)
        assert html.count(conditional_escape(one)) == 6 and html.count(entry["url"]) == 2
        assert ("Aya" in html) == (one != "Zoé")
