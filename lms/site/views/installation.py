"""The first-run assistant: one step per page, saved at each, and what is left."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from lms.kernel.access import require
from lms.kernel.models import Job, OutgoingMail

from .. import actions
from ..installation import STEPS, left, next_step, step_named
from ..models import SiteIdentity
from ..permissions import can_install


@require_safe
def installation(request):
    require(can_install(request.user))
    identity = SiteIdentity.load()
    rows = [{"step": step, "done": step.is_done(identity)} for step in STEPS]
    return render(
        request, "site/installation.html", {"rows": rows, "left": left(identity), "next": next_step(identity)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def installation_step(request, slug):
    require(can_install(request.user))
    step = step_named(slug)
    if step is None:
        raise Http404
    return fill_in(request, step) if step.form else try_out(request, step)


def fill_in(request, step):
    form = step.form(request.POST or None, instance=SiteIdentity.load())
    if request.method == "POST" and form.is_valid():
        identity = actions.describe(by=request.user, **form.cleaned_data)
        messages.success(request, f"« {step.title} » est enregistré.")
        return go_on(identity, step)
    return render(request, "site/installation_form.html", frame_of(step) | {"form": form})


def try_out(request, step):
    if request.method == "POST":
        return ACTS[step.slug](request, step)
    identity = SiteIdentity.load()
    found = {"identity": identity, "done": step.is_done(identity), "sender": settings.DEFAULT_FROM_EMAIL}
    return render(request, "site/installation_trial.html", frame_of(step) | found | TRACES[step.slug](request))


def confirm_sender(request, step):
    return go_on(actions.confirm_sender(by=request.user), step)


def try_mail(request, step):
    if "received" in request.POST:
        return go_on(actions.confirm_test_mail(by=request.user), step)
    actions.send_test_mail(by=request.user)
    messages.info(request, f"Un message part vers {request.user.email}. Rechargez la page pour suivre son envoi.")
    return redirect("site:installation_step", step.slug)


def try_files(request, step):
    faults = {place: fault for place, fault in actions.try_files(by=request.user).items() if fault}
    for place, fault in faults.items():
        messages.error(request, f"{place.capitalize()} : le fichier n’a pas pu être gardé ({fault}).")
    if faults:
        return redirect("site:installation_step", step.slug)
    messages.success(request, "Les fichiers sont écrits, relus et effacés comme il faut.")
    return go_on(SiteIdentity.load(), step)


def try_queue(request, step):
    actions.try_queue(by=request.user)
    messages.info(request, "Un travail est confié à la file d’attente. Rechargez la page pour voir s’il est fait.")
    return redirect("site:installation_step", step.slug)


def last_mail(request):
    sent = OutgoingMail.objects.filter(key__startswith=f"{actions.TEST_MAIL}:{request.user.pk}:").first()
    job = sent and Job.objects.filter(key=f"kernel.send_mail:{sent.pk}").first()
    return {"mail": sent, "job": job}


def last_job(request):
    return {"mail": None, "job": Job.objects.filter(name="site.mark_queue_tested").first()}


def nothing(request):
    return {"mail": None, "job": None}


def frame_of(step):
    return {"step": step, "titles": [each.title for each in STEPS], "number": STEPS.index(step) + 1}


def go_on(identity, step):
    following = next_step(identity, after=step)
    return redirect("site:installation_step", following.slug) if following else redirect("site:installation")


ACTS = {"expediteur": confirm_sender, "message": try_mail, "fichiers": try_files, "file": try_queue}
TRACES = {"expediteur": nothing, "message": last_mail, "fichiers": nothing, "file": last_job}
