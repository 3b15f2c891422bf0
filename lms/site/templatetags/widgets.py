"""The choices of a list, written in one go: Django includes a template for each of a hundred départements."""

from itertools import groupby
from operator import itemgetter

from django import template
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe

register = template.Library()


@register.filter
def options(groups):
    """Of the groups of a widget: those without a name hold one choice each, and are written together."""
    runs = groupby(groups, key=itemgetter(0))
    told = (_group(name, [one for _, choices, _ in run for one in choices]) for name, run in runs)
    return format_html_join("", "{}", ((one,) for one in told))


def _group(name, choices):
    told = mark_safe("".join(map(_option, choices)))
    return format_html('<optgroup label="{}">{}</optgroup>', name, told) if name else told


def _option(one):
    attrs = flatatt(one["attrs"]) if one["attrs"] else ""
    return f'<option value="{conditional_escape(one["value"])}"{attrs}>{conditional_escape(one["label"])}</option>'
