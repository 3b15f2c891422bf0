"""A paper of a session: its number and content now, its bytes by a job, once."""

from django.db import transaction
from django.utils import timezone

from lms.kernel import papers
from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import Paper, RevocationReason
from parcours.classroom.lifecycle import SEATED
from parcours.emargement.documents import attendance_rows, hours_of
from parcours.paperwork.documents import certificates, convocations, kinds, pieces, programme, sheets
from parcours.paperwork.documents.mentions import mentions_refusals
from parcours.paperwork.models import SessionPaper

NO_HOURS = "Aucune heure réalisée : il n’y a rien à certifier."


@transaction.atomic
def issue(kind, session, *, key, content, by, person=None, **about) -> SessionPaper:
    """The paper of this key, reserved once; `about`: registration, half_day, employer, replaces, reason.

    Raises TransitionRefused when the organisme has not said all that this kind of paper must say.
    """
    refuse_if(mentions_refusals(session.organisation, kind))
    organisation = session.organisation
    paper = papers.reserve(
        kind, key=key, person=person, organisation=organisation, content=content, by=by, zone=organisation.time_zone
    )
    row, created = SessionPaper.objects.get_or_create(
        paper=paper, session=session, defaults=about | {"asked_by": by, "created_at": timezone.now()}
    )
    if created:
        codes = {"paper": paper.number, "replaces": row.replaces_id}
        record("paperwork.issue_paper", row, by=by, after=codes)
    if not paper.is_sealed:
        post("paperwork.seal_paper", paper.pk, key=f"paperwork.seal_paper:{paper.pk}")
    return row


def refuse_if(sentences):
    if sentences:
        raise TransitionRefused(sentences)


def issue_programme(session, *, by) -> SessionPaper:
    key, content = programme.programme_key(session), programme.programme_content(session)
    return issue(kinds.PROGRAMME, session, key=key, content=content, by=by)


def issue_convocation(registration, *, by) -> SessionPaper:
    """The one that stands is returned; dates or places that changed make a new one, that says so."""
    content = convocations.convocation_content(registration)
    key = convocations.convocation_key(registration, content)
    before = standing(registration.session, kinds.CONVOCATION, registration=registration)
    if before and before.paper.key == key:
        return before
    cites = {"cites": pieces.cited(before.paper, CHANGED)} if before else {}
    about = {"registration": registration, "employer": registration.employer}
    about |= {"replaces": before, "reason": CHANGED} if before else {}
    return issue(
        kinds.CONVOCATION,
        registration.session,
        key=key,
        content=content | cites,
        by=by,
        person=registration.person,
        **about,
    )


CHANGED = "les dates, les lieux ou les contacts ont changé."


def issue_sheet(sheet, *, by) -> SessionPaper:
    """The locked sheet as it stands; a correction makes a new paper that cites the old one."""
    session = sheet.half_day.session
    refuse_if([] if sheet.is_locked else [f"La feuille d’émargement du {sheet.label} n’est pas verrouillée."])
    rows = next(one for one in attendance_rows(session) if one.half_day.pk == sheet.half_day_id)
    content = sheets.sheet_content(rows, session)
    key = sheets.sheet_key(sheet, content)
    before = standing(session, kinds.SHEET, half_day=sheet.half_day)
    if before and before.paper.key == key:
        return before
    about = {"half_day": sheet.half_day}
    if before:
        reason = _last_reason(rows)
        content = content | {"cites": pieces.cited(before.paper, reason)}
        about |= {"replaces": before, "reason": reason}
    return issue(kinds.SHEET, session, key=key, content=content, by=by, **about)


def _last_reason(rows) -> str:
    told = [one for line in rows.lines for one in line.corrections]
    return max(told, key=lambda one: one.pk).reason if told else "la feuille a été corrigée."


def certificate_refusals(session, hours) -> list[str]:
    """Why nothing can be certified yet: a sheet that is not locked, a session that is not over."""
    if timezone.now() < session.ends_at:
        return ["La session n’est pas finie : les heures réalisées ne sont pas encore connues."]
    unlocked = [one.half_day for one in hours.half_days if not one.locked]
    return [
        f"La feuille d’émargement du {pieces.half_day_label(one)} n’est pas verrouillée : verrouillez-la d’abord."
        for one in unlocked
    ]


def issue_certificate(registration, *, by, hours=None) -> SessionPaper:
    """A duplicate is the same paper: same number, same bytes. Raises TransitionRefused."""
    session = registration.session
    if before := standing(session, kinds.CERTIFICATE, registration=registration):
        return before
    hours = hours or hours_of([registration])[registration.pk]
    refuse_if(certificate_refusals(session, hours) or ([] if hours.total_minutes else [NO_HOURS]))
    content = certificates.certificate_content(registration, hours)
    return _certificate(registration, certificates.certificate_key(registration), content, by)


@transaction.atomic
def correct_certificate(registration, *, reason, by) -> SessionPaper:
    """A new number, that cites the old one and says why. Raises TransitionRefused."""
    reason = reason.strip()
    session = registration.session
    before = standing(session, kinds.CERTIFICATE, registration=registration)
    if before is None:
        raise TransitionRefused(["Aucun certificat de réalisation n’est encore délivré : il n’y a rien à corriger."])
    hours = hours_of([registration])[registration.pk]
    refuse_if(certificate_refusals(session, hours))
    refuse_if([] if reason else ["Dites pourquoi ce certificat est corrigé."])
    content = certificates.certificate_content(registration, hours, cites=pieces.cited(before.paper, reason))
    if pieces.digest(_said(content)) == pieces.digest(_said(before.paper.content)):
        raise TransitionRefused(["Rien n’a changé depuis ce certificat : son double porte le même numéro."])
    rank = session.session_papers.of_kind(kinds.CERTIFICATE.code).filter(registration=registration).count() + 1
    key = certificates.certificate_key(registration, rank)
    return _certificate(registration, key, content, by, replaces=before, reason=reason)


def _said(content):
    return {name: content[name] for name in ("title", "holder", "issuer", "blocks")}


def _certificate(registration, key, content, by, **about):
    return issue(
        kinds.CERTIFICATE,
        registration.session,
        key=key,
        content=content,
        by=by,
        person=registration.person,
        registration=registration,
        employer=registration.employer,
        **about,
    )


def standing(session, kind, **about) -> SessionPaper | None:
    """The paper in force of this kind, about this person or half-day."""
    found = session.session_papers.of_kind(kind.code).current().filter(**about)
    return found.select_related("paper").order_by("pk").last()


def after_sealing(paper) -> None:
    """What a paper replaces stops being valid once it exists, and not before."""
    for row in paper.in_sessions.select_related("replaces__paper", "asked_by"):
        if row.replaces:
            retire(row.replaces.paper, by=row.asked_by)


def retire(paper, *, by) -> None:
    if paper.state == Paper.State.SEALED:
        papers.revoke(paper, by=by, reason=RevocationReason.REPLACED)


def certifiable(session):
    """Those who held a seat to the end, and those who left after having signed."""
    found = session.registrations.select_related("person", "employer", "enrolment", "session")
    return [one for one in found.order_by("person__last_name", "person__first_name", "pk") if _may_have_hours(one)]


def _may_have_hours(registration):
    return registration.state in SEATED or registration.enrolment_id is not None
