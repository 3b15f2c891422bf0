from django import template
from django.template.loader import get_template
from django.utils.safestring import mark_safe

register = template.Library()


def one_of(kind, kinds, what):
    if kind not in kinds:
        raise ValueError(f"Unknown kind of {what}: {kind!r}. Known: {', '.join(kinds)}.")
    return kind


def component(name, **values):
    return mark_safe(get_template(f"components/{name}.html").render(values))
