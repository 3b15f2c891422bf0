"""What a person asks for, what was granted, and how it is taken back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.kernel.access import refusals_as_errors, refusals_as_messages, require
from lms.site.models import SiteIdentity
from parcours.adaptations import actions
from parcours.adaptations.documents import organisations_that_answer
from parcours.adaptations.forms import AskForm
from parcours.adaptations.lifecycle import LIFECYCLE
from parcours.adaptations.models import AdaptationRequest, Measure
from parcours.adaptations.permissions import can_ask, can_keep, can_read, can_withdraw


@never_cache
@require_safe
def mine(request):
    require(can_ask(request.user))
    found = AdaptationRequest.objects.asked_by(request.user).for_list()
    in_force = Measure.objects.of(request.user).in_force(timezone.localdate()).for_list()
    return render(request, "adaptations/mine.html", {"requests": found, "measures": in_force})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    require(can_ask(request.user))
    form = AskForm(request.POST or None)
    if form.is_bound and form.is_valid():
        with refusals_as_errors(form):
            asked = actions.ask(request.user, by=request.user, **form.cleaned_data)
            messages.success(request, "Votre demande est envoyée. Seul le référent handicap la lira.")
            return redirect(asked)
    context = {
        "form": form,
        "organisations": list(organisations_that_answer()),
        "contact": SiteIdentity.texts()["contact_accessibilite"],
    }
    return render(request, "adaptations/ask.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def request_page(request, public_id):
    found = _own(request, public_id)
    require(can_read(request.user, found))
    return render(request, "adaptations/request.html", {"asked": found, "measures": found.measures.all()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, public_id):
    found = _own(request, public_id)
    require(can_withdraw(request.user, found))
    if request.method != "POST":
        refusals = LIFECYCLE.refusals(found, "withdraw")
        return render(request, "adaptations/withdraw.html", {"asked": found, "refusals": refusals})
    with refusals_as_messages(request):
        actions.withdraw(found, by=request.user)
        messages.success(request, "Votre demande est retirée. Plus aucune mesure ne s’applique.")
    return redirect("adaptations:mine")


@require_POST
def keep(request, public_id):
    found = _own(request, public_id)
    require(can_keep(request.user, found))
    with refusals_as_messages(request):
        actions.keep(found, by=request.user)
        messages.success(request, "C’est noté : la mesure continue de s’appliquer.")
    return redirect(found)


def _own(request, public_id):
    return get_object_or_404(AdaptationRequest.objects.asked_by(request.user).for_page(), public_id=public_id)
