"""What the CMS refuses when a page is published, or submitted for it; what one asks of the public catalogue."""

import datetime

from django import forms
from django.utils import timezone
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.widgets import AdminDateInput
from wagtail.forms import TaskStateCommentForm

from lms.site.forms import Form
from lms.site.page_forms import PageForm
from parcours.catalogue import actions
from parcours.catalogue.engine.finding import YES
from parcours.catalogue.models import ParcoursPage
from parcours.catalogue.permissions import worked_pages

YEAR = datetime.timedelta(days=365)


class PublishedForm(PageForm):
    """Adds to the form the sentences that forbid publication."""

    def clean(self):
        cleaned = super().clean()
        if {"action-publish", "action-submit"} & self.data.keys() and not self.errors:
            for sentence in self.publication_faults(cleaned):
                self.add_error(None, sentence)
        return cleaned

    def publication_faults(self, cleaned) -> list[str]:
        raise NotImplementedError


class ModulePageForm(PublishedForm):
    def publication_faults(self, cleaned):
        return actions.duration_faults(cleaned["title"], cleaned["body"])


class ParcoursPageForm(PublishedForm):
    def publication_faults(self, cleaned):
        modules, seances = self.chosen("parcours_modules", "module"), self.chosen("parcours_seances", "seance")
        return actions.publication_faults(cleaned["minutes"], modules, seances)

    def listed_pages(self):
        return [*self.chosen("parcours_modules", "module"), *self.chosen("parcours_seances", "seance")]

    def chosen(self, formset: str, name: str) -> list:
        """The pages listed by the lines of a formset that stay."""
        return [
            form.cleaned_data[name].specific
            for form in self.formsets[formset].forms
            if form.is_valid() and form.cleaned_data.get(name) and not form.cleaned_data.get("DELETE")
        ]


class ReviewForm(TaskStateCommentForm):
    comment = forms.CharField(
        label="Ce qu’il faut changer",
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
        help_text="L’auteur le reçoit par courriel et le retrouve en ouvrant la page.",
    )


class ReviewedForm(forms.Form):
    due_on = forms.DateField(
        label="À relire de nouveau avant le",
        widget=AdminDateInput,
        initial=lambda: timezone.localdate() + YEAR,
        help_text="Un an convient à la plupart des pages ; moins si une règle doit changer.",
        error_messages={"required": "Indiquez avant quelle date cette page doit être relue."},
    )

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if not timezone.localdate() < due_on <= timezone.localdate() + 3 * YEAR:
            raise forms.ValidationError("Choisissez une date à venir, dans les trois ans.")
        return due_on


class DraftCopyForm(CopyForm):
    """A copy is a draft of its own: no alias that would follow the first page, no copy published unread."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("alias", "publish_copies", "copy_subpages"):
            self.fields.pop(name, None)
        where = self.fields["new_parent_page"]
        where.queryset = worked_pages(self.user)
        where.label, where.help_text = "Bibliothèque", "La copie est un brouillon, avec ses propres questions."

    def clean(self):
        cleaned = super().clean()
        slug = cleaned.get("new_slug")
        if self.page.specific_class is ParcoursPage and ParcoursPage.objects.filter(slug=slug).exists():
            self.add_error("new_slug", ParcoursPage.TAKEN.format(slug))
        return cleaned


BANDS = {
    "1h": "Une heure au plus",
    "demi-journee": "De 1 h à 3 h 30",
    "journee": "De 3 h 30 à 7 h",
    "plus": "Plus de 7 h",
}


class SearchInput(forms.TextInput):
    input_type = "search"


class SearchForm(Form):
    """The filters of the public catalogue, each value with the number of parcours it would leave."""

    HABILITATION = "Prépare à l’habilitation Aidants Connect"
    SORTS = {"titre": "Titre", "duree": "Durée, les plus courts d’abord", "nouveaute": "Nouveauté"}

    q = forms.CharField(label="Que cherchez-vous ?", widget=SearchInput)
    metier = forms.ChoiceField(label="Votre métier")
    theme = forms.ChoiceField(label="Thème")
    duree = forms.ChoiceField(label="Durée")
    modalite = forms.ChoiceField(label="Modalité")
    tri = forms.ChoiceField(label="Trier par", choices=list(SORTS.items()))
    habilitation = forms.BooleanField(label=HABILITATION, widget=forms.CheckboxInput(attrs={"value": YES}))
    anciens = forms.CharField(widget=forms.HiddenInput)

    ANY = {"metier": "Tous", "theme": "Tous", "duree": "Toutes", "modalite": "Toutes"}

    def __init__(self, *, search, labels, counts):
        initial = {name: getattr(search, name) for name in self.base_fields}
        super().__init__(initial=initial | {"habilitation": bool(search.habilitation)}, auto_id="filtre_%s")
        for name, anything in self.ANY.items():
            offered = [(value, label, counts[name].get(value, 0)) for value, label in labels[name].items()]
            self.fields[name].choices = [("", anything)] + [
                (value, f"{label} ({count})")
                for value, label, count in offered
                if count or value == getattr(search, name)
            ]
        self.fields["habilitation"].label = f"{self.HABILITATION} ({counts['habilitation'].get(YES, 0)})"
        if not search.anciens:
            del self.fields["anciens"]
