"""A fact on its way in."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from certification.habilitation.lifecycle import CONFIRMED, OF_THE_PERSON, Standing
from certification.habilitation.models import Fact


def fact_owner(kind, person, habilitation) -> str:
    """The part of a key that says whose the fact is: the person’s, or the person’s in one structure."""
    return str(person) if kind in OF_THE_PERSON else f"{person}-{habilitation}"


@dataclass(frozen=True)
class Draft:
    """A fact about to be recorded. `habilitation` is an id, for what belongs to one structure.

    `key` makes it once; without one, it is made of what the fact says and of where it comes from.
    """

    person: int
    kind: str
    on: datetime.date
    standing: str
    origin: str
    habilitation: int | None = None
    score: int | None = None
    training_organisation: int | None = None
    registration: int | None = None
    file: int | None = None
    line: int | None = None
    key: str = ""

    @property
    def once(self) -> str:
        """The key of the fact."""
        whose = fact_owner(self.kind, self.person, self.habilitation)
        return self.key or f"{self.origin}:{self.kind}:{whose}:{self.on}"

    def row(self, by) -> Fact:
        return Fact(
            key=self.once,
            person_id=self.person,
            habilitation_id=None if self.kind in OF_THE_PERSON else self.habilitation,
            kind=self.kind,
            on=self.on,
            score=self.score,
            standing=self.standing,
            origin=self.origin,
            training_organisation_id=self.training_organisation,
            registration_id=self.registration,
            file_id=self.file,
            line=self.line,
            declared_by=by,
            decided_by=by if self.standing == Standing.CONFIRMED else None,
            decided_at=timezone.now() if self.standing in CONFIRMED else None,
        )
