"""The words of the review on the buttons of the editor."""

from wagtail import hooks
from wagtail.admin.action_menu import SubmitForModerationMenuItem

WORDS = {
    "action-cancel-workflow": "Retirer de la relecture",
    "action-restart-workflow": "Recommencer la relecture",
}


class SubmitMenuItem(SubmitForModerationMenuItem):
    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        page = context.get("page")
        state = page.current_workflow_state if page and page.pk else None
        again = state and state.status == state.STATUS_NEEDS_CHANGES
        context["label"] = "Soumettre de nouveau à relecture" if again else "Soumettre à relecture"
        return context


@hooks.register("construct_page_action_menu")
def speak_of_review(items, request, context):
    judged = any(item.name == "approve" for item in items)
    for item in list(items):
        if item.name == "action-submit":
            items[items.index(item)] = SubmitMenuItem(order=item.order)
        elif item.name == "approve":
            item.label = "Publier"
        elif judged and item.name == "action-publish":
            items.remove(item)  # it would publish too, and cancel the review as if nobody had read
        item.label = WORDS.get(item.name, item.label)
