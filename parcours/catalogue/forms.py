"""What the CMS refuses when a page is published, or submitted for it; a draft may stay unfinished."""

import datetime

from django import forms
from django.utils import timezone
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.widgets import AdminDateInput
from wagtail.forms import TaskStateCommentForm

from lms.site.page_forms import PageForm
from parcours.catalogue import actions
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
