from django import forms

from lms.accounts.models import Person
from lms.site.forms import Form
from parcours.learning.documents.standing import named

NOBODY, SOMEBODY_NEW = "aucune", "nouvelle"
MOST_FOUND = 10


class DoubtForm(Form):
    """`people`: those shown; any known person found by a search before may be chosen.

    `may_be_new`: whether the line may be about somebody nobody knows yet.
    """

    whom = forms.CharField(
        label="De qui s’agit-il ?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une personne, ou dites qu’aucune ne correspond."},
    )

    def __init__(self, *args, people, may_be_new=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.may_be_new, self.person, self.is_new = may_be_new, None, False
        new = [(SOMEBODY_NEW, "Une personne que personne ne connaît encore : l’ajouter")] if may_be_new else []
        shown = [(str(one.public_id), f"{one.full_name}, {one.email or 'sans adresse'}") for one in people]
        self.fields["whom"].widget.choices = [
            *dict.fromkeys(shown),
            *new,
            (NOBODY, "Aucune personne connue : laisser de côté"),
        ]

    def clean_whom(self):
        chosen = self.cleaned_data["whom"]
        self.is_new = self.may_be_new and chosen == SOMEBODY_NEW
        if chosen != NOBODY and not self.is_new:
            self.person = _known(chosen)
            if self.person is None:
                raise forms.ValidationError("Cette personne n’est plus connue sous ce compte : cherchez-la de nouveau.")
        return chosen


def _known(public_id):
    try:
        return Person.objects.known().filter(public_id=public_id).first()
    except (ValueError, forms.ValidationError):
        return None


class SearchForm(Form):
    """Asked by POST: a name has no place in an address."""

    q = forms.CharField(label="Nom ou adresse", max_length=120)

    def found(self) -> list[Person]:
        """Every word, in the name or the address."""
        if not self.is_valid():
            return []
        people = Person.objects.known().filter(named(self.cleaned_data["q"]))
        return list(people.order_by("last_name", "first_name", "pk")[:MOST_FOUND])
