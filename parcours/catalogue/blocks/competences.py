"""The competences a block says it works on: codes of the list that reviewers keep in « Mots du catalogue »."""

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from wagtail import blocks

UNKNOWN = "La compétence « {} » n’existe pas dans la liste : choisissez-en une autre, ou demandez qu’on l’y ajoute."


def known():
    return apps.get_model("catalogue", "Competence").objects


def by_domain() -> list:
    """As they are today: read each time a form is shown."""
    return known().by_domain()


def refuse_unknown(codes) -> None:
    if unknown := known().unknown(codes):
        raise ValidationError([UNKNOWN.format(code) for code in unknown])


class CompetenceBoxes(forms.CheckboxSelectMultiple):
    template_name = "catalogue/cms/competences.html"
    option_template_name = "django/forms/widgets/input.html"


class CompetencesBlock(blocks.MultipleChoiceBlock):
    def __init__(self, **kwargs):
        kwargs |= {"choices": by_domain, "required": False, "search_index": False}
        super().__init__(**{"default": [], "widget": CompetenceBoxes} | kwargs)

    def normalize_choice(self, value):
        """A code is a code: no need of the list to read it."""
        return value

    def clean(self, value):
        refuse_unknown(value or [])
        return value or []


class CompetenceBlock(blocks.ChoiceBlock):
    def __init__(self, **kwargs):
        super().__init__(**kwargs | {"choices": by_domain, "required": False, "search_index": False})

    def normalize_choice(self, value):
        return value

    def clean(self, value):
        refuse_unknown([value] if value else [])
        return value or ""
