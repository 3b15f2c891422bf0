"""The déroulé of a half-day in one file: read on a screen, printed on two pages, without network."""

from functools import lru_cache

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.text import slugify

from lms.kernel.formats import date_long
from parcours.classroom.documents.dates import hours_line
from parcours.classroom.documents.deroules import shown


def deroule_file(half_day) -> bytes:
    context = {
        **shown(half_day),
        "session": half_day.session,
        "hours": hours_line(half_day),
        "today": date_long(timezone.localdate()),
        "style": mark_safe(f"<style>{_style()}</style>"),
    }
    return render_to_string("classroom/deroule_file.html", context).encode()


def file_name(half_day) -> str:
    return f"deroule-{half_day.day:%Y-%m-%d}-{slugify(half_day.session.title)[:60]}-{half_day.position}.html"


@lru_cache(maxsize=1)
def _style() -> str:
    with open(finders.find("classroom/deroule.css"), encoding="utf-8") as file:
        return file.read()
