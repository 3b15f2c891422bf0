"""What machines read of a session that anybody may find."""

import json

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe

from parcours.catalogue.templatetags.parcours import COURSE_MODES, IN_SCRIPT, canonical, iso_duration
from parcours.classroom.lifecycle import Modality, SessionState

register = template.Library()
register.simple_tag(canonical)

MODES = {Modality.ONSITE: "onsite", Modality.REMOTE: "online", Modality.HYBRID: "blended"}
ATTENDANCE = {
    Modality.ONSITE: "https://schema.org/OfflineEventAttendanceMode",
    Modality.REMOTE: "https://schema.org/OnlineEventAttendanceMode",
    Modality.HYBRID: "https://schema.org/MixedEventAttendanceMode",
}


@register.simple_tag
def session_data(session, seats):
    """The session as schema.org says it; only what is true and known. Source: schema.org/CourseInstance, /Event."""
    url = settings.BASE_URL + reverse("classroom:found", args=[session.public_id])
    cancelled = session.state == SessionState.CANCELLED
    data = {
        "@context": "https://schema.org",
        "@type": ["CourseInstance", "EducationEvent"],
        "name": session.title,
        "url": url,
        "inLanguage": "fr",
        "courseMode": MODES.get(session.modality, COURSE_MODES["mixte"]),
        "courseWorkload": iso_duration(sum(one.minutes for one in session.half_days.all())),
        "eventAttendanceMode": ATTENDANCE[session.modality],
        "eventStatus": f"https://schema.org/Event{'Cancelled' if cancelled else 'Scheduled'}",
        "startDate": session.starts_at.astimezone(session.tzinfo).isoformat(),
        "endDate": session.ends_at.astimezone(session.tzinfo).isoformat(),
        "organizer": {"@type": "Organization", "name": str(session.organisation)},
        "maximumAttendeeCapacity": session.capacity,
        "location": _locations(session, url),
        "offers": _offer(session, seats, url),
    }
    written = json.dumps(data, ensure_ascii=False).translate(IN_SCRIPT)
    return mark_safe(f'<script type="application/ld+json">{written}</script>')


def _locations(session, url) -> list[dict]:
    rooms = dict.fromkeys(one.room for one in session.half_days.all() if one.room_id)
    places = [_place(room) for room in rooms]
    remote = any(not one.room_id for one in session.half_days.all())
    return [*places, {"@type": "VirtualLocation", "url": url}] if remote or not places else places


def _place(room) -> dict:
    address = {
        "@type": "PostalAddress",
        "streetAddress": room.address,
        "postalCode": room.postcode,
        "addressLocality": room.city,
        "addressCountry": "FR",
    }
    return {"@type": "Place", "name": room.name, "address": address}


def _offer(session, seats, url) -> dict:
    free = "InStock" if seats.can_register else "SoldOut"
    return {
        "@type": "Offer",
        "price": f"{session.price:.2f}",
        "priceCurrency": "EUR",
        "availability": f"https://schema.org/{free}",
        "url": url,
    }
