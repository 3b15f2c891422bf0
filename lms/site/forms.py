"""Forms of the product: their fields are drawn by the components, whatever the design system."""

from django import forms
from dsfr.forms import DsfrBaseForm


class DrawnByComponents(DsfrBaseForm):
    template_name = "components/fields.html"
    use_required_attribute = False  # errors are ours, in French and all at once
    error_css_class = required_css_class = ""

    def get_context(self):
        return {"form": self, "fields": [], "hidden_fields": [], "errors": self.errors}


class Form(DrawnByComponents):
    pass


class ModelForm(DrawnByComponents, forms.ModelForm):
    pass
