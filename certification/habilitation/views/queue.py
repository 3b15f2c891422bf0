"""What people declared and nobody has confirmed: one at a time with its proof, or several after a preview."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.habilitation import actions
from certification.habilitation.documents.standing import WORD_OF_STEP
from certification.habilitation.documents.waiting import Waiting, shown_facts, waiting_facts
from certification.habilitation.forms.declaring import NoteForm
from certification.habilitation.forms.lists import QueueForm
from certification.habilitation.models import Fact
from certification.habilitation.permissions import can_decide, can_steer
from lms.kernel.access import keys_in, refusals_as_messages, require
from lms.kernel.formats import plural
from lms.kernel.paging import page_of

MOST_AT_ONCE = 100
CONFIRM, REJECT = "confirmer", "ecarter"
SET_ASIDE = "La déclaration est écartée : la personne et qui l’a faite en sont prévenus."


@never_cache
@require_safe
def queue(request):
    require(can_steer(request.user))
    filters = QueueForm(request.GET)
    filters.is_valid()
    asked = filters.cleaned_data
    found = waiting_facts(asked.get("q", ""), _before(asked.get("attente")))
    page = page_of(request, found, rows=shown_facts())
    context = {
        "filters": filters,
        "asked": bool(asked.get("q") or asked.get("attente")),
        "page": page,
        "lines": [Waiting(one, can_decide(request.user, one)) for one in page],
        "caption": plural(page.paginator.count, "déclaration à vérifier", "déclarations à vérifier"),
    }
    return render(request, "habilitation/queue.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def declaration(request, public_id):
    """One declaration, its proof, and the two answers."""
    require(can_steer(request.user))
    fact = get_object_or_404(Fact.objects.visible_to(request.user).for_page(), public_id=public_id)
    rejecting = request.method == "POST" and request.POST.get("suite") != CONFIRM
    form = NoteForm(request.POST if rejecting else None)
    require(request.method != "POST" or can_decide(request.user, fact))
    if request.method == "POST" and not rejecting:
        return _answered(request, lambda: actions.confirm_fact(fact, by=request.user), "Le test Pix est confirmé.")
    if form.is_valid():
        return _answered(request, lambda: actions.reject_fact(fact, by=request.user, **form.cleaned_data), SET_ASIDE)
    line = Waiting(fact, can_decide(request.user, fact))
    context = {
        "line": line,
        "fact": fact,
        "form": form,
        "people": [(one, WORD_OF_STEP[one.step]) for one in line.habilitations()],
    }
    return render(request, "habilitation/declaration.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
def decide_many(request):
    """First what would be decided, then, once it is read, the decision."""
    require(can_steer(request.user))
    facts = _chosen(request)
    suite = request.POST.get("suite") if request.POST.get("suite") in (CONFIRM, REJECT) else CONFIRM
    if not facts:
        messages.info(request, "Cochez d’abord les déclarations à décider.")
        return redirect("habilitation:queue")
    form = NoteForm(request.POST if "decider" in request.POST else None)
    if "decider" in request.POST and (suite == CONFIRM or form.is_valid()):
        _decide(request, facts, suite, form)
        return redirect("habilitation:queue")
    lines = [Waiting(one, True) for one in facts]
    caption = plural(len(lines), "déclaration", "déclarations")
    context = {"lines": lines, "suite": suite, "form": form, "caption": caption, "rejects": suite == REJECT}
    refused = suite == REJECT and form.errors
    return render(request, "habilitation/decide_many.html", context, status=422 if refused else 200)


def _chosen(request):
    asked = keys_in(request.POST.getlist("fait")[:MOST_AT_ONCE])
    found = Fact.objects.waiting().filter(pk__in=asked).for_page()
    return [one for one in found if can_decide(request.user, one)]


def _decide(request, facts, suite, form):
    """Each apart: what is refused of one keeps none of the others."""
    done = 0
    for fact in facts:
        with refusals_as_messages(request):
            if suite == CONFIRM:
                actions.confirm_fact(fact, by=request.user)
            else:
                actions.reject_fact(fact, by=request.user, note=form.cleaned_data["note"])
            done += 1
    what = ("confirmée", "confirmées") if suite == CONFIRM else ("écartée", "écartées")
    if done:
        messages.success(request, plural(done, f"déclaration {what[0]}", f"déclarations {what[1]}") + ".")


def _answered(request, act, told):
    with refusals_as_messages(request):
        act()
        messages.success(request, told)
    return redirect("habilitation:queue")


def _before(days):
    return timezone.now() - timedelta(days=int(days)) if days else None
