"""What French counts otherwise, in place of what every template already has."""

from django import template
from django.template.defaultfilters import pluralize as english

register = template.Library()


@register.filter(is_safe=False)
def pluralize(value, suffix="s"):
    """« 0 étape », « 1 étape », « 2 étapes »: in French the plural begins at two."""
    return english(1 if value in (0, "0") or value == [] else value, suffix)
