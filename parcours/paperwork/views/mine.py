"""What a trainee is handed for a session: texts to read and acknowledge, the relevé to read again and sign."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms.kernel.access import refusals_as_messages, require
from lms.kernel.lifecycle import TransitionRefused
from parcours.classroom.models import Registration
from parcours.paperwork import actions
from parcours.paperwork.documents.connections import connections_content
from parcours.paperwork.documents.kinds import CONNECTIONS, OF_TEXT
from parcours.paperwork.documents.overview import papers_of_registration
from parcours.paperwork.documents.pieces import digest
from parcours.paperwork.forms.agreements import ConnectionsForm
from parcours.paperwork.models import Delivery
from parcours.paperwork.permissions import can_hold_papers, can_sign_own
from parcours.paperwork.views.finding import registration_of
from parcours.paperwork.views.proof import factor_of

MOST = 50


@never_cache
@require_safe
def all_mine(request):
    """One’s sessions, the latest first: what is left to read in each."""
    require(can_hold_papers(request.user))
    left = Count("deliveries", filter=Q(deliveries__acknowledged_at=None))
    found = Registration.objects.filter(person=request.user).select_related("session__edition").annotate(left=left)
    rows = found.defer("session__edition__content").order_by("-session__starts_at", "-pk")[:MOST]
    return render(request, "paperwork/all_mine.html", {"rows": rows})


@never_cache
@require_safe
def mine(request, registration):
    require(can_hold_papers(request.user))
    found = registration_of(request, registration)
    papers = [row for row in papers_of_registration(found) if row.paper.person_id == request.user.pk]
    context = {
        "registration": found,
        "session": found.session,
        "deliveries": Delivery.objects.held_by(request.user).filter(registration=found).order_by("text__kind"),
        "papers": [row for row in papers if row.paper.is_sealed and not row.is_replaced],
        "to_sign": not actions.connections_refusals(found),
        "signed": actions.standing(found.session, CONNECTIONS, registration=found),
    }
    return render(request, "paperwork/mine.html", context)


@never_cache
@require_safe
def read_text(request, delivery):
    """That it was opened is written here, once: the proof of delivery asks for it."""
    require(can_hold_papers(request.user))
    found = get_object_or_404(Delivery.objects.held_by(request.user).select_related("registration"), pk=delivery)
    actions.note_opened(found)
    kind = OF_TEXT[found.text.kind]
    context = {"delivery": found, "text": found.text, "paper": found.text.paper, "kind": kind}
    return render(request, "paperwork/read_text.html", context)


@require_POST
def acknowledge(request, delivery):
    require(can_hold_papers(request.user))
    found = get_object_or_404(Delivery.objects.held_by(request.user).select_related("registration"), pk=delivery)
    with refusals_as_messages(request):
        actions.acknowledge(found, by=request.user)
        messages.success(request, f"C’est noté : vous avez pris connaissance du {found.text.get_kind_display()}.")
    return redirect("paperwork:mine", found.registration.public_id)


@never_cache
@require_safe
def connections(request, registration):
    found = registration_of(request, registration)
    require(can_sign_own(request.user, found))
    return _connections_page(request, found)


def _connections_page(request, registration, form=None):
    refusals = actions.connections_refusals(registration)
    content = None if refusals else connections_content(registration)
    context = {
        "registration": registration,
        "session": registration.session,
        "refusals": refusals,
        "content": content,
        "kind": CONNECTIONS,
        "form": form or ConnectionsForm(initial={"read": content and digest(content)}),
    }
    return render(request, "paperwork/connections.html", context, status=422 if form else 200)


@require_POST
def sign_connections(request, registration):
    found = registration_of(request, registration)
    require(can_sign_own(request.user, found))
    form = ConnectionsForm(request.POST)
    if not form.is_valid():
        return _connections_page(request, found, form)
    try:
        row = actions.sign_connections(
            found, by=request.user, read=form.cleaned_data["read"], factor=factor_of(request)
        )
    except TransitionRefused as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)
        return redirect("paperwork:connections", registration)
    messages.success(request, f"Relevé signé sous le numéro {row.paper.number}. Il rejoint vos documents.")
    return redirect("paperwork:mine", registration)
