from django import template

from lms.kernel.papers import kind_of
from parcours.paperwork.documents import conventions, pieces

register = template.Library()
register.filter("euros", pieces.euros)
register.filter("siret", conventions.spaced)


@register.filter
def paper_label(paper):
    return kind_of(paper).label
