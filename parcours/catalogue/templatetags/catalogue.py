"""How a block finds its files and writes its text, live or frozen; and the habilitation reminder."""

from django import template
from django.utils.safestring import mark_safe
from wagtail.rich_text import expand_db_html

from parcours.catalogue.documents import habilitation_reminder as reminder_in_force
from parcours.catalogue.documents import responsible_for
from parcours.catalogue.engine.cleaning import clean_rich_text
from parcours.catalogue.engine.shown import ShownFile, ShownImage

register = template.Library()


class Live:
    """What the pages show today: preview in the CMS."""

    def rich_text(self, source: str) -> str:
        return expand_db_html(clean_rich_text(source))

    def image(self, image) -> ShownImage:
        rendition = image.get_rendition("max-1200x2000|preserve-svg")
        return ShownImage(rendition.url, rendition.width, rendition.height)

    def file(self, document) -> ShownFile:
        return ShownFile(document.url, document.content_type, document.file_size or 0)


LIVE = Live()


def resolver_of(context):
    return context.get("resolver") or LIVE


@register.simple_tag(takes_context=True)
def rich(context, value):
    source = getattr(value, "source", value) or ""
    return mark_safe(resolver_of(context).rich_text(source))


@register.simple_tag(takes_context=True)
def picture(context, image):
    return resolver_of(context).image(image)


@register.simple_tag(takes_context=True)
def file(context, document):
    return resolver_of(context).file(document)


@register.inclusion_tag("catalogue/habilitation_reminder.html")
def habilitation_reminder(on=None, level=2):
    """What a parcours followed alone does not give. `on`: the day whose rule applies (today by default)."""
    return {"reminder": reminder_in_force(on), "level": level}


FACTS = (
    ("Public", "audience"),
    ("Prérequis", "prerequisites"),
    ("Programme", "programme"),
    ("Modalités", "modalities"),
    ("Délais d’accès", "access"),
    ("Tarif", "price"),
    ("Méthodes", "methods"),
    ("Évaluation", "evaluation"),
    ("Nature de l’action", "nature"),
    ("Accessibilité", "accessibility"),
    ("Référent handicap", "disability_contact"),
    ("Contact et assistance", "contact"),
)


@register.inclusion_tag("components/facts.html")
def parcours_facts(content, parcours):
    """What Qualiopi's indicator 1 wants known before anybody enrols, and who answers for it today."""
    items = [(label, content[name]) for label, name in FACTS if content.get(name)]
    return {"items": items + facts_of(responsible_for(parcours))}


def facts_of(organisation):
    if organisation is None:
        return []
    number = f", déclaration d’activité n°\u00a0{organisation.nda}" if organisation.nda else ""
    facts = [("Organisme responsable", f"{organisation}{number}")]
    if organisation.assistance_contact:
        promise = f"{organisation.assistance_contact}, réponse {organisation.assistance_delay}"
        facts.append(("Interlocuteur des apprenants", promise))
    return facts


@register.filter
def lines_to_fill(count):
    """As many empty lines as the sheet leaves to write on."""
    return range(count or 0)
