"""Durations and texts as this room asks for them."""

import re

from django import forms

from lms.kernel.formats import duration

HOURS = re.compile(r"^\s*(\d{1,4})\s*(?:h|:)\s*(\d{1,2})?\s*(?:min)?\s*$|^\s*(\d{1,4})(?:[.,](\d{1,2}))?\s*$")
UNREADABLE = "Cette durée ne se lit pas : écrivez-la comme 10 h 30."
PDF_HELP = "PDF, 5 Mo au plus."


def lines(rows):
    return forms.Textarea(attrs={"rows": rows})


def minutes_of(text: str) -> int:
    """« 10 h 30 », « 10:30 », « 10,5 », « 7 » ; raises ValueError."""
    found = HOURS.match(text)
    if not found:
        raise ValueError(text)
    whole, minutes, decimal, part = found.groups()
    if whole is not None:
        if int(minutes or 0) > 59:
            raise ValueError(text)
        return int(whole) * 60 + int(minutes or 0)
    return int(decimal) * 60 + round(float(f"0.{part or 0}") * 60)


class HoursField(forms.CharField):
    """Gives minutes."""

    def __init__(self, **options):
        super().__init__(max_length=12, **options)

    def prepare_value(self, value):
        return duration(value).replace("\N{NO-BREAK SPACE}", " ") if isinstance(value, int) else value

    def clean(self, value):
        text = super().clean(value).replace("\N{NO-BREAK SPACE}", " ")
        if not text:
            return None
        try:
            return minutes_of(text)
        except ValueError as error:
            raise forms.ValidationError(UNREADABLE) from error
