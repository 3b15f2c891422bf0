from django import forms

from lms.kernel.definitions import DEFINITIONS
from lms.kernel.models import Rule


class RuleForm(forms.ModelForm):
    """Lets an editor type the value as the rule wants it: a text, one text per line, a whole number, or JSON."""

    code = forms.ChoiceField(label="Règle", choices=lambda: [(code, each.label) for code, each in DEFINITIONS.items()])
    value = forms.CharField(label="Valeur", widget=forms.Textarea, help_text="Une liste de textes : un par ligne.")

    class Meta:
        model = Rule
        fields = ["code", "value", "valid_from", "valid_until", "source", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.code in DEFINITIONS:
            self.initial["value"] = DEFINITIONS[self.instance.code].written(self.instance.value)
            self.fields["code"].disabled = True

    def clean(self):
        cleaned = super().clean()
        definition = DEFINITIONS.get(cleaned.get("code"))
        if definition and "value" in cleaned:
            try:
                cleaned["value"] = definition.read(cleaned["value"])
            except ValueError as refused:
                self.add_error("value", str(refused))
        return cleaned
