"""A payment recorded by mistake is corrected by its opposite; what an anomaly rested on is read again as it was."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from certification.funding import actions
from certification.funding.documents.evidence import evidence_read
from certification.funding.forms.deciding import CorrectForm
from certification.funding.lifecycle import Verdict
from certification.funding.permissions import can_read_as_officer, conflict_of
from certification.funding.views.finding import decided
from lms.kernel.access import refusals_as_errors, require


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request, demande, payment):
    found = decided(request, demande)
    require(can_read_as_officer(request.user, found))
    one = get_object_or_404(found.payments.to_correct(), pk=payment)
    form = CorrectForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_as_errors(form):
            actions.correct_payment(one, why=form.cleaned_data["why"], by=request.user)
            messages.success(request, "La contre-écriture est notée : le dossier est de nouveau à payer.")
            return redirect(found)
    conflict = conflict_of(request.user, found)
    context = {"demande": found, "payment": one, "form": form, "conflict": conflict}
    return render(request, "funding/correct.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def anomaly(request, demande, decision):
    """The report of an anomaly with its evidence, to read or to print."""
    found = decided(request, demande)
    require(can_read_as_officer(request.user, found))
    one = get_object_or_404(found.decisions.filter(verdict=Verdict.ANOMALY).select_related("by"), pk=decision)
    return render(request, "funding/anomaly.html", {"demande": found, "decision": one, "evidence": evidence_read(one)})
