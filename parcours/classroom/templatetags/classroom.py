"""The frame of a session: what it is, and the pages about it that the reader may open."""

from typing import NamedTuple

from django import template

from lms.site.drawing import drawn
from lms.site.patterns import told
from lms.site.templatetags.ui.words import badge
from parcours.classroom.documents import tabs_of
from parcours.classroom.documents.dates import hours_line, zone_named

register = template.Library()


class SessionTab(NamedTuple):
    label: str
    url: str
    detail: str
    current: bool


@register.simple_tag(takes_context=True)
def session_tabs(context, session):
    """The one on screen is the longest address that begins its own."""
    request = context["request"]
    path = getattr(session, "standing_at", request.path)
    tabs = [(tab, tab.url_of(session)) for tab in tabs_of(session, request.user)]
    here = max((url for _, url in tabs if path.startswith(url)), key=len, default="")
    items = (SessionTab(tab.label, url, tab.count(session) if tab.count else "", url == here) for tab, url in tabs)
    return drawn("components/subnav.html", items=tuple(items), label="Cette session")


@register.simple_tag
def session_row(row):
    """A line of the list of sessions: `row`, a Row."""
    return told("classroom/_session_row.html", {}, **row._asdict() | {"state": badge(row.state)})


@register.simple_tag
def row_changes(changes, public_id, name):
    """What may be done of a row; `changes`: each in a word, with what its address begins and ends with."""
    return told("classroom/_changes.html", {"changes": changes}, public_id=public_id, name=name)


@register.filter
def zone(session):
    return zone_named(session.zone)


register.filter("hours", hours_line)
