"""The choices of a list, written in one go: Django includes a template for each of a hundred départements."""

from itertools import groupby
from operator import itemgetter

from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join

register = template.Library()


@register.filter
def options(groups):
    """Of the groups of a widget: those without a name hold one choice each, and are written together."""
    runs = groupby(groups, key=itemgetter(0))
    told = (_group(name, [one for _, choices, _ in run for one in choices]) for name, run in runs)
    return format_html_join("", "{}", ((one,) for one in told))


def _group(name, choices):
    rows = ((one["value"], flatatt(one["attrs"]) if one["attrs"] else "", one["label"]) for one in choices)
    told = format_html_join("", '<option value="{}"{}>{}</option>', rows)
    return format_html('<optgroup label="{}">{}</optgroup>', name, told) if name else told
