from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from lms.kernel.access import require
from lms.kernel.lifecycle import TransitionRefused
from parcours.colleagues import actions
from parcours.colleagues.models import Invitation
from parcours.colleagues.permissions import can_answer_invitation
from parcours.colleagues.views.giving import Offer


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, public_id):
    """The person says whether they work there; nobody else does."""
    found = get_object_or_404(Invitation.objects.visible_to(request.user).for_answer(), public_id=public_id)
    require(can_answer_invitation(request.user, found))
    if request.method == "POST":
        return _answer(request, found)
    edition = actions.open_edition(found.parcours)
    context = {
        "invitation": found,
        "offer": Offer(edition) if edition else None,
        "waiting": found.state == Invitation.State.SENT,
    }
    return render(request, "colleagues/invitation.html", context)


def _answer(request, found):
    try:
        if request.POST.get("reponse") == "oui":
            enrolment = actions.accept_invitation(found)
            messages.success(request, f"Votre inscription est faite, pour {enrolment.employer}. Vous pouvez commencer.")
            return redirect(enrolment)
        actions.decline_invitation(found)
        messages.success(request, "Votre refus est enregistré. Rien d’autre n’a été fait.")
    except TransitionRefused as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)
        return redirect(found)
    return redirect("learning:home")
