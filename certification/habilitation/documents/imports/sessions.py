"""Sessions told by a file: from those held here nothing is taken; those known elsewhere date presences."""

import datetime
import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from certification.habilitation.engine.cells import Unclear, day, text
from certification.habilitation.engine.said import HELD_HERE
from certification.habilitation.lifecycle import Outcome
from certification.habilitation.models import KnownSession
from lms.kernel.formats import NBSP, date_short, plural
from lms.organisations.models.organisation import match_key
from parcours.classroom.models import Registration, Session

SEVERAL = "Aidants Connect a plusieurs sessions de ce nom, à des dates différentes : elles ne datent pas la ligne."
OLDER = "Un fichier plus récent a déjà dit cette session."
NO_NAME = "Il manque le nom de la session, ou son identifiant."
MOST_HOURS = 1_000
NO_DAY = "Il manque le jour où la session commence."


class Sessions:
    """The sessions that some lines of presence name."""

    def __init__(self, all_values):
        self.here = _held_here(all_values)
        names = {match_key(values["session"]) for values in all_values if values.get("session")}
        self.by_name = defaultdict(list)
        for one in KnownSession.objects.filter(match_key__in=names) if names else ():
            self.by_name[one.match_key].append(one)

    def completed(self, values: dict) -> dict:
        """The values of a line, with what its session tells: the day, the organisme, whether it was held at all."""
        if self.here & {values.get("session_id"), values.get("registration")}:
            return values | {"held_here": "oui"}
        one = self._of(values)
        if one is None:
            return values
        told = {"trainer": one.trainer} | {"on": one.starts_on.isoformat()} | values
        return told | ({"is_cancelled": "oui"} if one.is_cancelled else {})

    def sentence(self, values: dict) -> str:
        """What the session of a line changes to its reading; empty when it changes nothing."""
        if values.get("on") or not values.get("session"):
            return ""
        if one := self._of(values):
            long = f", {plural(one.hours, 'heure', 'heures')}" if one.hours else ""
            last = f", jusqu’au {date_short(one.ends_on)}" if one.ends_on and one.ends_on != one.starts_on else ""
            return f"Datée par la session connue d’Aidants Connect{NBSP}: le {date_short(one.starts_on)}{last}{long}."
        return SEVERAL if self._named(values) else ""

    def _named(self, values) -> list[KnownSession]:
        return self.by_name.get(match_key(values.get("session", "")), []) if values.get("session") else []

    def _of(self, values) -> KnownSession | None:
        """The one of that name; of several, none, unless they begin on the same day or the line says which."""
        found = self._named(values)
        if values.get("on"):
            told = _day_told(values["on"])
            found = [one for one in found if one.starts_on == told]
        running = [one for one in found if not one.is_cancelled]
        found = running or found
        return found[0] if len({one.starts_on for one in found}) == 1 else None


def _held_here(all_values) -> set[str]:
    """Which of the identifiers of these lines are those of a session, or of a registration, of this site."""
    told = {values.get(code, "") for values in all_values for code in ("session_id", "registration")}
    told = {one for one in told if _is_uuid(one)}
    if not told:
        return set()
    found = [*Session.objects.filter(public_id__in=told).values_list("public_id", flat=True)]
    found += Registration.objects.filter(public_id__in=told).values_list("public_id", flat=True)
    return {str(one) for one in found}


def _day_told(cell) -> datetime.date | None:
    """None for what is no day: the line itself says so."""
    try:
        return day(cell, "La date")
    except Unclear:
        return None


def _is_uuid(cell) -> bool:
    try:
        return str(uuid.UUID(cell)) == cell
    except ValueError:
        return False


# --- The file of sessions itself --------------------------------------------------------------------------------------


@dataclass
class SessionPlan:
    """What one line of a file of sessions would do; nobody is in it. `fields`: what it says, `session`: it as known."""

    number: int
    fields: dict = field(default_factory=dict)
    session: KnownSession | None = None
    outcome: str = Outcome.SAME
    sentences: list = field(default_factory=list)
    candidates: list = field(default_factory=list)
    person: None = None
    habilitation: None = None

    @property
    def acts(self):
        return self.outcome in (Outcome.NEW, Outcome.CHANGED)


class SessionPlanner:
    """Makes the plans of a file of sessions; it remembers which ones the lines before have said."""

    def __init__(self, file):
        self.file, self.seen = file, {}

    def plans(self, lines) -> tuple[list[SessionPlan], None]:
        told = [values for _, values, _ in lines]
        here = _held_here(told)
        ids = {values.get("session_id", "") for values in told}
        known = {one.external_id: one for one in KnownSession.objects.filter(external_id__in=ids)}
        return [self._plan(number, values, here, known) for number, values, _ in lines], None

    def _plan(self, number, values, here, known) -> SessionPlan:
        plan = SessionPlan(number)
        code, name = text(values.get("session_id", ""))[:40], text(values.get("session", ""))[:300]
        if not (code and name):
            return _end(plan, Outcome.FAULTY, NO_NAME)
        if code in here:
            return _end(plan, Outcome.LEFT_OUT, HELD_HERE)
        if (first := self.seen.setdefault(code, number)) != number:
            return _end(plan, Outcome.LEFT_OUT, f"Cette ligne répète la ligne {first}.")
        try:
            plan.fields = _fields(values, name)
        except Unclear as unclear:
            return _end(plan, Outcome.FAULTY, str(unclear))
        plan.session = known.get(code) or KnownSession(external_id=code)
        return self._compare(plan)

    def _compare(self, plan):
        one = plan.session
        if one.pk is None:
            return _end(plan, Outcome.NEW)
        if all(getattr(one, name) == value for name, value in plan.fields.items()):
            return _end(plan, Outcome.SAME)
        return _end(plan, Outcome.LEFT_OUT, OLDER) if one.seen_on > self.file.dated_on else _end(plan, Outcome.CHANGED)


def _fields(values, name) -> dict:
    starts_on = day(values.get("starts_on", ""), "Le début")
    if starts_on is None:
        raise Unclear(NO_DAY)
    hours = text(values.get("hours", "")).removesuffix("h").replace(",", ".").strip()
    return {
        "name": name,
        "match_key": match_key(name),
        "starts_on": starts_on,
        "ends_on": _last_day(values, starts_on),
        "hours": _whole(hours),
        "trainer": text(values.get("trainer", ""))[:200],
        "is_cancelled": text(values.get("state", "")).casefold().startswith("annul"),
    }


def _whole(said) -> int | None:
    try:
        hours = float(said)
    except ValueError:
        return None
    return int(hours) if 0 <= hours <= MOST_HOURS else None


def _last_day(values, starts_on) -> datetime.date | None:
    ends_on = day(values.get("ends_on", ""), "La fin")
    if ends_on and ends_on < starts_on:
        raise Unclear(f"La session finit ({ends_on:%d/%m/%Y}) avant de commencer ({starts_on:%d/%m/%Y}).")
    return ends_on


def _end(plan, outcome, *sentences) -> SessionPlan:
    plan.outcome = outcome
    plan.sentences += sentences
    return plan
