"""An officer decides of one file, and takes back what is not notified."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from certification.funding import actions
from certification.funding.documents.comparison import ceiling_of, comparison_of
from certification.funding.documents.offers import LABELS, VERDICT_OF_SLUG, awaited_words
from certification.funding.documents.rules import CAPS, REASONS, SENTENCES, fictional_for
from certification.funding.forms.deciding import FORMS, AdmitForm, prepared_sentences
from certification.funding.lifecycle import FUNDING, Verdict
from certification.funding.permissions import can_read_as_officer, conflict_of
from certification.funding.views.finding import decided
from lms.kernel.access import refusals_as_errors, refusals_as_messages, require
from lms.kernel.formats import time_short

V = Verdict
ACTS = {
    V.GRANT: actions.grant,
    V.PART: actions.grant,
    V.REFUSE: actions.refuse,
    V.COMPLEMENT: actions.ask_complement,
    V.VALIDATE: actions.validate,
    V.ANOMALY: actions.signal_anomaly,
    V.PAY: actions.pay,
    V.REJECT: actions.reject,
}
PREPARED = (V.COMPLEMENT, V.ANOMALY)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request, demande, slug):
    """A form to say it, or why it cannot be said now."""
    found = decided(request, demande)
    require(can_read_as_officer(request.user, found))
    if slug not in VERDICT_OF_SLUG:
        raise Http404
    verdict = VERDICT_OF_SLUG[slug]
    form = _form(request, verdict, found)
    if form.is_valid():
        with refusals_as_errors(form):
            ACTS[verdict](found, by=request.user, **form.values)
            messages.success(request, _said(found, verdict))
            return redirect(found)
    context = _about(found, verdict, request.user) | {"demande": found, "form": form}
    return render(request, "funding/decide.html", context, status=422 if form.errors else 200)


def _form(request, verdict, demande):
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    more = {"ceiling": ceiling_of(demande, demande.beneficiaries.count())} if verdict == V.PART else {}
    return FORMS[verdict](*data, demande=demande, initial=_initial(request, verdict, demande), **more)


def _about(demande, verdict, person) -> dict:
    return {
        "label": LABELS[verdict],
        "refusals": _refusals(demande, verdict, person),
        "prepared": prepared_sentences() if verdict in PREPARED else [],
        "left": actions.left_to_pay(demande) if verdict == V.PAY else None,
        "payee": demande.session.organisation if demande.subrogation else demande.employer,
        "fictional": _fictional(demande, verdict),
    }


def _initial(request, verdict, demande) -> dict:
    """The prepared sentence chosen, the findings to quote, what is left to pay."""
    if verdict in PREPARED:
        sentences = prepared_sentences()
        asked = request.GET.get("phrase", "")
        if asked in map(str, range(len(sentences))):
            return {"sentence": sentences[int(asked)]}
        lines = comparison_of(demande).to_explain
        return {"sentence": "\n".join(f"{line.person.full_name}\u00a0: {line.words}." for line in lines)}
    if verdict == V.PAY:
        left = actions.left_to_pay(demande)
        return {"amount": left if left > 0 else None, "paid_on": timezone.localdate()}
    return {}


def _refusals(demande, verdict, person) -> list[str]:
    if conflict := conflict_of(person, demande):
        return [conflict]
    pending = demande.decisions.pending().first()
    if pending:
        return ["Une décision attend d’être notifiée : retirez-la d’abord, ou attendez."]
    if awaited := awaited_words(demande):
        return [awaited]
    return FUNDING.refusals(demande, str(verdict))


def _fictional(demande, verdict) -> bool:
    rules = {V.REFUSE: (REASONS,), V.REJECT: (REASONS,), V.COMPLEMENT: (SENTENCES,), V.ANOMALY: (SENTENCES,)}
    return fictional_for(demande.opco, *rules.get(verdict, (CAPS,)))


def _said(demande, verdict) -> str:
    decision = demande.decisions.pending().first()
    at = time_short(timezone.localtime(decision.notify_at)) if decision else ""
    return f"{LABELS[verdict]}\u00a0: c’est noté pour le dossier {demande.number}. Vous pouvez le retirer jusqu’à {at}."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def admit(request, demande):
    """What differs of the file as a whole passes, with a sentence."""
    found = decided(request, demande)
    require(can_read_as_officer(request.user, found))
    form = AdmitForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_as_errors(form):
            actions.admit(found, by=request.user, **form.cleaned_data)
            messages.success(request, "L’écart est admis : votre phrase est jointe au dossier.")
            return redirect(found)
    to_judge = comparison_of(found).to_judge if found.state in actions.JUDGED_IN else []
    context = {"demande": found, "form": form, "to_judge": to_judge, "conflict": conflict_of(request.user, found)}
    return render(request, "funding/admit.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request, demande):
    found = decided(request, demande)
    require(can_read_as_officer(request.user, found))
    with refusals_as_messages(request):
        actions.withdraw(found, by=request.user)
        messages.success(request, "La décision est retirée : rien n’a été envoyé.")
    return redirect(found)
