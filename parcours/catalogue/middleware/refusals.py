"""What the CMS refuses without a hook to say it: a medium that is shown somewhere, a review that cannot publish."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from parcours.catalogue import actions

DELETING = {
    "wagtailimages:delete": (get_image_model, "image_id", "wagtailimages:image_usage"),
    "wagtailimages:delete_multiple": (get_image_model, "image_id", ""),
    "wagtaildocs:delete": (get_document_model, "document_id", "wagtaildocs:document_usage"),
    "wagtaildocs:delete_multiple": (get_document_model, "doc_id", ""),
}


def cms_refusals(get_response):
    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        name = request.resolver_match.view_name
        if name == "wagtailadmin_pages:unpublish" and request.method == "GET":
            for sentence in actions.consequences_of_unpublishing(kwargs["page_id"]):
                messages.warning(request, sentence)
        return keep_medium(request, kwargs, *DELETING[name]) if name in DELETING else None

    def process_exception(request, error):
        if not isinstance(error, actions.PublicationRefused) or not error.page:
            return None
        for sentence in error.sentences:
            messages.error(request, sentence)
        url = reverse("wagtailadmin_pages:edit", args=[error.page.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":  # the window in which a review is approved
            return JsonResponse({"step": "success", "redirect": url})
        return redirect(url)

    middleware.process_view = process_view
    middleware.process_exception = process_exception
    return middleware


def keep_medium(request, kwargs, model, key, usage):
    medium = get_object_or_404(model(), pk=kwargs[key])
    sentences = actions.refusals_to_delete_medium(medium, by=request.user)
    if sentences and not usage:
        return JsonResponse({"success": False, "error_message": " ".join(sentences)}, status=403)
    for sentence in sentences:
        messages.error(request, sentence)
    return redirect(usage, medium.pk) if sentences else None
