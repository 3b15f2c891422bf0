"""« Éditions et diffusion »: which edition people follow, and what a new one would change for them."""

from django.contrib import messages
from django.db.models import Count, F, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from wagtail.permission_policies.pages import PagePermissionPolicy

from lms.kernel.access import refusals_as_messages, require
from lms.kernel.formats import NBSP, number
from lms.kernel.paging import page_of
from parcours.catalogue.models import Edition
from parcours.learning import actions
from parcours.learning.lifecycle import SPREADING, State
from parcours.learning.models import Spread
from parcours.learning.permissions import can_list_editions, can_spread


@require_safe
def editions(request):
    require(can_list_editions(request.user))
    published = PagePermissionPolicy().instances_user_has_permission_for(request.user, "publish")
    active = Q(parcours__enrolments__state=State.ACTIVE)
    found = Edition.objects.current().filter(parcours__in=published.values("pk")).defer("content")
    if asked := request.GET.get("q", "").strip():
        found = found.filter(title__icontains=asked)
    found = found.annotate(
        following=Count("parcours__enrolments", filter=active & Q(parcours__enrolments__edition=F("pk"))),
        behind=Count("parcours__enrolments", filter=active & ~Q(parcours__enrolments__edition=F("pk"))),
    )
    context = {"page": page_of(request, found.order_by("-published_at", "pk")), "asked": asked}
    return render(request, "learning/editions.html", context)


@require_safe
def spread(request, pk):
    edition = _find(request, pk)
    newest = edition.parcours.current_edition
    if newest.pk != edition.pk:
        messages.info(request, f"Voici l’édition {newest.number}, la plus récente : c’est elle qui se diffuse.")
        return redirect("learning:spread", newest.pk)
    older = actions.older_editions(edition)
    found = Spread.objects.filter(edition=edition).first()
    context = {
        "edition": edition,
        "older": older,
        "minor": sum(count for _, count, differences in older if not differences),
        "elsewhere": edition.parcours.enrolments.completed().exclude(edition=edition).count(),
        "spread": found,
        **(_told(request, found) if found else {}),
    }
    return render(request, "learning/spread.html", context)


def _told(request, found) -> dict:
    """Of a spread: how far it is, whom it changes, and why it cannot be confirmed."""
    lines = found.lines.select_related("enrolment__person", "enrolment__employer", "enrolment__edition")
    lines = lines.defer("enrolment__edition__content")
    counts = found.lines.aggregate(
        changed=Count("pk", filter=~Q(gained=0, lost=0, completes=False, percent_before=F("percent_after"))),
        lost=Count("pk", filter=Q(lost__gt=0)),
        gained=Count("pk", filter=Q(gained__gt=0)),
        completes=Count("pk", filter=Q(completes=True)),
        waits=Count("pk", filter=Q(waits=True)),
    )
    ready = found.state == Spread.State.READY
    return {
        "counts": counts,
        "unchanged": found.total - counts["changed"],
        "page": page_of(request, lines),
        "refusals": SPREADING.refusals(found, "confirm_spread") if ready else [],
        "going_on": f"{number(found.seen)} sur{NBSP}{number(found.total)}",
    }


@require_POST
def preview_spread(request, pk):
    edition = _find(request, pk)
    with refusals_as_messages(request):
        actions.preview_spread(edition, by=request.user)
    return redirect("learning:spread", edition.pk)


@require_POST
def confirm_spread(request, pk):
    edition = _find(request, pk)
    found = get_object_or_404(Spread.objects.filter(edition=edition).unfinished())
    with refusals_as_messages(request):
        actions.confirm_spread(found, by=request.user)
        messages.success(request, "La diffusion est lancée. Chacun garde ce qu’il a fait.")
    return redirect("learning:spread", edition.pk)


@require_POST
def spread_minor(request, pk):
    edition = _find(request, pk)
    with refusals_as_messages(request):
        actions.spread_minor(edition, by=request.user)
        messages.success(request, "La correction mineure est en cours de diffusion : rien ne change pour personne.")
    return redirect("learning:spread", edition.pk)


def _find(request, pk) -> Edition:
    edition = get_object_or_404(Edition.objects.select_related("parcours"), pk=pk)
    require(can_spread(request.user, edition.parcours))
    return edition
