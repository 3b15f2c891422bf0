"""How the pages of this room find what they show: what one may not see does not exist."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from parcours.classroom.models import Registration
from parcours.paperwork.models import Convention, Quote


def registration_of(request, public_id) -> Registration:
    """One’s own, with all that its papers read."""
    found = Registration.objects.filter(person=request.user).select_related(
        "person", "employer", "enrolment__edition", "session__organisation__departement", "session__edition"
    )
    return get_object_or_404(found, public_id=public_id)


def quote_of(request, public_id) -> Quote:
    return _standing(get_object_or_404(Quote.objects.managed_by(request.user).for_page(), public_id=public_id))


def convention_of(request, public_id) -> Convention:
    found = Convention.objects.managed_by(request.user).for_page()
    return _standing(get_object_or_404(found, public_id=public_id))


def _standing(paper):
    """Its session stands under the tab « Documents »."""
    paper.session.standing_at = reverse("paperwork:session", args=[paper.session.public_id])
    return paper
