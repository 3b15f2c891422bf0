"""What the page about one person holds, for each of those who may read it."""

from dataclasses import dataclass

from certification.habilitation.documents.remaining import NOT_OURS, absence_of, left_of
from certification.habilitation.documents.standing import Standpoint
from certification.habilitation.lifecycle import EXITS, Origin, Step
from certification.habilitation.models import Fact
from certification.habilitation.permissions import (
    can_declare_for,
    can_follow_people,
    can_move_out,
    can_read_proof,
    can_read_score,
    can_take_back,
    can_take_up_again,
    can_transcribe,
    can_withdraw,
)
from lms.kernel import papers
from lms.kernel.formats import date_long
from lms.kernel.models import Paper
from lms.organisations.permissions import is_national

MOST_PAPERS = 20
EXIT_BADGES = {Step.LEFT: "warning", Step.CANCELLED: "warning", Step.REFUSED: "error"}


@dataclass(frozen=True)
class FactLine:
    """A fact as its reader sees it."""

    fact: Fact
    may_withdraw: bool
    may_read_proof: bool
    may_take_back: bool
    score: str

    @property
    def state(self):
        if self.fact.withdrawn_at:
            return "retiré"
        if self.fact.origin == Origin.HERE:
            return "prouvé ici"
        return "confirmé par un autre fait" if self.fact.answered_by_id else self.fact.get_standing_display()

    @property
    def kind(self):
        if self.fact.withdrawn_at:
            return ""
        return "success" if self.fact.counts else "warning" if self.fact.waits else ""


def page_of_person(here: Standpoint, reader) -> dict:
    one = here.habilitation
    lines = [_line(fact, one, reader) for fact in sorted(here.facts, key=lambda fact: (fact.on, fact.pk))]
    return {
        "habilitation": one,
        "here": here,
        "badge": EXIT_BADGES.get(one.step, here.badge),
        "left": left_of(here, own=one.person_id == reader.pk),
        "absence": absence_of(here),
        "lines": lines,
        "acts": any(line.may_withdraw or line.may_read_proof or line.may_take_back for line in lines),
        "moves": list(one.moves.select_related("by", "file").order_by("-pk")),
        "papers": _papers_of(one) if is_national(reader) else [],
        "external": _external(one),
        "exit_note": one.exit_note if can_declare_for(reader, one) or is_national(reader) else "",
        "is_out": one.step in EXITS,
        "may_declare": can_declare_for(reader, one) and not one.pix_on and here.declared is None and not one.is_out,
        "may_move": can_move_out(reader, one),
        "may_take_up": can_take_up_again(reader, one),
        "may_transcribe": can_transcribe(reader, one),
        "not_ours": NOT_OURS,
    }


def frame_of(one, reader) -> dict:
    """Which space the page stands in: that of the structure, that of ANCT, or one's own."""
    if one.person_id == reader.pk:
        return {"space": "Mon espace", "organisation": None}
    if can_follow_people(reader, one.organisation):
        return {"space": "", "organisation": one.organisation}
    return {"space": "Espace pilotage" if is_national(reader) else "Espace formation", "organisation": None}


def _line(fact, one, reader):
    score = f"{fact.score}\u00a0%" if fact.score is not None and can_read_score(reader, one) else ""
    taken_back = fact.withdrawn_at is None and can_take_back(reader, fact)
    may_withdraw = fact.withdrawn_at is None and can_withdraw(reader, fact)
    return FactLine(fact, may_withdraw, bool(fact.proof) and can_read_proof(reader, fact), taken_back, score)


def _papers_of(one):
    """What the training left, sealed when it was issued: each with its nature, and whether it still holds."""
    found = Paper.objects.held_by(one.person).for_list().order_by("-issued_at")[:MOST_PAPERS]
    return [(paper, papers.kind_of(paper), papers.state_label(paper)) for paper in found]


def _external(one):
    if not one.external_status:
        return ""
    seen = f", lu dans Aidants Connect le {date_long(one.external_seen_on)}" if one.external_seen_on else ""
    return f"{one.get_external_status_display()}{seen}"
