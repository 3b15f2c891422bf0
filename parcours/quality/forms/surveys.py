from django import forms

from lms.kernel.sensitive import without_social_security
from lms.site.forms import Form, PageField
from parcours.assistance.forms import REFUSED_NUMBER
from parcours.catalogue.models import ParcoursPage
from parcours.quality.lifecycle import Scale
from parcours.quality.models import Question

LONGEST = 2000


class AppreciationForm(Form):
    """The questions of a questionnaire: an answer in words to each, a free text that nobody has to write."""

    def __init__(self, *args, questions, **kwargs):
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[question.code] = _field(question)

    def clean(self):
        cleaned = super().clean()
        for name, value in list(cleaned.items()):
            masked, found = without_social_security(value) if isinstance(value, str) else (value, False)
            if found:
                self.data = self.data.copy()
                self.data[self.add_prefix(name)] = masked
                self.add_error(name, REFUSED_NUMBER)
        return cleaned

    @property
    def answers(self) -> dict:
        given = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        return {name: int(value) if value in map(str, Scale.values) else value for name, value in given.items()}


def _field(question):
    if question.kind == Question.Kind.TEXT:
        return forms.CharField(
            label=question.text,
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text="Facultatif. Ne nommez personne : ni vous, ni une personne que vous aidez.",
        )
    return forms.ChoiceField(
        label=question.text,
        choices=[(str(value), label) for value, label in Scale.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une réponse, même approximative."},
    )


class ParcoursForm(Form):
    parcours = PageField(label="Parcours", queryset=ParcoursPage.objects.none(), empty_label=None, required=False)

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parcours"].queryset = offered
