"""What is followed here becomes facts: a seat, a first half-day or étape, a training of which all is proven.

All of it is read again from the registrations, the signatures and the progress, so that an event, a correction and a
replay end on the same facts.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone

from certification.habilitation.actions.deciding import withdraw_fact
from certification.habilitation.actions.facts import Draft, locked, record_facts
from certification.habilitation.actions.habilitations import follow
from certification.habilitation.lifecycle import FactKind, Origin, Standing
from certification.habilitation.models import Fact, Habilitation
from parcours.classroom.lifecycle import RegistrationState
from parcours.classroom.models import HalfDay, Registration
from parcours.emargement.lifecycle import AttendanceState, SheetState
from parcours.emargement.models import Attendance
from parcours.learning.models import Enrolment, Trace

CORRECTED = "présence corrigée : toutes les demi-journées de la session ne sont plus signées"
BATCH = 200
PRESENCE = (Trace.Kind.PRESENT, Trace.Kind.ABSENT)


@dataclass
class Followed:
    """What is proven of one registration. `own`: half-days of its session, `signed`: those made up elsewhere too.

    `facts`: those already drawn from it, and the beginnings known for its habilitation, withdrawn ones included.
    """

    registration: Registration
    habilitation: Habilitation | None = None
    held: set = field(default_factory=set)
    signed: dict = field(default_factory=dict)
    own: dict = field(default_factory=dict)
    begun_on: date | None = None
    facts: list = field(default_factory=list)

    @property
    def is_seated(self):
        return self.registration.state == RegistrationState.REGISTERED and self.habilitation is not None

    @property
    def started_on(self):
        days = [*self.own.values(), *([self.begun_on] if self.begun_on else [])]
        return min(days, default=None)

    @property
    def is_done(self):
        """All its half-days signed on locked sheets; and the parcours completed, when it also has étapes."""
        enrolment = self.registration.enrolment
        whole = bool(self.held) and self.held <= self.signed.keys()
        online = enrolment is not None and enrolment.progress.online_total > 0
        return whole and bool(self.own) and (not online or enrolment.state == Enrolment.State.COMPLETED)

    def known(self, kind):
        return [fact for fact in self.facts if fact.kind == kind]

    def standing(self, kind):
        return [fact for fact in self.known(kind) if fact.withdrawn_at is None]


def settle(registrations: Iterable[int], *, by=None, sheet=None, again=True) -> int:
    """Record what these registrations are worth now, withdraw what they are not worth any more; how many facts moved.

    Those that share their enrolment go with them: a half-day may be made up in another session.
    `sheet`: one that is being locked. `again`: whether a training that was withdrawn may be recorded once more; a
    replay never undoes what somebody withdrew.
    """
    with transaction.atomic():
        found = _followed(set(registrations), by, sheet)
        drafts = _once_begun(draft for one in found for draft in _drafts(one, again))
        wrong = (
            [] if not again else [fact for one in found if not one.is_done for fact in one.standing(FactKind.TRAINING)]
        )
        for fact in wrong:
            withdraw_fact(fact, by=by, note=CORRECTED)
        return len(record_facts(drafts, by=by)) + len(wrong)


def settle_sheet(sheet, *, by) -> int:
    return settle(sheet.attendances.values_list("registration", flat=True), by=by, sheet=sheet)


def settle_enrolment(enrolment, *, by=None) -> int:
    return settle(enrolment.registrations.values_list("pk", flat=True), by=by)


def catch_up() -> int:
    """Draw the facts of all that was followed here before; twice does nothing more."""
    pks = Registration.objects.filter(session__parcours__is_habilitation=True, state=RegistrationState.REGISTERED)
    pks = list(pks.order_by("pk").values_list("pk", flat=True))
    return sum(settle(pks[start : start + BATCH], again=False) for start in range(0, len(pks), BATCH))


# --- What is proven ---------------------------------------------------------------------------------------------------


def _followed(pks, by, sheet) -> list[Followed]:
    """Those that prepare habilitation, each with its proofs; a bounded number of queries whatever their number."""
    shared = Registration.objects.filter(pk__in=pks, enrolment__isnull=False).values("enrolment")
    rows = Registration.objects.filter(Q(pk__in=pks) | Q(enrolment__in=shared), session__parcours__is_habilitation=True)
    rows = rows.select_related("session", "person", "employer", "enrolment__progress").order_by("pk")
    found = [Followed(row) for row in rows]
    if found:
        locked(one.registration.person_id for one in found)
        _with_habilitations(found, by)
        _with_half_days(found, sheet)
        _with_beginnings(found)
        _with_facts(found)
    return found


def _with_habilitations(found, by):
    people = {one.registration.person_id for one in found}
    known = {(one.person_id, one.organisation_id): one for one in Habilitation.objects.filter(person__in=people)}
    for one in found:
        row = one.registration
        one.habilitation = known.get((row.person_id, row.employer_id))
        if one.habilitation is None and row.state == RegistrationState.REGISTERED:
            one.habilitation = follow(row.person, row.employer, by=by, is_conseiller=row.is_conseiller)
            known[row.person_id, row.employer_id] = one.habilitation


def _with_half_days(found, sheet):
    held = defaultdict(set)
    sessions = {one.registration.session_id for one in found}
    for pk, session, seance in HalfDay.objects.filter(session__in=sessions).values_list("pk", "session", "seance_id"):
        held[session].add(seance or pk)
    signed = _signed(found, sheet)
    for one in found:
        row = one.registration
        one.held = held[row.session_id]
        one.own = signed[row.pk]
        one.signed = signed[row.pk] | (signed[f"enrolment {row.enrolment_id}"] if row.enrolment_id else {})


def _signed(found, sheet):
    """The half-days of each registration and of each enrolment: made up in another session, they count as well."""
    told = Q(sheet__state=SheetState.LOCKED) | Q(sheet=sheet.pk if sheet else None)
    enrolments = {one.registration.enrolment_id for one in found} - {None}
    whose = Q(registration__in=[one.registration.pk for one in found]) | Q(registration__enrolment__in=enrolments)
    rows = Attendance.objects.filter(told & whose, state=AttendanceState.PRESENT).values_list(
        "registration",
        "registration__enrolment",
        "sheet__half_day",
        "sheet__half_day__seance_id",
        "sheet__half_day__starts_at",
        "sheet__half_day__session__zone",
    )
    signed = defaultdict(dict)
    for registration, enrolment, half_day, seance, starts_at, zone in rows:
        day = starts_at.astimezone(ZoneInfo(zone)).date()
        signed[registration][seance or half_day] = day
        if enrolment:
            signed[f"enrolment {enrolment}"][seance or half_day] = day
    return signed


def _with_beginnings(found):
    enrolments = {one.registration.enrolment_id for one in found} - {None}
    traces = Trace.objects.filter(enrolment__in=enrolments).exclude(kind__in=PRESENCE).order_by()
    first = dict(traces.values_list("enrolment").annotate(Min("at")))
    for one in found:
        at = first.get(one.registration.enrolment_id)
        one.begun_on = timezone.localdate(at, timezone.get_default_timezone()) if at else None


def _with_facts(found):
    facts = defaultdict(list)
    registrations = [one.registration.pk for one in found]
    followed = [one.habilitation.pk for one in found if one.habilitation]
    begun = Q(habilitation__in=followed, kind=FactKind.START)
    for fact in Fact.objects.filter(Q(registration__in=registrations) | begun).order_by("pk"):
        whose = f"start {fact.habilitation_id}" if fact.kind == FactKind.START else fact.registration_id
        facts[whose].append(fact)
    for one in found:
        started = facts[f"start {one.habilitation.pk}"] if one.habilitation else []
        one.facts = facts[one.registration.pk] + started


# --- What it makes ----------------------------------------------------------------------------------------------------


def _drafts(one, again):
    if not one.is_seated:
        return
    registered_on = timezone.localdate(one.registration.registered_at, timezone.get_default_timezone())
    if not one.known(FactKind.REGISTRATION):
        yield _draft(one, FactKind.REGISTRATION, registered_on)
    if one.started_on and not one.known(FactKind.START):
        yield _draft(one, FactKind.START, one.started_on)
    before = one.known(FactKind.TRAINING)
    if one.is_done and not one.standing(FactKind.TRAINING) and (again or not before):
        session = one.registration.session
        begins = session.starts_at.astimezone(session.tzinfo).date()
        yield _draft(one, FactKind.TRAINING, begins, len(before), training_organisation=session.organisation_id)


def _once_begun(drafts) -> list[Draft]:
    """An habilitation begins once, however many seats somebody takes."""
    kept = {}
    for draft in drafts:
        key = (draft.habilitation, draft.kind) if draft.kind == FactKind.START else draft.key
        if key not in kept or draft.on < kept[key].on:
            kept[key] = draft
    return list(kept.values())


def _draft(one, kind, on, rank=0, **values):
    row = one.registration
    return Draft(
        row.person_id,
        kind,
        on,
        Standing.CONFIRMED,
        Origin.HERE,
        habilitation=one.habilitation.pk,
        registration=row.pk,
        key=f"{Origin.HERE}:{kind}:registration:{row.pk}:{rank}",
        **values,
    )
