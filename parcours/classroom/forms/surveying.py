from django import forms

from parcours.classroom.forms.written import WrittenForm
from parcours.classroom.models.questions import ONE, SEVERAL

LONGEST = 1000
TOO_LONG = {"max_length": f"Cette réponse est trop longue : {LONGEST} caractères au plus."}


class NeedsForm(WrittenForm):
    """The questions of one audience, as the rule of the day writes them."""

    def __init__(self, data=None, *, questions, answers=None):
        super().__init__(data, initial=answers or {})
        for question in questions:
            self.fields[question["code"]] = field_of(question)
            self.fields[question["code"]].error_messages["required"] = "Cette réponse manque : donnez-la."

    @property
    def answers(self) -> dict:
        return {code: value for code, value in self.cleaned_data.items() if value}


def field_of(question):
    values = {"label": question["label"], "required": not question.get("optional")}
    if question["kind"] == ONE:
        choices = [(one, one) for one in question["choices"]]
        return forms.ChoiceField(widget=forms.RadioSelect, choices=choices, **values)
    if question["kind"] == SEVERAL:
        choices = [(one, one) for one in question["choices"]]
        return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, choices=choices, **values)
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(widget=area, max_length=LONGEST, error_messages=TOO_LONG, **values)
