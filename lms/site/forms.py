"""Forms of the product: their fields are drawn by the components, whatever the design system."""

from django import forms
from django.forms.fields import Field
from django.utils.text import capfirst
from dsfr.forms import DsfrBaseForm

from lms.kernel.access import LONGEST_KEY

from .models import SiteIdentity

YEARS = range(1950, 2101)


class DrawnByComponents(DsfrBaseForm):
    template_name = "components/fields.html"
    use_required_attribute = False  # errors are ours, in French and all at once
    narrows = False
    error_css_class = required_css_class = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.error_messages.get("required") == Field.default_error_messages["required"]:
                field.error_messages["required"] = "Cette réponse manque : donnez-la."

    def get_context(self):
        return {"form": self, "fields": [], "hidden_fields": [], "errors": self.errors}


class Form(DrawnByComponents):
    pass


class NarrowingForm(Form):
    """What narrows a list: nothing in it is asked for, so nothing in it is said to be optional."""

    narrows = True


class ReadAtOnce(forms.models.ModelChoiceIterator):
    """In one statement, where Django opens a cursor and comes back for more."""

    def __iter__(self):
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from map(self.choice, list(self.queryset))


class ShortListField(forms.ModelChoiceField):
    """One of a few hundred rows at most."""

    iterator = ReadAtOnce


class PageField(forms.ModelChoiceField):
    """A page among several. Its key is that of another table: the database is asked no number that it cannot hold."""

    def to_python(self, value):
        if isinstance(value, str) and len(value) > LONGEST_KEY:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class ModelForm(DrawnByComponents, forms.ModelForm):
    """Labels come from the models, where they are written in lower case."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.label = capfirst(field.label)


class DayField(forms.DateField):
    """A day, picked on the calendar of the browser."""

    def __init__(self, **options):
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        invalid = {"invalid": "Écrivez une date : 22/11/2026."}
        super().__init__(**{"widget": widget, "error_messages": invalid} | options)

    def clean(self, value):
        day = super().clean(value)
        if day and day.year not in YEARS:
            raise forms.ValidationError(f"L’année {day.year} ne se peut pas ici : corrigez-la.")
        return day


class IdentityForm(ModelForm):
    """A step is filled whole or left for later: a legal page shows no half of an identity."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True


class PublisherForm(IdentityForm):
    class Meta:
        model = SiteIdentity
        fields = ["editeur", "contact", "directeur_publication"]
        widgets = {"editeur": forms.Textarea(attrs={"rows": 3})}


class HostForm(IdentityForm):
    class Meta:
        model = SiteIdentity
        fields = ["hebergeur"]
        widgets = {"hebergeur": forms.Textarea(attrs={"rows": 3})}


class DataOfficerForm(IdentityForm):
    class Meta:
        model = SiteIdentity
        fields = ["dpo"]


class AccessibilityForm(IdentityForm):
    class Meta:
        model = SiteIdentity
        fields = ["contact_accessibilite", "accessibility"]
