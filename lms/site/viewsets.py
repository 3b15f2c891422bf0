"""Dated sentences and figures, edited in the CMS by those who answer for them."""

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from lms.kernel.forms import RuleForm
from lms.kernel.models import Rule


class RuleInCMSForm(RuleForm, WagtailAdminModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.changed_by = self.for_user


class RuleViewSet(SnippetViewSet):
    model = Rule
    icon = "calendar-alt"
    menu_label = "Règles datées"
    menu_order = 400
    add_to_admin_menu = True
    list_display = ["label", "valid_from", "valid_until", "source"]
    list_filter = ["code"]
    search_fields = ["code", "source", "note"]
    edit_handler = ObjectList(
        [
            FieldPanel("code"),
            FieldPanel("value"),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
            FieldPanel("source"),
            FieldPanel("note"),
        ],
        base_form_class=RuleInCMSForm,
    )
