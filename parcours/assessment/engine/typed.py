"""Réponse courte and texte à trous: the answer is one text per blank, in the order of the blanks."""

import unicodedata
from collections.abc import Iterable

from parcours.assessment.engine import blanks
from parcours.assessment.engine.formats import DATE, NUMBER
from parcours.assessment.engine.kinds import SHORT, Mark, marked

LONGEST = 500
NOTHING_WRITTEN = "Écrivez votre réponse avant de l’envoyer."
FORMS = {
    NUMBER: "écrivez un nombre en chiffres, sans unité.",
    DATE: "écrivez une date avec l’année sur quatre chiffres, sous la forme jour/mois/année.",
}
ELSEWHERE = ("je ne sais pas", "-987654321", "01/01/1901")


def refusal(question: dict, given: Iterable[str]) -> str | None:
    texts = [text.strip() for text in given]
    fields = question["blanks"]
    if question["type"] == SHORT and not any(texts):
        return NOTHING_WRITTEN
    if len(texts) != len(fields):
        return "Le nombre de réponses n’est pas celui des trous. Rechargez la page, puis répondez de nouveau."
    if missing := sum(not text for text in texts):
        return f"Complétez chaque trou avant d’envoyer votre réponse : il en manque {missing}."
    sentences = (blank_refusal(question, blank, text) for blank, text in zip(fields, texts, strict=True))
    return next((sentence for sentence in sentences if sentence), None)


def blank_refusal(question: dict, blank: dict, text: str) -> str | None:
    if len(text) > LONGEST:
        sentence = f"écrivez {LONGEST} signes au plus."
    elif any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text):
        sentence = "un signe n’est pas lisible, retapez votre réponse."
    elif blank["format"] in FORMS and not blanks.readable(blank, text):
        sentence = FORMS[blank["format"]]
    else:
        return None
    return f"{blank['label']} : {sentence}" if question["type"] != SHORT else sentence[0].upper() + sentence[1:]


def settled(question: dict, given: Iterable[str]) -> list[str]:
    return [text.strip() for text in given]


def mark(question: dict, given: Iterable[str]) -> Mark:
    lines, reasons = [], []
    for blank, text in zip(question["blanks"], settled(question, given), strict=True):
        decision = blanks.decide(blank, text)
        reasons.append(decision.reason)
        lines.append(
            {
                "label": blank["label"],
                "given": text,
                "expected": decision.solution or blank["accepted"][0],
                "correct": decision.accepted,
                "mistyped": bool(decision.solution),
                "text": decision.feedback,
            }
        )
    return marked(question, lines, reasons)


def asked(question: dict) -> dict:
    shown = [{key: blank[key] for key in ("id", "label", "format")} for blank in question["blanks"]]
    return {"blanks": shown, "segments": question.get("segments", [])}


def readable(question: dict, given: Iterable[str]) -> list[str]:
    if question["type"] == SHORT:
        return list(given)
    return [f"{blank['label']} : {text}" for blank, text in zip(question["blanks"], given, strict=False)]


def right_answer(question: dict) -> list[str]:
    return [blank["accepted"][0] for blank in question["blanks"]]


def wrong_answers(question: dict) -> list[list[str]]:
    return [[wrong_text(blank) for blank in question["blanks"]]]


def wrong_text(blank: dict) -> str:
    tries = [*(pitfall["text"] for pitfall in blank["pitfalls"]), *ELSEWHERE]
    return next(text for text in tries if blanks.readable(blank, text) and not blanks.decide(blank, text).accepted)
