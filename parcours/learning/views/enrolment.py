from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from lms.accounts.permissions import is_generic_mailbox
from lms.kernel.access import refusals_as_errors, refusals_as_messages, require
from lms.kernel.formats import duration
from lms.organisations.models import Organisation
from parcours.catalogue.documents import completion_sentence, reminder_of
from parcours.catalogue.models import Edition, ParcoursPage
from parcours.learning import actions
from parcours.learning.forms import EnrolDeclaringForm, EnrolForm
from parcours.learning.models import Enrolment
from parcours.learning.permissions import can_enrol, can_withdraw

ELSEWHERE = "autre-employeur"


@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request, parcours_pk):
    parcours = ParcoursPage.objects.live().filter(id=parcours_pk)
    edition = get_object_or_404(Edition.objects.offered(), parcours__in=parcours)
    require(can_enrol(request.user))
    existing = Enrolment.objects.visible_to(request.user).followed().filter(parcours=edition.parcours_id).first()
    if existing:
        return redirect(existing)
    if refusals := actions.enrolment_refusals(edition):
        messages.warning(request, " ".join(refusals))
        return redirect(edition.parcours.url)
    form = _form(request, edition)
    if form.is_bound and form.is_valid():
        with refusals_as_errors(form):
            return _enrol(request, edition, form)
    return render(
        request, "learning/enrol.html", _announced(request, edition, form), status=422 if form.errors else 200
    )


def _form(request, edition):
    """The catalogue sends here without any answer yet; someone without employer, or with another one, declares it."""
    data = request.POST if "edition" in request.POST else None
    employers = list(Organisation.objects.employers_of(request.user))
    if not employers or ELSEWHERE in request.GET:
        return EnrolDeclaringForm(data, edition=edition)
    return EnrolForm(data, edition=edition, employers=employers)


def _enrol(request, edition, form):
    enrolling = actions.enrol if isinstance(form, EnrolForm) else actions.enrol_with_new_employer
    try:
        enrolment = enrolling(request.user, edition, by=request.user, **form.chosen)
    except actions.AlreadyEnrolled as already:
        return redirect(already.enrolment)
    messages.success(request, f"Votre inscription à « {edition.title} » est enregistrée.")
    return redirect(enrolment)


def _announced(request, edition, form):
    """All that is said before anybody commits."""
    person, choosing = request.user, isinstance(form, EnrolForm)
    shared = edition.is_habilitation and not person.pix_email and is_generic_mailbox(person.email or "")
    return {
        "edition": edition,
        "form": form,
        "announced": [
            ("Durée", duration(edition.minutes)),
            ("Étapes", len(edition.outline)),
            ("La plus longue", duration(max(one.minutes for one in edition.outline))),
            ("Modalité", f"{edition.content['modality']['label']}, en autonomie"),
        ],
        "completion": completion_sentence(edition),
        "reminder": reminder_of(edition),
        "employer": form.only if choosing else None,
        "elsewhere": f"?{ELSEWHERE}" if choosing else "",
        "shared_address": person.email if shared else "",
        "nameless": not person.last_name,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, pk):
    enrolment = get_object_or_404(Enrolment.objects.visible_to(request.user).active().for_home(), pk=pk)
    require(can_withdraw(request.user, enrolment))
    if request.method != "POST":
        return render(request, "learning/withdraw.html", {"enrolment": enrolment, "edition": enrolment.edition})
    with refusals_as_messages(request):
        actions.withdraw(enrolment, by=request.user)
        messages.success(request, f"Vous ne suivez plus « {enrolment.edition.title} ».")
    return redirect("learning:home")
