"""The dated data of quality, edited in the CMS by the national team."""

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from parcours.quality.models import Questionnaire, Referential
from parcours.quality.permissions import can_edit_indicators

DATES = FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")])


FROZEN = (
    "Ce questionnaire a déjà été envoyé : ses questions ne changent plus. Donnez-lui une fin, puis créez-en un autre."
)


class QuestionnaireForm(WagtailAdminModelForm):
    """What was asked once stays as it was asked: only the end may be given."""

    def clean(self):
        cleaned = super().clean()
        asked = self.instance.pk and self.instance.requests.exists()
        if asked and (set(self.changed_data) - {"valid_until"} or self.formsets["questions"].has_changed()):
            raise ValidationError(FROZEN)
        return cleaned


class NationalPolicy(ModelPermissionPolicy):
    """Whoever may enter the CMS and answers for the nation; no group to fill."""

    def user_has_permission(self, user, action):
        return can_edit_indicators(user)

    def user_has_any_permission(self, user, actions):
        return can_edit_indicators(user)


class ReferentialViewSet(SnippetViewSet):
    model = Referential
    icon = "list-ol"
    menu_label = "Référentiels qualité"
    list_display = ["title", "code", "valid_from", "valid_until"]
    panels = [
        FieldPanel("title"),
        FieldPanel("code"),
        DATES,
        FieldPanel("source"),
        FieldPanel("note"),
        InlinePanel(
            "indicators",
            heading="Indicateurs",
            panels=[
                FieldRowPanel([FieldPanel("position"), FieldPanel("number"), FieldPanel("criterion")]),
                FieldPanel("label"),
                FieldPanel("shown_by"),
                FieldPanel("proofs"),
                FieldPanel("in_scope"),
                FieldPanel("scope_note"),
            ],
        ),
    ]


class QuestionnaireViewSet(SnippetViewSet):
    model = Questionnaire
    icon = "form"
    menu_label = "Questionnaires d’appréciation"
    list_display = ["title", "audience", "moment", "valid_from", "valid_until"]
    list_filter = ["audience", "moment"]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("audience"), FieldPanel("moment")]),
            DATES,
            InlinePanel(
                "questions",
                heading="Questions",
                panels=[
                    FieldRowPanel([FieldPanel("position"), FieldPanel("code")]),
                    FieldPanel("text"),
                    FieldPanel("kind"),
                    FieldPanel("overall"),
                ],
            ),
        ],
        base_form_class=QuestionnaireForm,
    )


class QualityGroup(SnippetViewSetGroup):
    items = (ReferentialViewSet, QuestionnaireViewSet)
    menu_icon = "check"
    menu_label = "Qualité"
    menu_name = "qualite"
    menu_order = 530
