"""The half-days of sessions in a calendar."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from lms.kernel.calendars import Event
from parcours.classroom.documents.hours import place_line
from parcours.classroom.models import Registration


def events_of_session(session, *, url="", with_links=False) -> Iterator[Event]:
    """`with_links`: for whoever is registered; the public learns where, never the link."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    for half_day in session.half_days.all():
        note = half_day.link if with_links and half_day.link else place_line(half_day)
        yield Event(
            uid=f"demi-journee-{half_day.pk}@{host}",
            title=session.edition.title,
            starts=half_day.starts_at,
            stamped_at=session.published_at or session.created_at,
            minutes=half_day.minutes,
            url=url or settings.BASE_URL + reverse("classroom:found", args=[session.public_id]),
            note=note,
        )


def dates_of(person) -> Iterator[Event]:
    """What a person's own calendar holds of their sessions."""
    mine = Registration.objects.filter(person=person).seated().for_pages()
    for registration in mine:
        url = settings.BASE_URL + reverse("classroom:my_session", args=[registration.public_id])
        yield from events_of_session(registration.session, url=url, with_links=True)
