from django import template

from lms.demo.population import PERSONAS

register = template.Library()


@register.inclusion_tag("demo/personas.html", takes_context=True)
def personas(context):
    """The accounts of the demonstration, each one click away; keeps the page one was going to."""
    return {
        "personas": PERSONAS,
        "next": context.get("redirect_field_value") or "",
        "csrf_token": context.get("csrf_token", ""),
    }
