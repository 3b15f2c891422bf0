"""How a block finds its files and writes its text, live or frozen; and the habilitation reminder."""

from django import template
from django.utils.safestring import mark_safe
from wagtail.rich_text import expand_db_html

from parcours.catalogue.documents import habilitation_reminder as reminder_in_force
from parcours.catalogue.engine.cleaning import clean_rich_text
from parcours.catalogue.engine.shown import ShownFile, ShownImage, in_widths, widths_of

register = template.Library()


class Live:
    """What the pages show today: preview in the CMS."""

    def rich_text(self, source: str) -> str:
        return expand_db_html(clean_rich_text(source))

    def image(self, image) -> ShownImage:
        filters = [f"width-{width}|preserve-svg" for width in widths_of(1 if image.is_svg() else image.width)]
        renditions = image.get_renditions(*filters).values()
        return in_widths([ShownImage(one.url, int(one.width), int(one.height)) for one in renditions])

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
    """How an image is shown; nothing while it is still to be chosen."""
    return resolver_of(context).image(image) if image else None


@register.simple_tag(takes_context=True)
def file(context, document):
    return resolver_of(context).file(document) if document else None


@register.inclusion_tag("catalogue/habilitation_reminder.html")
def habilitation_reminder(reminder=None, level=2, live=False):
    """What a parcours does not give: the reminder of an edition, or the one in force today."""
    return {"reminder": reminder or reminder_in_force(live=live), "level": level}


@register.filter
def lines_to_fill(count):
    """As many empty lines as the sheet leaves to write on."""
    return range(count or 0)
