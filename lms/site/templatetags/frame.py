"""The frame around a page, rendered once for everybody where it can be."""

from django import template
from django.conf import settings
from django.core.cache import cache
from django.template.loader import get_template
from django.utils.safestring import mark_safe

from ..context_processors import brand_lines

register = template.Library()

FOOTER_KEY = "site.footer"
FOOTER_SECONDS = 60
LEGAL_LINKS = (
    ("Plan du site", "/plan-du-site/"),
    ("Accessibilité : non conforme", "/accessibilite/"),
    ("Mentions légales", "/mentions-legales/"),
    ("Données personnelles", "/donnees-personnelles/"),
    ("Conditions d’utilisation", "/conditions-utilisation/"),
    ("Aide", "/aide/"),
)
STATE_SITES = ("info.gouv.fr", "service-public.gouv.fr", "legifrance.gouv.fr", "data.gouv.fr")


@register.simple_tag
def footer():
    return mark_safe(cache.get_or_set(FOOTER_KEY, rendered_footer, FOOTER_SECONDS))


def rendered_footer():
    return get_template("site/footer.html").render(
        {
            "name": settings.SITE_NAME,
            "tagline": settings.SITE_TAGLINE,
            "brand": brand_lines(settings.BLOC_MARQUE),
            "links": LEGAL_LINKS,
            "state_sites": STATE_SITES,
            "source_code_url": settings.SOURCE_CODE_URL,
        }
    )
