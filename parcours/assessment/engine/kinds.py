"""The kinds of native questions, and what marking one of them gives."""

from dataclasses import dataclass, field
from enum import StrEnum

SINGLE, MULTIPLE, TRUE_FALSE = "choix-unique", "choix-multiple", "vrai-faux"
SHORT, CLOZE, MATCHING, ORDERING = "reponse-courte", "texte-a-trous", "appariement", "ordre"
CHOICES = (SINGLE, MULTIPLE, TRUE_FALSE)
TYPED = (SHORT, CLOZE)
KINDS = (*CHOICES, *TYPED, MATCHING, ORDERING)

FOREIGN = "Cette réponse n’appartient pas à la question. Rechargez la page, puis répondez de nouveau."


class Reason(StrEnum):
    """Why something given was taken or not: kept with the mark, so that any decision can be explained."""

    EXACT = "exact"
    TYPO = "typo"
    SAME_VALUE = "same-value"
    WITHIN_TOLERANCE = "within-tolerance"
    PITFALL = "pitfall"
    NEAR_PITFALL = "near-pitfall"
    DIGITS = "digits"
    ACCENTS = "accents"
    UNREADABLE = "unreadable"
    OTHER = "other"


MEANINGS = {
    Reason.EXACT: "c’est la réponse attendue",
    Reason.TYPO: "une faute de frappe est admise",
    Reason.SAME_VALUE: "c’est la même valeur, écrite autrement",
    Reason.WITHIN_TOLERANCE: "l’écart reste dans la tolérance",
    Reason.PITFALL: "c’est un piège annoncé",
    Reason.NEAR_PITFALL: "elle est plus proche d’un piège annoncé",
    Reason.DIGITS: "un chiffre diffère",
    Reason.ACCENTS: "un accent diffère",
    Reason.UNREADABLE: "elle n’est pas écrite dans la forme attendue",
    Reason.OTHER: "c’est une autre réponse",
}


@dataclass(frozen=True)
class Mark:
    """`feedback`: one entry per thing decided, in the order of the question. `told`: what is said of the whole."""

    correct: bool
    score: int
    feedback: list[dict]
    explanation: str
    reasons: list[str] = field(default_factory=list)
    told: str = ""


def marked(question: dict, lines: list[dict], reasons: list[Reason]) -> Mark:
    """The mark of an answer made of several decisions: right when each of them is."""
    correct = all(line["correct"] for line in lines)
    told = question.get("feedback_right" if correct else "feedback_wrong", "")
    return Mark(correct, int(correct), lines, question.get("explanation", ""), [str(one) for one in reasons], told)
