"""A learner asks, adds, closes, and finds again what was asked."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.kernel.access import refusals_as_errors, refusals_as_messages, require
from lms.kernel.formats import number
from lms.kernel.paging import page_of
from parcours.assistance import actions
from parcours.assistance.documents import Assistance, assistance_of, expected_by
from parcours.assistance.engine.following import Following, following_of
from parcours.assistance.forms import FollowUpForm, QuestionForm, QuestionsFilterForm
from parcours.assistance.lifecycle import LIFECYCLE
from parcours.assistance.models import Thread
from parcours.assistance.permissions import can_ask, can_ask_again
from parcours.assistance.views.lists import filtered
from parcours.assistance.views.sending import form_of, sent, writing_page
from parcours.assistance.views.threads import conversation
from parcours.assistance.views.writing import writing
from parcours.catalogue.documents import assistance_faults, responsible_for
from parcours.catalogue.models import Edition, EditionActivity


@dataclass(frozen=True)
class Place:
    """Where a question is asked from; without étape, it is about the parcours as a whole."""

    edition: Edition
    activity: EditionActivity | None
    following: Following
    assistance: Assistance

    @property
    def title(self):
        return self.activity.title if self.activity else self.edition.title

    @property
    def eyebrow(self):
        return f"Étape « {self.activity.title} »" if self.activity else f"Parcours « {self.edition.title} »"

    @property
    def back(self):
        return self.following.etape_url(self.activity.slug) if self.activity else self.following.url

    def expected(self):
        """By when the answer is promised to whoever asks now."""
        organisation = responsible_for(self.edition.parcours)
        return expected_by(organisation.answer_due_at(timezone.now(), organisation.assistance_days))


@require_safe
def questions(request):
    require(can_ask(request.user))
    filters = QuestionsFilterForm(request.GET)
    own = Thread.objects.visible_to(request.user).asked_by(request.user)
    found = filtered(own, filters).latest_first().for_list()
    page = page_of(request, found)
    context = {
        "page": page,
        "filters": filters,
        "asked": any(request.GET.get(name) for name in filters.fields),
        "title": f"Mes questions ({number(page.paginator.count)})",
    }
    return render(request, "assistance/questions.html", context)


@writing
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    require(can_ask(request.user))
    place = _place(request)
    faults = assistance_faults(place.edition.parcours)
    form = form_of(request, QuestionForm)
    if not faults and (values := sent(request, form)):
        with refusals_as_errors(form):
            thread = actions.ask(place.edition, place.activity, by=request.user, **values)
            messages.success(request, f"Votre question est envoyée. {expected_by(thread.due_at)}.")
            return redirect(thread)
    context = {"place": place, "faults": faults, "expected": "" if faults else place.expected()}
    context |= writing_page(request, form)
    return render(request, "assistance/ask.html", context, status=422 if form.errors else 200)


@writing
@require_http_methods(["GET", "HEAD", "POST"])
def question(request, public_id):
    """A trainer who opens the address of the learner is led to the page where one answers."""
    thread = get_object_or_404(Thread.objects.visible_to(request.user).for_thread(), public_id=public_id)
    if not can_ask_again(request.user, thread):
        return redirect(thread.answering_url)
    form = form_of(request, FollowUpForm)
    if values := sent(request, form):
        with refusals_as_messages(request):
            actions.ask_again(thread, by=request.user, **values)
            messages.success(request, "Votre message est envoyé.")
        return redirect(thread)
    following = following_of(request.user, thread.parcours_id)
    context = {
        "thread": thread,
        "conversation": conversation(thread, request.user),
        "assistance": assistance_of(thread.parcours_id),
        "expected": expected_by(thread.due_at),
        "etape_url": following.etape_url(thread.activity_slug) if following and thread.activity_slug else "",
        "close_refusals": LIFECYCLE.refusals(thread, "close"),
    } | writing_page(request, form)
    return render(request, "assistance/question.html", context, status=422 if form.errors else 200)


@require_POST
def close(request, public_id):
    thread = get_object_or_404(Thread.objects.visible_to(request.user), public_id=public_id)
    require(can_ask_again(request.user, thread))
    with refusals_as_messages(request):
        actions.close(thread, by=request.user)
        messages.success(request, "Votre question est close.")
    return redirect(thread)


def _place(request) -> Place:
    """An étape that is no longer in what one follows leaves a question about the parcours. Raises Http404."""
    asked = request.GET.get("parcours", "")
    parcours_id = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
    following = following_of(request.user, parcours_id)
    if following is None:
        raise Http404
    edition = (
        Edition.objects.select_related("parcours__organisation__departement")
        .defer("content")
        .get(pk=following.edition_id)
    )
    slug = request.GET.get("etape", "")
    activity = next((one for one in edition.outline if one.slug == slug), None)
    return Place(edition, activity, following, assistance_of(parcours_id))
