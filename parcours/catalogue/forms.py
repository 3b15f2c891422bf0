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
        lines = self.formsets["parcours_modules"]
        modules = [
            form.cleaned_data["module"].specific
            for form in lines.forms
            if form.is_valid() and form.cleaned_data.get("module") and not form.cleaned_data.get("DELETE")
        ]
        return actions.publication_faults(cleaned["minutes"], modules)
