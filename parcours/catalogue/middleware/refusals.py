"""What the CMS refuses without a hook to say it: a medium shown somewhere, a review that cannot publish or is over."""

from django.contrib import messages
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from parcours.catalogue import actions

DELETING = {
    "wagtailimages:delete": (get_image_model, "image_id", "wagtailimages:image_usage"),
    "wagtailimages:delete_multiple": (get_image_model, "image_id", ""),
    "wagtaildocs:delete": (get_document_model, "document_id", "wagtaildocs:document_usage"),
    "wagtaildocs:delete_multiple": (get_document_model, "doc_id", ""),
}
OVER = "« {} » n’attend plus de relecture : une décision a déjà été enregistrée. Rien n’a changé."

ALONE = "Une décision s’enregistre avec son bouton, et non avec le brouillon."


def cms_refusals(get_response):
    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        name = request.resolver_match.view_name
        if name == "wagtailadmin_pages:unpublish" and request.method == "GET":
            for sentence in actions.consequences_of_unpublishing(kwargs["page_id"]):
                messages.warning(request, sentence)
        if request.method == "POST" and decides(request, name):
            return decide_once(request, view, args, kwargs)
        return keep_medium(request, kwargs, *DELETING[name]) if name in DELETING else None

    def process_exception(request, error):
        if not isinstance(error, actions.PublicationRefused) or not error.page:
            return None
        return back_to(error.page, request, *error.sentences)

    middleware.process_view = process_view
    middleware.process_exception = process_exception
    return middleware


def decides(request, name) -> bool:
    """Whoever has no access to the CMS is answered by Wagtail."""
    in_the_editor = name == "wagtailadmin_pages:edit" and "action-workflow-action" in request.POST
    decision = in_the_editor or name == "wagtailadmin_pages:workflow_action"
    return decision and request.user.has_perm("wagtailadmin.access_admin")


def decide_once(request, view, args, kwargs):
    """One decision of a review at a time: Wagtail would put back to draft what the first of two has just published.

    The editor sends two by itself when it saves a draft while the button is being obeyed (wagtail pull request 14460).
    """
    with transaction.atomic():
        page = get_object_or_404(Page.objects.select_for_update(no_key=True), pk=kwargs["page_id"])
        if not request.accepts("text/html") and "action-workflow-action" in request.POST:
            return JsonResponse({"success": False, "error_code": "decision", "error_message": ALONE}, status=400)
        if not page.current_workflow_task:
            return back_to(page, request, OVER.format(page.get_admin_display_title()))
        try:
            return view(request, *args, **kwargs)
        except actions.PublicationRefused as error:  # what the reviewer corrected stays
            return back_to(error.page or page, request, *error.sentences)


def back_to(page, request, *sentences):
    for sentence in sentences:
        messages.error(request, sentence)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if request.headers.get("x-requested-with") == "XMLHttpRequest":  # the window in which a review is approved
        return JsonResponse({"step": "success", "redirect": url})
    return redirect(url)


def keep_medium(request, kwargs, model, key, usage):
    medium = get_object_or_404(model(), pk=kwargs[key])
    sentences = actions.refusals_to_delete_medium(medium, by=request.user)
    if sentences and not usage:
        return JsonResponse({"success": False, "error_message": " ".join(sentences)}, status=403)
    for sentence in sentences:
        messages.error(request, sentence)
    return redirect(usage, medium.pk) if sentences else None
