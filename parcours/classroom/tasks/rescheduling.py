"""Whoever is registered is told at once that the dates or the place changed, whatever the hour: they plan by it."""

import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from lms.kernel.formats import NBSP, instant, nbsp
from lms.kernel.jobs import task
from lms.kernel.mail import post_mail
from lms.kernel.quiet import next_quiet_end
from parcours.classroom.documents.hours import hours_lines, place_line
from parcours.classroom.lifecycle import QUEUED
from parcours.classroom.models import Session
from parcours.classroom.tasks.telling import referents_of

THEIRS = "Vous recevez ce message parce que votre nom est inscrit à cette session de formation."
ANSWERS = "Vous recevez ce message parce que vous répondez des inscriptions de {}."


@task("classroom.tell_rescheduled", atomic=True)
def tell_rescheduled(session_pk, before, change):
    """`before`: when its half-days began, instants in ISO separated by commas; `change` tells this one from others."""
    session = Session.objects.for_page().get(pk=session_pk)
    if session.state != Session.State.PUBLISHED:
        return
    old = [datetime.datetime.fromisoformat(one) for one in before.split(",") if one]
    active = session.registrations.active().select_related("person", "employer").prefetch_related("convocations")
    for registration in active:
        key = f"classroom.rescheduled:{change}:{registration.pk}"
        page = reverse("classroom:my_session", args=[registration.public_id])
        if not registration.convocations.all():  # whoever was convoked receives a convocation again
            _tell(session, registration, registration.person, old, page, THEIRS, key)
        page = reverse("classroom:structure_sessions", args=[registration.employer.public_id])
        for referent in referents_of(registration):
            reason = ANSWERS.format(registration.employer)
            _tell(session, registration, referent, old, page, reason, f"{key}:{referent.pk}")


def _tell(session, registration, person, old, page, reason, key):
    if not person.email or not person.is_active:
        return
    with timezone.override(person.time_zone):
        context = {
            "person": person,
            "trainee": "" if person.pk == registration.person_id else registration.person.full_name,
            "title": session.title,
            "old": [instant(one, session.zone) for one in old],
            "hours": hours_lines(session, person.time_zone),
            "places": list(dict.fromkeys(place_line(one) for one in session.half_days.all())),
            "link": settings.BASE_URL + page,
        }
        body = render_to_string("classroom/mail_rescheduled.txt", context)
    waits = registration.state in QUEUED
    post_mail(
        to=person.email,
        subject=nbsp(f"Dates ou lieu changés : «{NBSP}{session.title}{NBSP}»")[:250],
        body=body,
        reason=reason,
        key=key,
        due_at=next_quiet_end(timezone.now(), person.time_zone) if waits else None,
    )
