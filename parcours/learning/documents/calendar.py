"""What is dated in following courses: the moments chosen, and when each course began and ended."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from lms.kernel.calendars import Event
from lms.kernel.formats import NBSP
from parcours.learning.engine.reminding import Slot
from parcours.learning.models import Enrolment


def dates_of(person) -> Iterator[Event]:
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    for moment in person.moments.all():
        yield _moment(moment, person.time_zone, host)
    for enrolment in Enrolment.objects.filter(person=person).followed().for_dates():
        yield from _course(enrolment, ZoneInfo(person.time_zone), host)


def _moment(moment, zone, host) -> Event:
    return Event(
        uid=f"moment-{moment.pk}@{host}",
        title="Mon moment pour me former",
        starts=Slot(moment.weekday, moment.starts_at).next(moment.created_at, zone),
        stamped_at=moment.created_at,
        minutes=moment.minutes,
        url=settings.BASE_URL + reverse("learning:home"),
        weekly=True,
        zone=zone,
    )


def _course(enrolment, zone, host) -> Iterator[Event]:
    title = f"«{NBSP}{enrolment.edition.title}{NBSP}»"
    yield _day(enrolment, f"Début du parcours {title}", enrolment.enrolled_at, zone, f"debut-{enrolment.pk}@{host}")
    if enrolment.completed_at:
        yield _day(enrolment, f"Fin du parcours {title}", enrolment.completed_at, zone, f"fin-{enrolment.pk}@{host}")


def _day(enrolment, title, at: datetime, zone, uid) -> Event:
    url = settings.BASE_URL + enrolment.get_absolute_url()
    return Event(uid=uid, title=title, starts=at.astimezone(zone).date(), stamped_at=at, url=url)
