"""What the CMS refuses when a page is published, or submitted for it; a draft may stay unfinished."""

from wagtail.admin.forms import WagtailAdminPageForm

from parcours.catalogue import actions


class PublishedForm(WagtailAdminPageForm):
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

    def chosen(self, formset: str, name: str) -> list:
        """The pages listed by the lines of a formset that stay."""
        return [
            form.cleaned_data[name].specific
            for form in self.formsets[formset].forms
            if form.is_valid() and form.cleaned_data.get(name) and not form.cleaned_data.get("DELETE")
        ]
