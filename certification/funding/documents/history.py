"""What happened to a file, the latest first."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from certification.funding.lifecycle import Verdict
from certification.funding.models import Decision
from lms.kernel.formats import nbsp


@dataclass(frozen=True)
class Event:
    """`pending`: decided, and notified to nobody yet."""

    at: datetime
    label: str
    who: str
    text: str = ""
    badge: str = ""
    badge_kind: str = "neutral"
    url: str = ""


def history_of(demande, decisions, *, announced_only=False) -> list[Event]:
    """`announced_only`: what the employer and the organisme were told; an officer is not named to them."""
    found = [one for one in decisions if one.notified_at or not announced_only]
    events = [_filed(demande)] if demande.filed_at else []
    for decision in found:
        events.append(_decision(decision, demande, named=not announced_only))
        if decision.withdrawn_at:
            events.append(Event(decision.withdrawn_at, "Décision retirée", decision.withdrawn_by.full_name))
        if decision.answered_at:
            who = decision.answered_by.full_name
            events.append(Event(decision.answered_at, "Réponse", who, text=decision.answer))
    if demande.admitted_at:
        who = str(demande.opco) if announced_only else demande.admitted_by.full_name
        events.append(Event(demande.admitted_at, "Écart admis", who, text=demande.admitted_note))
    if demande.service_declared_at:
        who = str(demande.session.organisation)
        events.append(Event(demande.service_declared_at, "Service fait déclaré", who))
    return sorted(events, key=lambda event: event.at, reverse=True)


def _filed(demande) -> Event:
    late = "déposée après le début de la session" if demande.filed_late else ""
    return Event(demande.filed_at, "Demande déposée", demande.filed_by.full_name, badge=late, badge_kind="warning")


def _decision(decision: Decision, demande, *, named) -> Event:
    reason = f"{decision.reason[:1].upper()}{decision.reason[1:].rstrip('.')}." if decision.reason else ""
    text = nbsp(" ".join(part for part in (reason, decision.sentence) if part))
    label = decision.get_verdict_display()
    badge, kind = ("", "neutral")
    if decision.withdrawn_at:
        badge = "retirée, jamais notifiée"
    elif decision.is_pending:
        badge, kind = "pas encore notifiée", "info"
    who = decision.by.full_name if named else str(demande.opco)
    words = f"{label[:1].upper()}{label[1:]}"
    url = ""
    if named and decision.verdict == Verdict.ANOMALY:
        url = reverse("funding:anomaly", args=[demande.public_id, decision.pk])
    return Event(decision.at, words, who, text=text, badge=badge, badge_kind=kind, url=url)
