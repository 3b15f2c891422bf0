"""The requests that the référent handicap answers, and the measures that trainers apply."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lms.kernel.access import refusals_as_errors, require
from lms.kernel.formats import number as written
from lms.kernel.paging import page_of
from parcours.adaptations import actions
from parcours.adaptations.forms import AnswerForm
from parcours.adaptations.lifecycle import State
from parcours.adaptations.models import AdaptationRequest, Measure
from parcours.adaptations.permissions import can_answer, can_list_measures, can_list_requests


@never_cache
@require_safe
def requests(request):
    require(can_list_requests(request.user))
    found = AdaptationRequest.objects.put_to(request.user).oldest_first().for_list()
    state = request.GET.get("etat", "")
    if state in State.values:
        found = found.filter(state=state)
    page = page_of(request, found)
    count = page.paginator.count
    plural = "s" if count > 1 else ""
    context = {
        "page": page,
        "states": State.choices,
        "state": state,
        "caption": f"{written(count)} demande{plural} d’adaptation",
    }
    return render(request, "adaptations/requests.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, public_id):
    found = get_object_or_404(AdaptationRequest.objects.put_to(request.user).for_page(), public_id=public_id)
    require(can_answer(request.user, found))
    form = AnswerForm(request.POST or None, initial={"until": found.until})
    if form.is_bound and form.is_valid():
        with refusals_as_errors(form):
            _answer(found, request.user, **form.cleaned_data)
            messages.success(request, "Votre réponse est envoyée.")
            return redirect("adaptations:requests")
    context = {"asked": found, "form": form, "measures": found.measures.all()}
    return render(request, "adaptations/answer.html", context, status=422 if form.errors else 200)


def _answer(found, referent, *, kinds, percent, until, answer):
    if kinds:
        actions.grant(found, kinds=kinds, percent=percent or 0, until=until, answer=answer, by=referent)
    else:
        actions.decline(found, answer=answer, by=referent)


@never_cache
@require_safe
def measures(request):
    """The measure and its dates: never the request, never its words."""
    require(can_list_measures(request.user))
    found = Measure.objects.seen_by_trainer(request.user).in_force(timezone.localdate()).for_list()
    page = page_of(request, found)
    count = page.paginator.count
    plural = "s" if count > 1 else ""
    caption = f"{written(count)} mesure{plural} en cours"
    return render(request, "adaptations/measures.html", {"page": page, "caption": caption})
