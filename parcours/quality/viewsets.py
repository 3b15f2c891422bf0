"""The dated data of quality, edited in the CMS by the national team."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from parcours.quality.models import Questionnaire, Referential
from parcours.quality.permissions import can_edit_indicators

DATES = FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")])


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
    panels = [
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
    ]


class QualityGroup(SnippetViewSetGroup):
    items = (ReferentialViewSet, QuestionnaireViewSet)
    menu_icon = "check"
    menu_label = "Qualité"
    menu_name = "qualite"
    menu_order = 530
