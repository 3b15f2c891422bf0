"""Questions that wait for their answer."""

from uuid import uuid4

from django import template
from django.template.loader import get_template

from lms.site.patterns import told

register = template.Library()

QUESTION = "learning/_question.html"


@register.simple_tag(takes_context=True)
def asked(context, question):
    """The same for all who are asked it, but for what their form carries; what one sent in vain is kept nowhere.

    The form gives its answer a number; a browser that repeats itself repeats the number.
    """
    row = {"csrf_token": str(context.get("csrf_token", "")), "client_id": str(uuid4())}
    if question.refused:
        return get_template(QUESTION).render({"question": question} | row)
    return told(QUESTION, {"question": question}, **row)
