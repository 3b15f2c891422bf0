"""The formats of `lms.kernel.formats` as filters; what is empty stays empty, an instant is in the reader's zone."""

from functools import wraps

from django import template

from lms.kernel import formats

register = template.Library()


def _or_empty(write):
    @wraps(write)
    def filtered(value, *args):
        return "" if value is None or value == "" else write(value, *args)

    return filtered


for _write in (
    formats.number,
    formats.money,
    formats.duration,
    formats.weight,
    formats.date_long,
    formats.date_short,
    formats.time_short,
    formats.instant,
):
    register.filter(_write.__name__, _or_empty(_write), expects_localtime=True)

register.filter("nbsp", _or_empty(lambda text: formats.nbsp(str(text))), is_safe=True)
register.simple_tag(formats.percent, name="percent")
