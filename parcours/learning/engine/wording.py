"""The rule that ends an étape, in words made from the very rule that decides. Pure."""

from lms.kernel.formats import NBSP, counted
from parcours.learning.engine.fold import Rule

NUMBERS = ("", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")


def left_in_words(online: int, live: int) -> str:
    """« 3 étapes », « 1 demi-journée », « 2 étapes et 1 demi-journée »."""
    parts = [counted(online, "étape", "étapes")] if online or not live else []
    parts += [counted(live, "demi-journée", "demi-journées")] if live else []
    return " et ".join(parts)


def result(right: int, total: int, score: int) -> str:
    """What an attempt was worth, in words first."""
    return f"{counted(right, 'réponse juste', 'réponses justes')} sur{NBSP}{total}, soit {score}{NBSP}%"


def needed(rule: Rule) -> int:
    """How many right answers reach the threshold."""
    return -(-rule.threshold * len(rule.questions) // 100)


def ending(rule: Rule) -> str:
    """When an étape is done; follows « terminée »."""
    count = len(rule.questions)
    if rule.kind == "read":
        return "quand vous dites l’avoir lue"
    if rule.kind == "score":
        return f"avec {needed(rule)}{NBSP}réponses justes sur{NBSP}{count} ({rule.threshold}{NBSP}%)"
    if count == 1:
        return "quand la question a une réponse"
    return f"quand les {NUMBERS[count] if count < len(NUMBERS) else count} questions ont une réponse"
