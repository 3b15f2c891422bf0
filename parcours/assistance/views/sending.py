"""One form where a text and files are written, whoever writes: what was sent, what was kept, what is refused."""

from parcours.assistance import actions
from parcours.assistance.models import Attachment
from parcours.assistance.views.writing import draft_of, forget_draft, writer_of


def form_of(request, form_class):
    """The form with what the person sent, or with the text kept when their session ended."""
    if request.method == "POST":
        kept = Attachment.objects.kept_for(request.user, request.POST.get("client_id", "")[:64])
        return form_class(request.POST, request.FILES, kept=kept, too_big=request.too_big)
    draft = draft_of(request)
    return form_class(initial={"text": draft} if draft else None)


def sent(request, form) -> dict | None:
    """What the action needs, or None when the form is not accepted: its files are then kept for the next try."""
    if not form.is_bound:
        return None
    valid = form.is_valid()
    client_id = form.cleaned_data.get("client_id", "")
    actions.drop_files(form.dropped)
    if valid:
        forget_draft(request)
        return {"text": form.cleaned_data["text"], "files": form.cleaned_data["files"], "client_id": client_id}
    if client_id:
        actions.keep_files(request.user, client_id, form.fit_files)
        form.kept = list(Attachment.objects.kept_for(request.user, client_id))
    return None


def writing_page(request, form) -> dict:
    """What every page with such a form shows beside it."""
    found_again = not form.is_bound and bool(form.initial.get("text"))
    return {"form": form, "writer": writer_of(request), "found_again": found_again}
