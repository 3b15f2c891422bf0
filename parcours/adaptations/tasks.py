import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from lms.accounts.models import Person
from lms.kernel.jobs import clock, task
from lms.kernel.mail import post_mail
from lms.kernel.quiet import next_quiet_end
from lms.organisations.lifecycle import Role
from parcours.adaptations import actions
from parcours.adaptations.models import AdaptationRequest


@task("adaptations.tell_referents", atomic=True)
def tell_referents(request_pk):
    """That a request waits, never what it says nor whose it is."""
    request = AdaptationRequest.objects.select_related("organisation").get(pk=request_pk)
    if not request.is_waiting:
        return
    held = request.organisation.memberships.active().filter(role=Role.DISABILITY_REFERENT).values("person")
    for referent in Person.objects.known().filter(pk__in=held).exclude(email=None).order_by("pk"):
        link = settings.BASE_URL + reverse("adaptations:answer", args=[request.public_id])
        post_mail(
            to=referent.email,
            subject="Une demande d’adaptation attend votre réponse",
            body=render_to_string("adaptations/mail_asked.txt", {"person": referent, "request": request, "link": link}),
            reason=f"Vous recevez ce message parce que vous êtes référent handicap de {request.organisation}.",
            key=f"adaptations.asked:{request.pk}:{referent.pk}",
            due_at=next_quiet_end(timezone.now(), referent.time_zone),
        )


@task("adaptations.tell_person", atomic=True)
def tell_person(request_pk):
    request = AdaptationRequest.objects.select_related("person", "organisation").get(pk=request_pk)
    person = request.person
    if not person.email or not person.is_active:
        return
    context = {"person": person, "request": request, "link": settings.BASE_URL + request.get_absolute_url()}
    post_mail(
        to=person.email,
        subject="Votre demande d’adaptation a reçu une réponse",
        body=render_to_string("adaptations/mail_answered.txt", context),
        reason=f"Vous recevez ce message parce que vous avez demandé une adaptation à {request.organisation}.",
        key=f"adaptations.answered:{request.pk}:{request.state}",
        due_at=next_quiet_end(timezone.now(), person.time_zone),
    )


@clock("adaptations.ask_to_keep", every="day", at="04:00")
def ask_to_keep(day):
    actions.ask_to_keep(datetime.date.fromisoformat(day))


@task("adaptations.ask_to_keep_one", atomic=True)
def ask_to_keep_one(request_pk):
    """Nothing to somebody who said it meanwhile, nor to somebody without an address."""
    request = AdaptationRequest.objects.select_related("person", "organisation").filter(pk=request_pk).first()
    if request is None or not request.is_about_to_go or not request.person.email or not request.person.is_active:
        return
    person = request.person
    context = {"person": person, "request": request, "link": settings.BASE_URL + request.get_absolute_url()}
    post_mail(
        to=person.email,
        subject="Votre adaptation vous est-elle encore utile ?",
        body=render_to_string("adaptations/mail_keep.txt", context),
        reason=f"Vous recevez ce message parce que vous avez demandé une adaptation à {request.organisation}.",
        key=f"adaptations.keep:{request.pk}:{request.asked_to_keep_on}",
        due_at=next_quiet_end(timezone.now(), person.time_zone),
    )


@clock("adaptations.forget_old", every="day", at="04:10")
def forget_old(day):
    actions.forget_old(datetime.date.fromisoformat(day))
