"""How the pages of this room find what they show: what one may not see does not exist."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from lms.organisations.models import Organisation
from parcours.classroom.models import Registration, Session
from parcours.paperwork.models import Convention, Quote


def session_of(request, public_id) -> Session:
    return get_object_or_404(Session.objects.visible_to(request.user).for_page(), public_id=public_id)


def structure_of(request, public_id) -> Organisation:
    return get_object_or_404(Organisation.objects.answered_for_by(request.user).known_as(public_id))


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
