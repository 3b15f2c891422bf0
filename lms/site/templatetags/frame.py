"""The frame around a page, rendered once for everybody where it can be, and what editorial pages generate."""

from django import template
from django.conf import settings
from django.core.cache import cache
from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from wagtail.rich_text import expand_db_html

from lms.kernel import privacy
from lms.kernel.formats import nbsp

from ..context_processors import brand_lines
from ..engine import prose
from ..menus import entries_of, pages_of, public_pages
from ..models import SiteIdentity

register = template.Library()

STATE_SITES = ("info.gouv.fr", "service-public.gouv.fr", "legifrance.gouv.fr", "data.gouv.fr")
MISSING = "à compléter par l’éditeur"


@register.simple_tag
def footer():
    return mark_safe(cache.get_or_set("site.footer", rendered_footer, 60))


def rendered_footer():
    links = (
        ("Plan du site", "/plan-du-site/"),
        (f"Accessibilité : {SiteIdentity.texts()['accessibility']}", "/accessibilite/"),
        ("Mentions légales", "/mentions-legales/"),
        ("Données personnelles", "/donnees-personnelles/"),
        ("Conditions d’utilisation", "/conditions-utilisation/"),
        ("Aide", "/aide/"),
        ("Réclamations", "/reclamations/"),
        ("Version légère", "/version-legere/"),
    )
    return get_template("site/footer.html").render(
        {
            "name": settings.SITE_NAME,
            "tagline": settings.SITE_TAGLINE,
            "brand": brand_lines(settings.BLOC_MARQUE),
            "links": [(nbsp(label), url) for label, url in links],
            "state_sites": STATE_SITES,
            "source_code_url": settings.SOURCE_CODE_URL,
        }
    )


@register.filter
def editorial(value):
    """Rich text as the site shows it: the operator's names filled in, French spaces, rows of links drawn."""
    html = expand_db_html(getattr(value, "source", str(value)))
    html = prose.fill(html, SiteIdentity.texts() | {"nom_du_site": settings.SITE_NAME}, MISSING)
    html = prose.rows_of_links(prose.text_nodes(html, nbsp), drawn_links)
    return mark_safe(html)


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


@register.inclusion_tag("components/sidemenu.html", takes_context=True)
def space_menu(context, space):
    """The pages of a space that this person may open; the one on screen is the longest address that begins its own."""
    request = context["request"]
    links = [(one.label, one.url, one.beside(request.user)) for one in entries_of(space, request.user)]
    return side_menu(space, links, request.path)


@register.inclusion_tag("components/sidemenu.html", takes_context=True)
def structure_menu(context, organisation):
    """The same about one structure."""
    request = context["request"]
    pages = pages_of(organisation, request.user)
    return side_menu(str(organisation), [(one.label, one.url_of(organisation), "") for one in pages], request.path)


def side_menu(title, links, path):
    here = max((url for _, url, _ in links if path.startswith(url)), key=len, default="")
    items = [
        {"label": label, "url": url, "detail": detail, "done": None, "current": url == here}
        for label, url, detail in links
    ]
    return {"title": title, "items": items, "summary": title, "label": title}


@register.inclusion_tag("site/treatments.html")
def treatments():
    """What the software really keeps about people, by treatment: the rules each room declares."""
    return {"rules": privacy.registry()}


@register.inclusion_tag("site/plan.html", takes_context=True)
def plan(context):
    service = context["service"]
    return {"pages": public_pages(context["request"]), "entries": service.menu, "signed_in": service.signed_in}
