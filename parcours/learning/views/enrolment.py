from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from lms.kernel.access import require
from lms.organisations.models import Organisation
from parcours.catalogue.models import Edition
from parcours.learning import actions
from parcours.learning.forms import EnrolForm
from parcours.learning.models import Enrolment
from parcours.learning.permissions import can_follow
from parcours.learning.views.outline import lines, modules, next_step


@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request, parcours_pk):
    edition = get_object_or_404(Edition.objects.open_to_enrolment(), parcours=parcours_pk)
    require(request.user.is_authenticated)
    existing = Enrolment.objects.visible_to(request.user).followed().filter(parcours=parcours_pk).first()
    if existing:
        return redirect(existing)
    employers = Organisation.objects.employers_of(request.user)
    form = EnrolForm(request.POST if "edition" in request.POST else None, employers=employers, edition=edition)
    if form.is_bound and form.is_valid():
        return _enrol(request, edition, form)
    context = {"edition": edition, "form": form, "longest": max(one.minutes for one in edition.outline)}
    return render(request, "learning/enrol.html", context, status=422 if form.errors else 200)


def _enrol(request, edition, form):
    employer = form.employer_of(request.user)
    try:
        enrolment = actions.enrol(request.user, edition, employer=employer, by=request.user)
    except actions.AlreadyEnrolled as already:
        return redirect(already.enrolment)
    messages.success(request, f"Votre inscription à « {edition.title} » est enregistrée.")
    return redirect(enrolment)


@require_safe
def course(request, pk):
    return _course(request, pk, "learning/course.html")


@require_safe
def checklist(request, pk):
    return _course(request, pk, "learning/checklist.html")


def _course(request, pk, template):
    enrolment = get_object_or_404(Enrolment.objects.visible_to(request.user).followed().for_home(), pk=pk)
    require(can_follow(request.user, enrolment))
    rows = {row.activity_id: row for row in enrolment.activities.all()}
    context = {
        "enrolment": enrolment,
        "edition": enrolment.edition,
        "progress": enrolment.progress,
        "modules": modules(lines(enrolment, rows)),
        "step": next_step(enrolment),
    }
    return render(request, template, context)
