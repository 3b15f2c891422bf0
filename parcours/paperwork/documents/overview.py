"""What the file of a session holds, and what it lacks and why."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from lms.kernel.formats import date_short, time_short
from parcours.classroom.lifecycle import SEATED
from parcours.emargement.documents import hours_of, sheets_of
from parcours.learning.documents import ATTESTATION
from parcours.learning.models import Enrolment
from parcours.paperwork.documents import kinds
from parcours.paperwork.documents.mentions import missing_mentions
from parcours.paperwork.documents.pieces import online_minutes
from parcours.paperwork.lifecycle import ConventionState, TextKind
from parcours.paperwork.models import Delivery, HouseText, SessionPaper

NOT_OVER = "La session n’est pas finie."
UNLOCKED = "Feuille non verrouillée : {label}."


@dataclass(frozen=True)
class Row:
    """One kind of paper: how many there are, how many there should be, why some lack."""

    label: str
    done: int
    wanted: int
    lacks: list[str] = field(default_factory=list)

    @property
    def complete(self):
        return self.done >= self.wanted

    @property
    def state(self):
        if not self.wanted:
            return "sans objet"
        return "complet" if self.complete else "à compléter"

    @property
    def kind(self):
        if not self.wanted:
            return "neutral"
        return "success" if self.complete else "warning"


def papers_of(session) -> list[SessionPaper]:
    """All that was issued, replaced ones included."""
    return list(SessionPaper.objects.filter(session=session).for_list())


def papers_of_registration(registration) -> list[SessionPaper]:
    return list(SessionPaper.objects.filter(registration=registration).for_list())


@dataclass
class Facts:
    """What the rows are counted from, read once."""

    session: object
    registrations: list
    hours: dict
    sheets: list
    issued: Counter
    over: bool

    @property
    def seated(self):
        return [one for one in self.registrations if one.state in SEATED]

    @property
    def with_hours(self):
        return [one for one in self.registrations if self.hours[one.pk].total_minutes]

    @property
    def unlocked(self):
        locked = {sheet.half_day_id for sheet in self.sheets if sheet.is_locked}
        return [one for one in self.session.half_days.all() if one.pk not in locked]


def facts_of(session) -> Facts:
    registrations = list(session.registrations.select_related("person", "employer", "enrolment"))
    current = SessionPaper.objects.filter(session=session, replaced_by=None)
    issued = Counter(current.values_list("paper__kind", flat=True))
    over = session.ends_at is not None and session.ends_at <= timezone.now()
    return Facts(session, registrations, hours_of(registrations), sheets_of(session), issued, over)


def rows_of(session) -> list[Row]:
    """In a number of queries that does not depend on how many people there are."""
    facts = facts_of(session)
    return [
        _programme(facts),
        _conventions(facts),
        _convocations(facts),
        _texts(facts),
        _sheets(facts),
        _certificates(facts),
        _attestations(facts),
        _connections(facts),
    ]


def _mentions(facts, kind) -> list[str]:
    missing = missing_mentions(facts.session.organisation, kind)
    return [missing.sentence] if missing else []


def _programme(facts):
    return Row(kinds.PROGRAMME.label, facts.issued[kinds.PROGRAMME.code], 1, _mentions(facts, kinds.PROGRAMME))


def _conventions(facts):
    """One per employer who sends somebody, when somebody pays."""
    employers = {one.employer_id: one.employer for one in facts.seated} if facts.session.price else {}
    found = dict(facts.session.conventions.order_by("version").values_list("buyer", "state"))
    signed = [pk for pk in employers if found.get(pk) == ConventionState.SIGNED]
    lacks = [f"{employers[pk]} : {_convention_state(found.get(pk))}." for pk in employers if pk not in signed]
    return Row("Conventions signées", len(signed), len(employers), [*_mentions(facts, kinds.CONVENTION), *lacks])


def _convention_state(state):
    if state is None:
        return "aucune convention préparée"
    return f"convention {ConventionState(state).label}"


def _convocations(facts):
    count = facts.issued[kinds.CONVOCATION.code]
    if facts.over:
        return Row("Convocations", count, count)
    return Row("Convocations", count, len(facts.seated), _mentions(facts, kinds.CONVOCATION))


def _texts(facts):
    texts = HouseText.objects.newest(facts.session.organisation)
    lacks = [f"Aucun {kind.label} n’est publié." for kind in TextKind if kind not in texts]
    handed = Delivery.objects.filter(registration__in=facts.seated).values_list("registration", flat=True)
    both = [count for count in Counter(handed).values() if count >= len(TextKind)]
    return Row("Livret d’accueil et règlement intérieur remis", len(both), len(facts.seated), lacks)


def _sheets(facts):
    wanted = len(facts.session.half_days.all())
    lacks = [UNLOCKED.format(label=_short(one)) for one in facts.unlocked] if facts.over else [NOT_OVER]
    return Row("Feuilles d’émargement", facts.issued[kinds.SHEET.code], wanted, lacks)


def _short(half_day):
    return f"{date_short(half_day.day)}, {time_short(half_day.local_start)}"


def _certificates(facts):
    count, wanted = facts.issued[kinds.CERTIFICATE.code], len(facts.with_hours if facts.over else facts.seated)
    return Row("Certificats de réalisation", count, wanted, _hours_lack(facts))


def _hours_lack(facts):
    if not facts.over:
        return [NOT_OVER]
    return [*_mentions(facts, kinds.CERTIFICATE), *(UNLOCKED.format(label=_short(one)) for one in facts.unlocked)]


def _attestations(facts):
    """Those of learning, and those of who was there in part."""
    concerned = facts.with_hours if facts.over else facts.seated
    finished = sum(_has_finished(one) for one in concerned)
    return Row(ATTESTATION.label, facts.issued[ATTESTATION.code] + finished, len(concerned), _hours_lack(facts))


def _has_finished(registration):
    return registration.enrolment is not None and registration.enrolment.state == Enrolment.State.COMPLETED


def _connections(facts):
    wanted = len(facts.with_hours if facts.over else facts.seated) if online_minutes(facts.session) else 0
    lacks = ["Chaque stagiaire le relit et le signe dans son espace."]
    return Row("Relevés de connexion signés", facts.issued[kinds.CONNECTIONS.code], wanted, lacks)


@dataclass(frozen=True)
class PersonRow:
    """The papers of one trainee in a session."""

    registration: object
    hours: object
    certificate: SessionPaper | None
    others: list[SessionPaper]
    deliveries: list[Delivery]


def people_rows(registrations) -> list[PersonRow]:
    hours = hours_of(registrations)
    papers = defaultdict(list)
    for row in SessionPaper.objects.filter(registration__in=registrations).current().for_list():
        papers[row.registration_id].append(row)
    handed = defaultdict(list)
    for delivery in Delivery.objects.filter(registration__in=registrations).select_related("text"):
        handed[delivery.registration_id].append(delivery)
    return [_person(one, hours[one.pk], papers[one.pk], handed[one.pk]) for one in registrations]


def _person(registration, hours, papers, deliveries) -> PersonRow:
    certificate = next((row for row in papers if row.paper.kind == kinds.CERTIFICATE.code), None)
    return PersonRow(registration, hours, certificate, [row for row in papers if row != certificate], deliveries)
