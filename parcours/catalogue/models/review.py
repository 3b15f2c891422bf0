from wagtail.forms import TaskStateCommentForm
from wagtail.models import AbstractGroupApprovalTask


class Review(AbstractGroupApprovalTask):
    """A reviewer of the library publishes what an author submitted, or says what must change."""

    changes_form = TaskStateCommentForm

    class Meta:
        verbose_name = "relecture"
        verbose_name_plural = "relectures"

    def get_actions(self, obj, user):
        if not (user.is_superuser or self._user_in_groups(user)):
            return []
        return [("approve", "Publier", False), ("reject", "Demander des changements", True)]

    def get_form_for_action(self, action):
        return self.changes_form if action == "reject" else super().get_form_for_action(action)

    @classmethod
    def get_description(cls):
        return "Les relecteurs de la bibliothèque publient, ou demandent des changements"
