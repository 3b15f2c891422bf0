"""What these tests say of a page: its address, what is sent to it, the words it shows."""

import re
import uuid
from html import unescape

from django.urls import reverse

from tests.parcours.learning.factories import activity, right

JSON = {"accept": "application/json"}


def address(enrolment, rank=1):
    return reverse("learning:activity", args=[enrolment.pk, activity(enrolment, rank).slug])


def sent(question, given=None, **values):
    given = right(question) if given is None else given
    return {"question_id": question["id"], "given": given, "attempt": 1, "client_id": str(uuid.uuid4())} | values


def plain(text):
    """As one reads it: unbreakable spaces are spaces."""
    return re.sub(r"\s+", " ", unescape(text))


def text_of(response):
    return plain(re.sub(r"<[^>]+>", " ", response.content.decode()))
