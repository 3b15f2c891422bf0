"""An opinion is given from a signed link, once, without an account; trainers read counts, never who."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.kernel.access import require
from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.queries import today
from parcours.catalogue.models import ParcoursPage
from parcours.classroom.models import Session
from parcours.quality import actions
from parcours.quality.documents.appreciations import opinions_of
from parcours.quality.documents.results import figures_of, period_ending
from parcours.quality.forms.surveys import AppreciationForm, ParcoursForm
from parcours.quality.models import Abandonment, Hazard, Improvement, SurveyRequest
from parcours.quality.permissions import (
    can_manage_quality,
    can_read_appreciations,
    can_read_quality,
    reads_small_samples,
)
from parcours.quality.views.doors import opened_by


@opened_by(actions.ANSWERING)
def appreciate(request, grant, token):
    asked = SurveyRequest.objects.for_mail().get(pk=grant.object_ids[0])
    refusal = actions.refusal_of(asked)
    questions = list(asked.questionnaire.questions.order_by("position"))
    form = AppreciationForm(request.POST if request.method == "POST" else None, questions=questions)
    if not refusal and form.is_bound and form.is_valid():
        try:
            actions.appreciate(asked, answers=form.answers)
        except TransitionRefused as refused:
            refusal = " ".join(refused.sentences)
        else:
            messages.success(request, "Merci : votre avis est enregistré, sans votre nom.")
            return redirect("quality:appreciate", token)
    context = {"asked": asked, "form": form, "refusal": refusal}
    return render(request, "quality/appreciate.html", context, status=422 if form.errors and not refusal else 200)


@never_cache
@require_safe
def session_quality(request, public_id):
    session = get_object_or_404(Session.objects.visible_to(request.user).for_page(), public_id=public_id)
    require(can_read_appreciations(request.user, session))
    context = {
        "session": session,
        "opinions": opinions_of([session.pk], small=reads_small_samples(request.user, session)),
        "abandonments": Abandonment.objects.standing().filter(session=session).select_related("person"),
        "hazards": Hazard.objects.standing().filter(session=session),
        "improvements": Improvement.objects.standing().filter(session=session).select_related("owner"),
    }
    return render(request, "quality/session.html", context)


@never_cache
@require_safe
def appreciations(request):
    """By parcours: what is published of it, and what the organisme’s own sessions were thought of."""
    require(can_read_quality(request.user))
    own = Session.objects.visible_to(request.user)
    offered = ParcoursPage.objects.filter(pk__in=own.values("parcours")).order_by("title")
    filters = ParcoursForm(request.GET, offered=offered)
    chosen = filters.cleaned_data.get("parcours") if filters.is_valid() else None
    parcours = chosen or offered.first()
    since, until = period_ending(today())
    held = own.filter(parcours=parcours, starts_at__date__range=(since, until)).values("pk")
    small = can_manage_quality(request.user)
    context = {
        "parcours": parcours,
        "filters": filters,
        "since": since,
        "until": until,
        "figures": figures_of(parcours.pk, since, until) if parcours else [],
        "opinions": opinions_of(held, small=small) if parcours else [],
    }
    return render(request, "quality/appreciations.html", context)
