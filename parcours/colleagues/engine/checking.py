"""A whole list, checked without writing anything: what each line would do, what is wrong with it, what to do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from parcours.colleagues.engine.addresses import domain_of, meant_here, usual_domains
from parcours.colleagues.engine.faults import EMAIL, LAST_NAME, Fault, error, warning
from parcours.colleagues.engine.line_checks import faults_of
from parcours.colleagues.engine.names import name_key


class Status(StrEnum):
    READY = "ready"
    ALREADY = "already"
    FAULTY = "faulty"
    EXCLUDED = "excluded"


@dataclass(frozen=True)
class Entry:
    """One line as it was read or corrected."""

    line: int
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    extra: str = ""
    excluded: bool = False

    @property
    def name_key(self) -> str:
        return name_key(f"{self.first_name} {self.last_name}")


@dataclass(frozen=True)
class Checks:
    """The rules of the site and what the référent may know already: the people of the structure, nobody else.

    `colleagues`: names by address. `enrolled`, `invited`: addresses of this parcours.
    """

    valid_email: Callable[[str], bool]
    closed_domain: Callable[[str], bool]
    shared_mailbox: Callable[[str], bool]
    colleagues: dict[str, str]
    enrolled: frozenset[str] = frozenset()
    invited: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Verdict:
    status: Status
    faults: tuple[Fault, ...] = ()


def check(entries: Sequence[Entry], checks: Checks) -> list[Verdict]:
    """A verdict per entry, in the same order; lines set aside count for nothing."""
    kept = [entry for entry in entries if not entry.excluded]
    around = _Neighbours(kept)
    return [Verdict(Status.EXCLUDED) if entry.excluded else _verdict(entry, around, checks) for entry in entries]


def _verdict(entry, around, checks) -> Verdict:
    faults = (*faults_of(entry, checks), *around.faults_of(entry, checks))
    if any(fault.blocking for fault in faults):
        return Verdict(Status.FAULTY, faults)
    known = entry.email in checks.enrolled or entry.email in checks.invited
    return Verdict(Status.ALREADY if known else Status.READY, (*faults, *_other_name(entry, checks)))


def _other_name(entry, checks) -> list[Fault]:
    """Only for people of the structure, whose names the référent reads already."""
    known = checks.colleagues.get(entry.email, "")
    if not known or name_key(known) in (entry.name_key, name_key(f"{entry.last_name} {entry.first_name}")):
        return []
    text = f"Dans votre structure, cette adresse est celle de {known} : son nom ne sera pas changé."
    return [warning("other_name", LAST_NAME, text)]


class _Neighbours:
    """What a line is compared with: the others of the list."""

    def __init__(self, entries):
        self.first_of_address, self.first_of_name = {}, {}
        for entry in entries:
            if "@" in entry.email:
                self.first_of_address.setdefault(entry.email, entry.line)
            self.first_of_name.setdefault(entry.name_key, entry)
        self.usual, self.rare = usual_domains(entry.email for entry in entries)
        self.seen = set()

    def faults_of(self, entry, checks):
        """Entries come in order: the first of two that say the same is the one kept."""
        if "@" not in entry.email:
            return []
        if entry.email in self.seen:
            text = f"Cette adresse figure déjà à la ligne {self.first_of_address[entry.email]}. Écartez l’une des deux."
            return [error("duplicate", EMAIL, text)]
        self.seen.add(entry.email)
        return [*self._same_name(entry), *self._near_domain(entry, checks)]

    def _same_name(self, entry):
        first = self.first_of_name[entry.name_key]
        if not entry.name_key or first.line == entry.line or first.email == entry.email:
            return []
        text = (
            f"La ligne {first.line} porte le même nom avec une autre adresse. "
            "Vérifiez qu’il s’agit de deux personnes, ou écartez l’une des lignes."
        )
        return [warning("same_name", LAST_NAME, text)]

    def _near_domain(self, entry, checks):
        domain = domain_of(entry.email)
        meant = meant_here(domain, self.usual) if domain in self.rare else ""
        if not meant or not checks.valid_email(entry.email):
            return []
        text = f"Les autres adresses se terminent par « {meant} ». Vérifiez « {domain} »."
        return [warning("near_domain", EMAIL, text, email=f"{entry.email.rpartition('@')[0]}@{meant}")]
