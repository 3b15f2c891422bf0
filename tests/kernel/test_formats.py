import datetime
import re
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from lms.kernel import formats


def seen(text):
    """The text with its unbreakable spaces drawn as «_»."""
    return text.replace("\u00a0", "_")


@pytest.mark.parametrize(
    ("minutes", "written"),
    [(0, "0_min"), (45, "45_min"), (60, "1_h"), (65, "1_h_05"), (210, "3_h_30"), (630, "10_h_30"), (-90, "−1_h_30")],
)
def test_durations(minutes, written):
    assert seen(formats.duration(minutes)) == written


@pytest.mark.parametrize(
    ("size", "written"),
    [(0, "1_ko"), (400, "1_ko"), (34_120, "34_ko"), (999_499, "999_ko"), (999_500, "1,0_Mo"), (12_340_000, "12,3_Mo")],
)
def test_weights(size, written):
    assert seen(formats.weight(size)) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (datetime.date(2026, 11, 21), "samedi 21_novembre 2026"),
        (datetime.date(2026, 11, 1), "dimanche 1er_novembre 2026"),
        (datetime.date(2027, 8, 2), "lundi 2_août 2027"),
    ],
)
def test_long_dates(day, written):
    assert seen(formats.date_long(day)) == written


def test_short_dates():
    assert formats.date_short(datetime.date(2026, 1, 2)) == "02/01/2026"


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        ((2026, 11, 24), (2026, 11, 24), "mardi 24_novembre 2026"),
        ((2026, 11, 24), (2026, 11, 25), "du mardi 24 au mercredi 25_novembre 2026"),
        ((2026, 11, 30), (2026, 12, 1), "du lundi 30_novembre au mardi 1er_décembre 2026"),
        ((2026, 12, 31), (2027, 1, 4), "du jeudi 31_décembre 2026 au lundi 4_janvier 2027"),
    ],
)
def test_a_span_of_days_says_once_what_both_share(first, last, written):
    assert seen(formats.date_span(datetime.date(*first), datetime.date(*last))) == written


@pytest.mark.parametrize(
    ("hour", "minute", "written"), [(9, 30, "9_h_30"), (9, 0, "9_h"), (14, 5, "14_h_05"), (0, 0, "0_h")]
)
def test_times(hour, minute, written):
    assert seen(formats.time_short(datetime.time(hour, minute))) == written


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (124, 200, "62_% (124_sur_200)"),
        (0, 0, "– (0_sur_0)"),
        (0, 7, "0_% (0_sur_7)"),
        (1, 20000, "1_% (1_sur_20_000)"),
        (19999, 20000, "99_% (19_999_sur_20_000)"),
        (3, 3, "100_% (3_sur_3)"),
        (1, 8, "13_% (1_sur_8)"),
    ],
)
def test_shares_are_rounded_with_the_count_beside(part, whole, written):
    assert seen(formats.percent(part, whole)) == written


@pytest.mark.parametrize(
    ("cents", "written"),
    [(123450, "1_234,50_€"), (5, "0,05_€"), (-2500, "−25,00_€"), (10**17 + 1, "1_000_000_000_000_000,01_€")],
)
def test_amounts(cents, written):
    assert seen(formats.money(cents)) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Attention : lisez « ceci » !", "Attention_: lisez «_ceci_»_!"),
        ("20 000 aidants, 62 % et 12 €", "20_000 aidants, 62_% et 12_€"),
        ("3 h 30 ou 45 min", "3_h_30 ou 45_min"),
        ("https://exemple.fr/?a=1", "https://exemple.fr/?a=1"),
        ("en 2026 120 personnes", "en 2026_120 personnes"),
    ],
)
def test_spaces_that_must_not_break(text, written):
    assert seen(formats.nbsp(text)) == written


def test_an_instant_is_told_in_the_reader_s_zone():
    noon = datetime.datetime(2026, 11, 21, 11, 30, tzinfo=datetime.UTC)
    assert seen(formats.instant(noon)) == "samedi 21_novembre 2026 à_12_h_30"
    with timezone.override(ZoneInfo("Indian/Reunion")):
        assert seen(formats.instant(noon)) == "samedi 21_novembre 2026 à_15_h_30"


def test_the_zone_of_a_place_is_named_when_it_is_not_the_reader_s():
    noon = datetime.datetime(2026, 11, 21, 11, 30, tzinfo=datetime.UTC)
    assert seen(formats.instant(noon, "Pacific/Noumea")).endswith("22_h_30 (heure de la Nouvelle-Calédonie)")
    assert "heure" not in formats.instant(noon, "Europe/Paris")


def test_the_two_half_past_two_of_an_october_night_are_told_apart():
    first, second = (datetime.datetime(2026, 10, 25, hour, 30, tzinfo=datetime.UTC) for hour in (0, 1))
    assert seen(formats.instant(first)) == "dimanche 25_octobre 2026 à_2_h_30, heure d’été"
    assert seen(formats.instant(second)) == "dimanche 25_octobre 2026 à_2_h_30, heure d’hiver"


@given(st.integers(0, 10**6))
def test_a_written_duration_reads_back(minutes):
    read = re.fullmatch(r"(?:(\d+)\u00a0h)?(?:\u00a0?(\d+)(?:\u00a0min)?)?", formats.duration(minutes))
    assert int(read[1] or 0) * 60 + int(read[2] or 0) == minutes


@given(st.dates())
def test_a_written_date_names_its_day_its_month_and_its_year(day):
    weekday, rank, year = formats.date_long(day).split(" ")
    number, month = rank.split("\u00a0")
    assert formats.DAYS.index(weekday) == day.weekday()
    assert int(number.removesuffix("er")) == day.day
    assert (formats.MONTHS.index(month) + 1, int(year)) == (day.month, day.year)


@given(st.integers(-(10**15), 10**15))
def test_a_written_amount_reads_back(cents):
    written = formats.money(cents).replace("\u00a0", "").replace("−", "-")
    assert int(written.replace(",", "").removesuffix("€")) == cents


@given(st.integers(1, 10**6).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_a_share_is_whole_or_nothing_only_when_it_is(counts):
    part, whole = counts
    share = int(formats.percent(part, whole).split("\u00a0")[0])
    assert (share == 0, share == 100) == (part == 0, part == whole)
    assert abs(share - 100 * part / whole) <= 1


@given(st.text(alphabet=" \u00a0\u202f«»:;!?%€abh1234567890min"))
def test_making_spaces_unbreakable_changes_spaces_only_and_once(text):
    written = formats.nbsp(text)
    assert formats.nbsp(written) == written
    assert re.sub(r"\s", "", written) == re.sub(r"\s", "", text)


@given(st.datetimes(timezones=st.sampled_from([ZoneInfo(name) for name in formats.ZONES])))
def test_every_french_zone_has_its_name(moment):
    assert "/" not in formats.instant(moment, moment.tzinfo)


def render(source, **context):
    return seen(Template("{% load formats %}" + source).render(Context(context)))


def test_the_same_formats_are_filters_of_templates():
    assert render("{{ minutes|duration }}", minutes=210) == "3_h_30"
    assert render("{{ value|number:1 }}", value=1234.5) == "1_234,5"
    assert render("{% percent 124 200 %}") == "62_% (124_sur_200)"
    assert render("{{ day|date_long }}", day=datetime.date(2026, 11, 1)) == "dimanche 1er_novembre 2026"


def test_what_is_empty_stays_empty():
    assert render("[{{ nothing|duration }}{{ nothing|date_long }}{{ nothing|nbsp }}]", nothing=None) == "[]"


def test_unbreakable_spaces_neither_open_nor_double_escaping():
    assert render("{{ text|nbsp }}", text="<b> !") == "&lt;b&gt;_!"
    assert render("{{ text|nbsp }}", text=mark_safe("<b> !")) == "<b>_!"


@pytest.mark.parametrize(("count", "written"), [(0, "0 étape"), (1, "1 étape"), (2, "2 étapes"), ([], "[] étape")])
def test_the_plural_begins_at_two(count, written):
    assert render("{{ count }} étape{{ count|pluralize }}", count=count) == written
