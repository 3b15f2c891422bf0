from django.utils.safestring import mark_safe

from lms.site.patterns import told

TICK = "components/tick.html"


def tick(label, value):
    return told(TICK, {"name": "inscription", "ticked": False}, label=label, value=value)


def test_each_row_says_its_own_words_around_what_all_rows_share():
    assert 'id="inscription-7"' in tick("Aya Diallo", 7) and "Aya Diallo" in tick("Aya Diallo", 7)
    assert 'id="inscription-8"' in tick("Zoé", 8) and "Aya" not in tick("Zoé", 8)


def test_what_somebody_wrote_stays_text_and_what_is_known_to_be_safe_stays_as_it_is():
    assert "&lt;b&gt;" in tick("<b>", 1) and "<b>" not in tick("<b>", 1)
    assert "<i>Aya</i>" in tick(mark_safe("<i>Aya</i>"), 1)
