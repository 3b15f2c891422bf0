"""What the public pages say of a parcours, to people and to machines."""

import datetime
import json

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.safestring import mark_safe

from lms.kernel.formats import NBSP, date_long, duration
from parcours.catalogue import documents
from parcours.catalogue.models import Modality, Opening

register = template.Library()

BEFORE = (
    ("Public", "audience"),
    ("Prérequis", "prerequisites"),
    ("Modalités", "modalities"),
    ("Délais d’accès", "access"),
    ("Tarif", "price"),
    ("Méthodes", "methods"),
    ("Évaluation", "evaluation"),
    ("Nature de l’action", "nature"),
    ("Accessibilité", "accessibility"),
    ("Référent handicap", "disability_contact"),
    ("Contact et assistance", "contact"),
)
ELIGIBILITIES = (
    ("Qui peut suivre ce parcours", "who_follows"),
    ("Qui peut s’inscrire à une session", "who_registers"),
    ("Qui peut être habilité", "who_is_habilitated"),
)
COURSE_MODES = {Modality.REMOTE: "online", Modality.ON_SITE: "onsite", Modality.MIXED: "blended"}
DATES = ("valid_from", "valid_until")
IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@register.inclusion_tag("components/facts.html")
def parcours_facts(content, responsible):
    """What Qualiopi's indicator 1 wants known before anybody enrols, and who answers for it."""
    items = [(label, content[name]) for label, name in BEFORE if content[name]]
    return {"items": items + facts_of(responsible)}


def facts_of(responsible):
    if not responsible:
        return []
    number = f", déclaration d’activité n°{NBSP}{responsible['nda']}" if responsible["nda"] else ""
    facts = [("Organisme responsable", f"{responsible['name']}{number}")]
    if responsible["contact"]:
        facts.append(("Interlocuteur des apprenants", f"{responsible['contact']}, réponse {responsible['delay']}"))
    return facts


@register.inclusion_tag("catalogue/_results.html")
def published_results(page):
    """What Qualiopi's indicator 2 wants published: counts with their period and their sample."""
    return {"results": [found for provide in documents.RESULTS if (found := provide(page.pk))]}


@register.simple_tag
def answering(content, page):
    """Who answers for it as the edition says, or as things stand when it says nobody; asked once for a page."""
    if content["responsible"]:
        return content["responsible"]
    if "_announced_by" not in page.__dict__:
        page.__dict__["_announced_by"] = documents.announced_by(page)
    return page.__dict__["_announced_by"]


@register.simple_tag
def parcours_links(page):
    """What other rooms offer about a parcours: its sessions."""
    return documents.links_of(page)


@register.simple_tag
def enrolment_refusals(edition, page):
    """Why the page offers no enrolment today, and what to do instead; empty when it does."""
    refusal = edition.enrolment_refusal(timezone.localdate())
    return [refusal] if refusal else documents.assistance_faults(page)


@register.simple_tag
def programme_in_force(content):
    """« Version 10 h 30, en vigueur depuis le … »."""
    since, until = (content[name] and datetime.date.fromisoformat(content[name]) for name in DATES)
    return in_force(content["version"], since, until, timezone.localdate())


@register.simple_tag
def version_of(page):
    """The same for another programme of the family, from its page."""
    return in_force(page.version_label, page.valid_from, page.valid_until, timezone.localdate())


@register.simple_tag
def eligibilities(content):
    """Three rights that are not one another: pairs of question and answer."""
    return [(label, content[name]) for label, name in ELIGIBILITIES if content[name]]


@register.filter
def in_hours(figures):
    return documents.hours_sentence(figures)


@register.simple_tag
def canonical(path):
    """The one address of a page, for machines that meet several."""
    return mark_safe(f'<link rel="canonical" href="{settings.BASE_URL}{path}">')


@register.inclusion_tag("catalogue/_card.html")
def parcours_card(line, who, today):
    return {
        "line": line,
        "url": line.parcours.url,
        "facts": facts_of_line(line),
        "who": ", ".join(who.get(line.pk, ())) or line.audience,
        "states": states_of(line, today),
        "validity": validity(line, today),
    }


def facts_of_line(line) -> list[str]:
    facts = [f"{duration(line.minutes)} en tout"]
    if line.etapes:
        facts.append(f"{line.etapes} étape{'s' if line.etapes > 1 else ''} en ligne")
        facts.append(f"{duration(line.longest_minutes)} pour la plus longue")
    if line.seances:
        facts.append(documents.half_days(line.seances))
    return [*facts, line.get_modality_display().capitalize()]


def states_of(line, today) -> list[tuple[str, str]]:
    """(label, kind) of the badges of a line."""
    states = []
    if line.is_former:
        states.append(("Programme ancien", "warning"))
    elif line.opening == Opening.SESSION:
        states.append(("Sur inscription à une session", "info"))
    if line.is_habilitation:
        states.append(("Prépare à l’habilitation", "neutral"))
    return states


def validity(line, today) -> str:
    """« Version 10 h 30, en vigueur depuis le … »."""
    return in_force(line.version, line.valid_from, line.valid_until, today)


def in_force(version, since, until, today) -> str:
    parts = [f"Version {version}"] if version else []
    if since and until:
        parts.append(f"en vigueur du {day_of(since)} au {day_of(until)}")
    elif since:
        parts.append(f"en vigueur {'depuis le' if since <= today else 'à partir du'} {day_of(since)}")
    elif until:
        parts.append(f"en vigueur jusqu’au {day_of(until)}")
    told = ", ".join(parts)
    return told[:1].upper() + told[1:]


def day_of(date) -> str:
    """« 1er janvier 2024 »: nobody needs the day of the week of a programme."""
    return date_long(date).split(" ", 1)[1]


@register.simple_tag
def course_data(page, content, figures, responsible):
    """The parcours as schema.org says it; only what is true and known. Source: schema.org/Course."""
    instance = {
        "@type": "CourseInstance",
        "courseMode": COURSE_MODES.get(content["modality"]["code"], "blended"),
        "courseWorkload": iso_duration(figures["total"]),
    }
    course = {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": content["title"],
        "description": content["summary"],
        "url": settings.BASE_URL + page.url,
        "inLanguage": "fr",
        "timeRequired": iso_duration(figures["total"]),
        "coursePrerequisites": content["prerequisites"],
        "teaches": content["objectives"],
        "audience": {"@type": "Audience", "audienceType": content["audience"]},
        "hasCourseInstance": instance,
    }
    if responsible:
        course["provider"] = {"@type": "Organization", "name": responsible["name"]}
    if content["price"].strip().lower().startswith("gratuit"):
        course["offers"] = {"@type": "Offer", "category": "Free", "price": 0, "priceCurrency": "EUR"}
    written = json.dumps({key: value for key, value in course.items() if value}, ensure_ascii=False)
    return mark_safe(f'<script type="application/ld+json">{written.translate(IN_SCRIPT)}</script>')


def iso_duration(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest or not hours else "")
