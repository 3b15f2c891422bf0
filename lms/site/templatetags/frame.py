"""The frame around a page, drawn once for everybody where it can be, and what editorial pages generate."""

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from wagtail.rich_text import expand_db_html

from lms.kernel import privacy
from lms.kernel.formats import NBSP, nbsp

from ..context_processors import brand_lines
from ..drawing import drawn
from ..engine import prose
from ..menus import entries_of, opens_to, pages_of, public_pages
from ..models import SiteIdentity
from .ui.placing import sidemenu

register = template.Library()

STATE_SITES = ("info.gouv.fr", "service-public.gouv.fr", "legifrance.gouv.fr", "data.gouv.fr")
LINKS = (
    ("Mentions légales", "/mentions-legales/"),
    ("Données personnelles", "/donnees-personnelles/"),
    ("Conditions d’utilisation", "/conditions-utilisation/"),
    ("Aide", "/aide/"),
    ("Réclamations", "/reclamations/"),
    ("Version légère", "/version-legere/"),
)
MISSING = "à compléter par l’éditeur"


@register.simple_tag
def once(name):
    """A piece that is the same on every page."""
    return drawn(name)


@register.simple_tag
def brand(service):
    return drawn("site/brand.html", lines=tuple(service.brand), name=service.name, tagline=service.tagline)


@register.simple_tag
def navigation(service):
    """The same for all who have the same spaces and stand in the same one."""
    shown = ("label", "url", "icon", "current", "public")
    entries = tuple(tuple(entry.get(name, "") for name in shown) for entry in service.menu)
    return drawn("site/navigation.html", entries=entries, signed_in=service.signed_in)


@register.simple_tag
def footer():
    level = SiteIdentity.texts()["accessibility"]
    return drawn(
        "site/footer.html",
        name=settings.SITE_NAME,
        tagline=settings.SITE_TAGLINE,
        brand=tuple(brand_lines(settings.BLOC_MARQUE)),
        links=(("Plan du site", "/plan-du-site/"), (f"Accessibilité{NBSP}: {level}", "/accessibilite/"), *LINKS),
        state_sites=STATE_SITES,
        source_code_url=settings.SOURCE_CODE_URL,
    )


@register.filter
def editorial(value):
    """Rich text as the site shows it: the operator's names filled in, French spaces, rows of links drawn."""
    html = expand_db_html(getattr(value, "source", str(value)))
    html = prose.fill(html, SiteIdentity.texts() | {"nom_du_site": settings.SITE_NAME}, MISSING)
    html = prose.rows_of_links(prose.text_nodes(html, nbsp), drawn_links)
    return mark_safe(html)


@register.filter
def read_by(html, person):
    """What `editorial` gives, without the links that this person would be refused."""
    return mark_safe(prose.without_links(html, lambda href: opens_to(href, person)))


@register.filter
def sections(html):
    return [mark_safe(part) for part in prose.sections(html)[1]]


@register.filter
def opening(html):
    return mark_safe(prose.sections(html)[0])


def drawn_links(links):
    """One or several links standing alone: what one can do from here."""
    items = format_html_join("", '<li><a class="ui-go" href="{}">{}</a></li>', ((h, mark_safe(t)) for h, t in links))
    return format_html('<ul class="ui-goes">{}</ul>', items)


@register.simple_tag(takes_context=True)
def space_menu(context, space, at=""):
    """The pages of a space that this person may open; the one on screen is the longest address that begins its own,
    or `at`, the address of the page it belongs to."""
    request = context["request"]
    links = [(one.label, one.url, one.beside(request.user)) for one in entries_of(space, request.user)]
    return side_menu(space, links, at or request.path)


@register.simple_tag(takes_context=True)
def structure_menu(context, organisation, at=""):
    """The same about one structure."""
    request = context["request"]
    pages = pages_of(organisation, request.user)
    links = [(one.label, one.url_of(organisation), "") for one in pages]
    return side_menu(str(organisation), links, at or request.path)


def side_menu(title, links, path):
    here = max((url for _, url, _ in links if path.startswith(url)), key=len, default="")
    items = [{"label": label, "url": url, "detail": detail, "current": url == here} for label, url, detail in links]
    return sidemenu(title, items)


@register.inclusion_tag("site/treatments.html")
def treatments():
    """What the software really keeps about people, by treatment: the rules each room declares."""
    return {"rules": privacy.registry()}


@register.inclusion_tag("site/plan.html", takes_context=True)
def plan(context):
    service = context["service"]
    return {"pages": public_pages(context["request"]), "entries": service.menu, "signed_in": service.signed_in}
