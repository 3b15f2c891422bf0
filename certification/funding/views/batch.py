"""Twenty at once: a preview says which will be decided and which will not, and why."""

import uuid

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from certification.funding import actions
from certification.funding.documents.batches import batches_of
from certification.funding.documents.comparison import compared, due_of
from certification.funding.documents.offers import LABELS
from certification.funding.forms.lists import FilterForm
from certification.funding.lifecycle import Pile, Verdict
from certification.funding.models import Batch, Demande
from certification.funding.permissions import can_decide_somewhere, conflicts_of
from lms.kernel.access import require
from lms.kernel.formats import plural
from lms.kernel.stopped import take_up_asked

VERDICT_OF_PILE = {Pile.DECIDE: Verdict.GRANT, Pile.CHECK: Verdict.VALIDATE}
MOST = 100


@never_cache
@require_safe
def preview(request):
    """Those that were ticked, or the first of the list when one asks for them."""
    require(can_decide_somewhere(request.user))
    visible = Demande.objects.decided_by(request.user)
    filters = FilterForm(request.GET, mine=visible, person=request.user)
    pile = filters.search["pile"]
    verdict = VERDICT_OF_PILE.get(pile)
    if verdict is None:
        messages.error(request, "Choisissez d’abord une pile\u00a0: « À décider » ou « Service fait à contrôler ».")
        return redirect("funding:home")
    back = f"{reverse('funding:home')}?pile={pile}"
    mine = visible.in_pile(pile)
    chosen = identifiers(request.GET.getlist("choix"))
    if "coches" in request.GET and not chosen:
        messages.error(request, "Cochez au moins un dossier, ou demandez « Prendre les premiers sans écart ».")
        return redirect(back)
    found = mine.filter(public_id__in=chosen) if chosen else filters.found_in(mine).without_mismatch()
    ready, apart = sorted_out(found.for_batch()[: MOST if chosen else actions.AT_ONCE], request.user)
    context = {"pile": Pile(pile), "back": back, "ready": ready, "apart": apart} | _summed(ready, verdict)
    return render(request, "funding/batch.html", context)


def _summed(ready, verdict) -> dict:
    return {
        "label": LABELS[verdict],
        "total": sum(amount for _, amount in ready),
        "amount_label": "Serait accordé" if verdict == Verdict.GRANT else "Serait à payer",
        "by_job": len(ready) > actions.AT_ONCE,
    }


def sorted_out(demandes, person):
    """Those that may be decided together with what each would cost, and the others with the reason; read now."""
    demandes = list(demandes)
    found, conflicts = compared(demandes), conflicts_of(person, demandes)
    ready, apart = [], []
    for demande in demandes:
        if why := conflicts[demande.pk] or _why_apart(found[demande.pk]):
            apart.append((demande, why))
        else:
            due = due_of(demande, found[demande.pk]) if demande.service_declared_at else demande.cost
            ready.append((demande, due))
    return ready, apart


def _why_apart(comparison) -> str:
    told = [f"{line.person.full_name}\u00a0: {line.words}" for line in comparison.to_explain]
    told += [finding.words for finding in comparison.open_of_file]
    if told:
        return "\u00a0; ".join(told) + "."
    return actions.EXPLAINED if comparison.explained else ""


@require_POST
def confirm(request):
    require(can_decide_somewhere(request.user))
    pile = request.POST.get("pile", "")
    verdict = VERDICT_OF_PILE.get(pile)
    chosen = identifiers(request.POST.getlist("choix"))
    if verdict is None or not chosen:
        messages.error(request, "Aucun dossier n’est choisi\u00a0: cochez-en dans une pile.")
        return redirect("funding:home")
    mine = Demande.objects.decided_by(request.user).in_pile(pile)
    found = list(mine.filter(public_id__in=chosen)[:MOST])
    batch = actions.decide_many(found, verdict, by=request.user)
    lines = list(batch.lines.select_related("demande"))
    if any(one.decided is None for one in lines):
        return redirect("funding:batches")
    _tell(request, lines, verdict)
    return redirect(f"{reverse('funding:home')}?pile={pile}")


def _tell(request, lines, verdict):
    if done := sum(one.decided for one in lines):
        what = f"{LABELS[verdict]}\u00a0: {plural(done, 'dossier décidé', 'dossiers décidés')}"
        messages.success(request, f"{what}. Vous pouvez retirer chaque décision avant qu’elle soit notifiée.")
    for one in lines:
        if not one.decided:
            messages.warning(request, f"Dossier {one.demande.number}\u00a0: {one.why}")


@never_cache
@require_safe
def batches(request):
    """What came of the files decided together: the last ones of this person."""
    require(can_decide_somewhere(request.user))
    return render(request, "funding/batches.html", {"batches": batches_of(request.user)})


@require_POST
def resume(request, batch):
    """Go on with those whose turn has not come, when the job gave up."""
    require(can_decide_somewhere(request.user))
    take_up_asked(request, get_object_or_404(Batch.objects.visible_to(request.user).with_turns(), pk=batch))
    return redirect("funding:batches")


def identifiers(texts) -> list[uuid.UUID]:
    """What reads as the identifier of a file; the rest is left out."""
    found = []
    for text in texts[:MOST]:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found
