from django import forms

from lms.kernel.tables import CSV, XLSX
from lms.site.forms import Form


class HandForm(Form):
    """What is handed over of one file; `code` keeps apart the forms of one page."""

    only_new = forms.BooleanField(label="Seulement ce qui n’a pas encore été remis", required=False)
    form = forms.ChoiceField(choices=[(CSV, CSV), (XLSX, XLSX)], required=False)

    def __init__(self, *args, export, **kwargs):
        super().__init__(*args, auto_id=f"{export.code}-%s", **kwargs)
        if export.is_repeated:
            del self.fields["only_new"]

    def shown(self):
        """The format is said by the button."""
        return [self["only_new"]] if "only_new" in self.fields else []
