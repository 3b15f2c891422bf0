"""The sessions of a structure's people: who has a seat, who waits, who said what they expect."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms.kernel.access import require
from lms.kernel.formats import plural
from lms.kernel.paging import page_of
from parcours.classroom import actions
from parcours.classroom.documents.mine import Card, ranks_of
from parcours.classroom.forms.registering import PayerForm
from parcours.classroom.lifecycle import ACTIVE, Audience, SessionState
from parcours.classroom.models import Registration, Session, Survey
from parcours.classroom.permissions import can_register_colleagues
from parcours.colleagues.views.structure import structure_of


@never_cache
@require_safe
def structure_sessions(request, structure):
    organisation = structure_of(request, structure)
    require(can_register_colleagues(request.user, organisation))
    everybody = "tout" in request.GET
    found = Registration.objects.visible_to(request.user).filter(employer=organisation)
    found = found if everybody else found.filter(state__in=ACTIVE)
    page = page_of(request, found.for_pages().select_related("survey").order_by("-session__starts_at", "registered_at"))
    ranks = ranks_of(page.object_list)
    context = {
        "organisation": organisation,
        "page": page,
        "everybody": everybody,
        "cards": [Card(one, ranks.get(one.pk, 0)) for one in page],
        "caption": plural(page.paginator.count, "inscription", "inscriptions"),
        "surveys": _surveys(organisation, page),
        "reserved": _reserved(organisation),
    }
    return render(request, "classroom/structure_sessions.html", context)


def _reserved(organisation):
    """Sessions to come that are held for this structure alone."""
    coming = Session.objects.filter(intra_for=organisation, state=SessionState.PUBLISHED, starts_at__gt=timezone.now())
    return list(coming.for_finding().order_by("starts_at"))


def _surveys(organisation, page) -> list[dict]:
    """For each session on screen, what the structure and the payer were asked."""
    sessions = {one.session_id: one.session for one in page if one.state in ACTIVE}
    asked: dict[tuple, Survey] = {}
    for one in Survey.objects.filter(session__in=sessions, employer=organisation).exclude(audience=Audience.LEARNER):
        asked[one.session_id, one.audience] = one
    return [
        {
            "session": session,
            "employer": asked.get((pk, "employer")),
            "payer": asked.get((pk, "payer")),
            "form": PayerForm(auto_id=f"financeur-{pk}-%s"),
        }
        for pk, session in sessions.items()
    ]


@require_POST
def ask_payer(request, structure, public_id):
    """The référent gives the address of whoever pays: they are asked what they expect, once."""
    organisation = structure_of(request, structure)
    require(can_register_colleagues(request.user, organisation))
    ours = Session.objects.filter(registrations__employer=organisation, registrations__state__in=ACTIVE).distinct()
    session = get_object_or_404(ours, public_id=public_id)
    form = PayerForm(request.POST)
    if not form.is_valid():
        messages.error(request, "L’adresse du financeur n’est pas complète : elle s’écrit nom@exemple.fr.")
    elif actions.ask(session, audience=Audience.PAYER, email=form.cleaned_data["email"], employer=organisation):
        messages.success(request, "Le financeur reçoit quelques questions. Il ne lit aucune réponse des stagiaires.")
    else:
        messages.info(request, "Un financeur a déjà été interrogé pour cette session.")
    return redirect("classroom:structure_sessions", structure)
