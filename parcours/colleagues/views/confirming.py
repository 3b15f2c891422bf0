"""The last step, and what became of each line."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.kernel.access import refusals_as_messages, require
from lms.kernel.formats import instant, plural
from lms.kernel.paging import page_of
from lms.kernel.stopped import mark_stops, take_up_asked
from parcours.colleagues import actions
from parcours.colleagues.lifecycle import LIST, LineStatus, ListState, Outcome
from parcours.colleagues.permissions import can_follow_colleagues
from parcours.colleagues.views.checking import list_of
from parcours.colleagues.views.giving import Offer
from parcours.colleagues.views.structure import STEPS


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, structure, public_id):
    found = list_of(request, structure, public_id)
    require(can_follow_colleagues(request.user, found.organisation))
    if found.state != ListState.DRAFT:
        return redirect(found)
    if request.method == "POST":
        with refusals_as_messages(request):
            found = actions.confirm_list(found, by=request.user)
            messages.success(request, "Votre demande est enregistrée. Les inscriptions se font maintenant, une à une.")
        return redirect(found)
    edition, ready = actions.open_edition(found.parcours), found.lines.filter(status=LineStatus.READY).count()
    context = {
        "list": found,
        "organisation": found.organisation,
        "steps": STEPS,
        "offer": Offer(edition) if edition else None,
        "people": plural(ready, "personne", "personnes"),
        "refusals": LIST.refusals(found, "confirm_list"),
    }
    return render(request, "colleagues/confirm.html", context)


@require_safe
def report(request, structure, public_id):
    found = list_of(request, structure, public_id)
    require(can_follow_colleagues(request.user, found.organisation))
    if found.state in (ListState.DRAFT, ListState.EXPIRED):
        return redirect("colleagues:choose", structure)
    counts = found.outcomes if found.forgotten_at else found.lines.by_outcome()
    asked = request.GET.get("suite", "")
    lines = found.lines.filter(outcome=asked) if asked and asked in counts else found.lines.all()
    total, waiting = sum(counts.values()), counts.get(Outcome.WAITING, 0)
    mark_stops([found])
    context = {
        "list": found,
        "organisation": found.organisation,
        "page": page_of(request, lines.order_by("position")),
        "tabs": [(code, Outcome(code).label, count, code == asked) for code, count in sorted(counts.items()) if code],
        "asked": asked,
        "total": total,
        "dealt": total - waiting,
        "dealt_label": f"{plural(total - waiting, 'ligne traitée', 'lignes traitées')} sur {total}",
        "facts": _facts(found),
    }
    return render(request, "colleagues/report.html", context)


@require_POST
def take_up(request, structure, public_id):
    found = list_of(request, structure, public_id)
    require(can_follow_colleagues(request.user, found.organisation))
    take_up_asked(request, found)
    return redirect(found)


def _facts(found):
    told = [
        ("Parcours", found.parcours.title),
        ("Confirmée par", found.confirmed_by.full_name),
        ("Le", instant(found.confirmed_at)),
        ("Origine", found.source),
    ]
    return [pair for pair in told if pair[1]]
