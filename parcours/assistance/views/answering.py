"""Trainers read what waits, oldest first, and answer one person or all who follow the parcours."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.kernel.access import refusals_as_errors, refusals_as_messages, require
from lms.kernel.formats import number
from lms.kernel.paging import page_of
from parcours.assistance import actions
from parcours.assistance.forms import AnswerForm, SharingForm, WaitingFilterForm
from parcours.assistance.lifecycle import LIFECYCLE
from parcours.assistance.models import SharedAnswer, Thread
from parcours.assistance.permissions import can_answer, can_list_questions, can_withdraw
from parcours.assistance.views.lists import filtered
from parcours.assistance.views.sending import form_of, sent, writing_page
from parcours.assistance.views.threads import Row, conversation
from parcours.assistance.views.writing import writing

TO_ALL = "a_tous"
TYPED = "assistance.typed"


@require_safe
def waiting(request):
    require(can_list_questions(request.user))
    put = Thread.objects.visible_to(request.user).put_to(request.user)
    filters = WaitingFilterForm(request.GET, parcours=put.parcours_choices(), etapes=put.etape_choices())
    page = page_of(request, _narrowed(filtered(put, filters), filters, request.user).oldest_first().for_list())
    context = {
        "page": page,
        "rows": [Row(thread) for thread in page],
        "filters": filters,
        "asked": any(request.GET.get(name) for name in filters.fields),
        "title": f"Questions des apprenants ({number(page.paginator.count)})",
        "lead": _load(put),
    }
    return render(request, "assistance/waiting.html", context)


@writing
@require_http_methods(["GET", "HEAD", "POST"])
def answering(request, public_id):
    thread = _find(request, public_id)
    form = form_of(request, AnswerForm)
    if TO_ALL in request.POST and form.is_valid():
        request.session[TYPED] = {"thread": thread.pk, "text": form.cleaned_data["text"]}
        return redirect("assistance:share", thread.public_id)
    if values := sent(request, form):
        with refusals_as_messages(request):
            actions.answer(thread, by=request.user, **values)
            messages.success(request, f"Votre réponse est envoyée à {thread.person.full_name}.")
        return redirect(thread.answering_url)
    context = {
        "thread": thread,
        "conversation": conversation(thread, request.user),
        "row": Row(thread),
        "shared": thread.shared.shown().first(),
        "to_all": TO_ALL,
        "mine": thread.assigned_to_id == request.user.pk,
        "close_refusals": LIFECYCLE.refusals(thread, "close"),
    } | writing_page(request, form)
    return render(request, "assistance/answering.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def share(request, public_id):
    thread = _find(request, public_id)
    form = SharingForm(request.POST if request.method == "POST" else None, initial=_worded(request, thread))
    if form.is_valid():
        with refusals_as_errors(form):
            actions.share(thread, by=request.user, **form.values)
            request.session.pop(TYPED, None)
            messages.success(request, "Votre réponse est partagée : tous ceux qui suivent le parcours la lisent.")
            return redirect(thread.answering_url)
    return render(
        request, "assistance/share.html", {"thread": thread, "form": form}, status=422 if form.errors else 200
    )


@require_POST
def withdraw(request, pk):
    shared = get_object_or_404(SharedAnswer.objects.visible_to(request.user).select_related("thread"), pk=pk)
    require(can_withdraw(request.user, shared))
    with refusals_as_messages(request):
        actions.withdraw(shared, by=request.user)
        messages.success(request, "Cette réponse n’est plus montrée à tous. La personne qui l’a demandée la garde.")
    return redirect(shared.thread.answering_url)


@require_POST
def assign(request, public_id):
    """To oneself, or back to the whole team."""
    thread = _find(request, public_id)
    to = None if thread.assigned_to_id == request.user.pk else request.user
    actions.assign(thread, to=to, by=request.user)
    messages.success(request, "Vous suivez cette question." if to else "Cette question est rendue à toute l’équipe.")
    return redirect(thread.answering_url)


@require_POST
def close_answered(request, public_id):
    thread = _find(request, public_id)
    with refusals_as_messages(request):
        actions.close(thread, by=request.user)
        messages.success(request, "La question est close.")
    return redirect(thread.answering_url)


@require_safe
def etape(request, public_id):
    """The étape as the person reads it, in the edition followed."""
    thread = _find(request, public_id)
    activity = get_object_or_404(thread.edition.activities, activity_id=thread.activity_id)
    return render(request, "assistance/etape.html", {"thread": thread, "activity": activity})


def _find(request, public_id):
    threads = Thread.objects.visible_to(request.user).put_to(request.user).for_thread()
    thread = get_object_or_404(threads, public_id=public_id)
    require(can_answer(request.user, thread))
    return thread


def _load(put) -> str:
    """How many wait, and how many wait for too long, in words."""
    waiting, late = put.waiting().count(), put.late(timezone.now()).count()
    if not waiting:
        return "Aucune n’attend de réponse."
    told = f"{number(waiting)} {'attendent' if waiting > 1 else 'attend'} une réponse"
    return f"{told}, dont {number(late)} en retard." if late else f"{told}, aucune en retard."


def _narrowed(found, filters, person):
    chosen = filters.cleaned_data
    if chosen.get("parcours"):
        found = found.filter(parcours=chosen["parcours"])
    if chosen.get("etape"):
        found = found.filter(activity_id=chosen["etape"])
    return found.filter(assigned_to=person) if chosen.get("miennes") else found


def _worded(request, thread):
    """What to begin from: what was asked, and what the trainer has typed or answered."""
    messages_of = list(thread.messages.all())
    asked = [one.text for one in messages_of if not one.is_answer]
    answers = [one.text for one in messages_of if one.is_answer]
    typed = request.session.get(TYPED, {})
    if typed.get("thread") == thread.pk:
        answers.append(typed["text"])
    return {"question": asked[-1] if asked else "", "answer": answers[-1] if answers else ""}
