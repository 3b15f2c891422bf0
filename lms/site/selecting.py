"""A list of a hundred départements, drawn at once: a template for each option costs more than the page around it."""

from django import forms
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import mark_safe

OPTION = '<option value="%s"%s>%s</option>'


class Select(forms.Select):
    """Of choices without groups; its options bear no attribute of their own."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = self.format_value(value)
        options = (
            OPTION % (escape(code), " selected" if str(code) in chosen else "", conditional_escape(label))
            for code, label in self.choices
        )
        attrs = self.build_attrs(self.attrs, {"name": name} | (attrs or {}))
        return format_html("<select{}>{}</select>", flatatt(attrs), mark_safe("".join(options)))
