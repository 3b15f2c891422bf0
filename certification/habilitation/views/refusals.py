"""Whoever was erased at their request comes back by no file, until they ask to."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from certification.habilitation import actions
from certification.habilitation.forms.refusals import ComeBackForm
from certification.habilitation.models import Refusal
from certification.habilitation.permissions import can_lift_refusals
from certification.habilitation.views.giving import given
from lms.kernel.access import require
from lms.kernel.lifecycle import TransitionRefused

LIFTED = "Le refus est levé. Les prochains fichiers pourront de nouveau parler de cette personne."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refusals(request):
    require(can_lift_refusals(request.user))
    form = ComeBackForm(*given(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.lift_refusals(form.cleaned_data["told"], by=request.user)
            messages.success(request, LIFTED)
            return redirect("habilitation:refusals")
        except TransitionRefused as refused:
            form.add_error("told", refused.sentences)
    people = Refusal.objects.order_by().values("person").distinct().count()
    context = {"form": form, "people": people}
    return render(request, "habilitation/refusals.html", context, status=422 if form.errors else 200)
