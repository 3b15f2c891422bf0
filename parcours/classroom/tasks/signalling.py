from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from lms.kernel.formats import NBSP
from lms.kernel.jobs import clock, task
from lms.kernel.mail import post_mail
from lms.kernel.quiet import next_quiet_end
from parcours.classroom import actions
from parcours.classroom.documents.hours import hours_lines, place_line
from parcours.classroom.models import Session, SignalledNeed


@task("classroom.warn_needs", atomic=True)
def warn_needs(session_pk):
    session = Session.objects.open_to_public().filter(pk=session_pk).first()
    if session is not None:
        actions.warn_of(session)


@task("classroom.warn_need", atomic=True)
def warn_need(need_pk):
    """Nothing to whoever said to stop, nor of a session that was cancelled meanwhile."""
    need = SignalledNeed.objects.select_related("person", "departement").filter(pk=need_pk, stopped_at=None).first()
    session = need and Session.objects.open_to_public().for_page().filter(pk=need.warned_of_id).first()
    if not session:
        return
    zone = need.person.time_zone if need.person else need.departement.time_zone
    stop = settings.BASE_URL + reverse("classroom:stop_need", args=[actions.stop_link_of(need).token])
    context = {
        "need": need,
        "session": session,
        "hours": hours_lines(session, zone),
        "places": list(dict.fromkeys(place_line(one) for one in session.half_days.all())),
        "link": settings.BASE_URL + reverse("classroom:found", args=[session.public_id]),
        "stop": stop,
    }
    post_mail(
        to=need.email,
        subject=f"Une session s’ouvre : «{NBSP}{session.edition.title}{NBSP}»".replace(" :", f"{NBSP}:"),
        body=render_to_string("classroom/mail_session_opens.txt", context),
        reason="Vous recevez ce message, une seule fois, parce que vous avez signalé ce besoin.",
        key=f"classroom.warn_need:{need.pk}:{session.pk}",
        due_at=next_quiet_end(timezone.now(), zone),
        stop_url=stop,
    )


@clock("classroom.forget_needs", every="day", at="03:25")
def forget_needs(day):
    actions.forget_needs()
