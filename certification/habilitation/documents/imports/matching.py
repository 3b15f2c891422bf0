"""Whom a line is about: by the stable identifier, then by the address; never silently when the name disagrees."""

from typing import NamedTuple

from rapidfuzz.fuzz import token_sort_ratio

from certification.habilitation.lifecycle import Outcome
from lms.accounts.models import Person
from lms.organisations.models.organisation import match_key

SAME_NAME = 60  # of 100: below, two names have nothing in common
TWO_PEOPLE = "L’identifiant et l’adresse désignent deux personnes différentes."
OTHER_NAME = "Cette adresse est celle d’une personne qui porte un autre nom."
OTHER_NAME_OF_IDENTIFIER = "Cet identifiant est celui d’une personne qui porte un autre nom."
OTHER_NAME_ABOVE = "Une ligne plus haut donne cette adresse à une personne qui porte un autre nom."
NAMESAKE = "Une personne de ce nom est connue sous une autre adresse."
NAMESAKE_OF_IDENTIFIER = "Cet identifiant n’est pas connu ici ; une personne de ce nom l’est."
UNKNOWN = "Aucune personne connue n’a cette adresse."
NEW_IDENTIFIER = "Aucune personne connue n’a cet identifiant."


class Match(NamedTuple):
    """`person`, or None for somebody new; otherwise why it is neither, and whom to show to who decides."""

    person: Person | None = None
    outcome: str = ""
    sentence: str = ""
    candidates: tuple = ()


def matched(said, known, organisation, newcomers) -> Match:
    """`newcomers`: the names of those whom the lines before make known, by address; None when they make nobody."""
    named, addressed, told = known.by_external_id(said.external_id), known.by_email(said.email), _name_of(said)
    if named and addressed and named.pk != addressed.pk:
        return _doubt(TWO_PEOPLE, named, addressed)
    if person := named or addressed:
        other = OTHER_NAME_OF_IDENTIFIER if named else OTHER_NAME
        return Match(person) if is_same_name(_name_of(person), told) else _doubt(other, person)
    if namesakes := known.namesakes(said, organisation):
        return _doubt(NAMESAKE if said.email else NAMESAKE_OF_IDENTIFIER, *namesakes)
    if newcomers is None:
        return Match(outcome=Outcome.UNMATCHED, sentence=UNKNOWN if said.email else NEW_IDENTIFIER)
    return Match() if is_same_name(newcomers.setdefault(said.email, told), told) else _doubt(OTHER_NAME_ABOVE)


def _doubt(sentence, *candidates) -> Match:
    return Match(outcome=Outcome.DOUBTFUL, sentence=sentence, candidates=candidates[:10])


def _name_of(one) -> str:
    return match_key(one.first_name, one.last_name)


def is_same_name(known, told) -> bool:
    """A married name or an accent makes no other person, and no name says nothing."""
    shared = set(known.split()) & set(told.split())
    return not known or not told or bool(shared) or token_sort_ratio(known, told) >= SAME_NAME
