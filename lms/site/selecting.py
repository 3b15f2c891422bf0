"""A list of a hundred départements, drawn at once: a template for each option costs more than the page around it."""

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

OPTION, SELECTED = '<option value="{}"{}>{}</option>', mark_safe(" selected")


class Select(forms.Select):
    """Of choices without groups; its options bear no attribute of their own."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = self.format_value(value)
        rows = ((code, SELECTED if str(code) in chosen else "", label) for code, label in self.choices)
        attrs = self.build_attrs(self.attrs, {"name": name} | (attrs or {}))
        return format_html("<select{}>{}</select>", flatatt(attrs), format_html_join("", OPTION, rows))
