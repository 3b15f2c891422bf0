"""What every page of the CMS checks when it is saved: that nobody is overwritten, that nothing is borrowed unseen."""

import secrets
from collections.abc import Callable
from pathlib import PurePath

from django.core.exceptions import PermissionDenied
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from lms.site.citing import cited, cited_by
from lms.site.versions import AGAIN, newer_version


class PageForm(WagtailAdminPageForm):
    may_cite: Callable = staticmethod(lambda person, cited: True)
    """Whether a person may put these things in a page, (model, key) each; the room that knows says it."""
    overwrites = False
    """Whether saving would cover somebody else's version; the editor then waits for the person to say so."""

    def clean(self):
        cleaned = super().clean()
        self.refuse_what_is_not_theirs()
        previewed = self.subscription is None
        if self.instance.pk and not previewed and newer_version(self.instance, self.data, by=self.for_user):
            self.overwrites = True
            self.add_error(None, AGAIN)
        return cleaned

    def refuse_what_is_not_theirs(self):
        """A form sent by hand could name anything, and be shown its title. What is there already stays."""
        new = set(cited(self._meta.model, self.sent))
        new |= {(type(page), page.pk) for page in self.listed_pages()}
        if self.instance.pk:
            new -= cited_by(self.instance)
        if new and self.for_user and not self.may_cite(self.for_user, new):
            raise PermissionDenied("Cette page cite une image, un document ou une page d’un autre organisme.")

    def sent(self, model_field):
        """As it was sent: a field with a fault is shown again, and names what it holds."""
        field = self.fields.get(model_field.name)
        return field and field.widget.value_from_datadict(self.data, self.files, self.add_prefix(model_field.name))

    def listed_pages(self) -> list:
        """The pages chosen line by line, the modules of a parcours for instance."""
        return []


class WithoutTags:
    """Tags are shared by the whole site: they would tell an organisation what another one calls its media."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("tags", None)


class ImageForm(WithoutTags, BaseImageForm):
    def clean_file(self):
        """Images are given to whoever knows their address: it must not be guessed from their name."""
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            name = PurePath(file.name)
            file.name = f"{name.stem[:60]}-{secrets.token_hex(6)}{name.suffix}"
        return file


class DocumentForm(WithoutTags, BaseDocumentForm):
    pass
