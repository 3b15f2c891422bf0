"""Words: titles, states, links, numbers."""

from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from lms.site.drawing import drawn
from lms.site.patterns import told
from lms.site.templatetags.ui.library import one_of, register

BADGE_KINDS = ("neutral", "info", "success", "warning", "error", "new")
BADGE_OF_STATE = {
    "à faire": "new",
    "à venir": "neutral",
    "brouillon": "neutral",
    "en cours": "info",
    "déposé": "info",
    "en attente": "info",
    "terminé": "success",
    "validé": "success",
    "valide": "success",
    "répondue": "success",
    "publiée": "info",
    "terminée": "success",
    "annulée": "error",
    "refusé": "error",
    "révoquée": "error",
    "révoqué": "error",
    "expiré": "warning",
}


@register.simple_tag
def icon(name, label=""):
    return drawn("components/icon.html", name=name, label=label)


@register.simple_tag
def badge(label, kind="", icon=True):
    """A state in a word. Without a kind, the colour is the one this word has everywhere in the product."""
    kind = kind or BADGE_OF_STATE.get(str(label).lower(), "neutral")
    return drawn("components/badge.html", label=label, kind=one_of(kind, BADGE_KINDS, "badge"), icon=icon)


@register.simple_tag
def pagehead(title, eyebrow="", lead="", state="", state_kind=""):
    drawn_state = badge(state, state_kind) if state else ""
    return told("components/pagehead.html", {}, title=title, eyebrow=eyebrow, lead=lead or "", state=drawn_state)


@register.simple_tag
def link(label, href, detail="", icon="", download=False, external=False):
    words = {"icon": icon, "download": download, "external": external}
    return told("components/link.html", words, label=label, href=href, detail=detail)


LED = '<td class="ui-number"><a href="{1}">{0}</a></td>'
UNLED = '<td class="ui-number ui-number--unled">{0}</td>'


@register.simple_tag
def numbers(cells):
    """The cells of a row, each leading to its list when it has one: a board holds hundreds, they are drawn at once."""
    words = [(conditional_escape(cell.text), conditional_escape(cell.url)) for cell in cells]
    return mark_safe("".join(LED.format(text, url) if url else UNLED.format(text) for text, url in words))


@register.inclusion_tag("components/copy.html")
def copy(value, label="Copier"):
    return {"value": value, "label": label}
