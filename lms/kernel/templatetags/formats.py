from django import template

from lms.kernel import formats

register = template.Library()

for _name in ("nbsp", "number", "money", "duration", "date_long", "date_short", "time_short", "instant"):
    register.filter(_name, getattr(formats, _name))

register.simple_tag(formats.percent, name="percent")
