"""What differs between two editions: in words for the history, in facts for those who follow the older one.

An étape is here a mapping: activity_id, title, minutes, rule, nodes, competences.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from lms.kernel.formats import duration
from parcours.catalogue.engine.description import whole

NOTE_LENGTH = 300
LABELS = {
    "title": "Titre",
    "summary": "Résumé",
    "introduction": "Présentation",
    "minutes": "Durée",
    "modality": "Modalité",
    "version": "Version du programme",
    "valid_from": "En vigueur depuis le",
    "valid_until": "En vigueur jusqu’au",
    "opening": "Inscription",
    "who_follows": "Qui peut suivre ce parcours",
    "who_registers": "Qui peut s’inscrire à une session",
    "who_is_habilitated": "Qui peut être habilité",
    "audience": "Public",
    "prerequisites": "Prérequis",
    "objectives": "Objectifs",
    "programme": "Programme",
    "modules": "Modules",
    "seances": "Demi-journées en direct",
    "modalities": "Modalités",
    "access": "Délais d’accès",
    "price": "Tarif",
    "methods": "Méthodes",
    "evaluation": "Évaluation",
    "nature": "Nature de l’action",
    "habilitation": "Prépare à l’habilitation",
    "accessibility": "Accessibilité",
    "disability_contact": "Référent handicap",
    "contact": "Contact et assistance",
    "responsible": "Organisme responsable",
}
"""What the public reads of a parcours, in the order of its page."""
RESPONSIBLE = ("name", "nda", "contact", "delay")
"""In this order: a database gives back the keys of a JSON object in its own."""

UNDECIDING = {
    *("title", "statement", "explanation", "taught_in", "taught_in_title", "segments", "label"),
    *("feedback", "feedback_right", "feedback_wrong"),
}
"""What may be reworded in a question without any answer being marked otherwise."""
UNORDERED = ("options", "rights")
"""What is offered in a question, whatever its order."""


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


# --- In words ---------------------------------------------------------------------------------------------------------


def changes(old: Mapping, new: Mapping, old_etapes: Sequence[Mapping], new_etapes: Sequence[Mapping]) -> list[Change]:
    """Field by field, then étape by étape; `old` and `new` are the contents of two editions."""
    before, after = whole(old), whole(new)
    fields = [(label, worded(name, before[name]), worded(name, after[name])) for name, label in LABELS.items()]
    found = [Change(label, was, is_now) for label, was, is_now in fields if was != is_now]
    return found + changes_of_etapes(old_etapes, new_etapes)


def worded(name: str, value) -> str:
    if name == "minutes":
        return duration(value)
    if name == "introduction":
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", value))).strip()
    if name in ("valid_from", "valid_until"):
        return "/".join(reversed(value.split("-"))) if value else ""
    if name in ("modules", "seances"):
        return " ; ".join(f"{part['title']} ({duration(part['minutes'])})" for part in value if "minutes" in part)
    if name == "responsible":
        return ", ".join(value[part] for part in RESPONSIBLE if value[part]) if value else ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Mapping):
        return value["label"]
    return " ; ".join(value) if isinstance(value, list) else value


def changes_of_etapes(old: Sequence[Mapping], new: Sequence[Mapping]) -> list[Change]:
    before, after = by_id(old), by_id(new)
    found = [Change("Étape retirée", told(one), "") for pk, one in before.items() if pk not in after]
    found += [Change("Étape ajoutée", "", told(one)) for pk, one in after.items() if pk not in before]
    for pk, one in after.items():
        if pk in before:
            found += change_of_etape(before[pk], one)
    return found


def change_of_etape(was: Mapping, now: Mapping) -> list[Change]:
    label = f"Étape « {now['title']} »"
    if told(was) != told(now) or was["rule"] != now["rule"]:
        return [Change(label, f"{told(was)}, {ending(was)}", f"{told(now)}, {ending(now)}")]
    if questions_of(was) != questions_of(now):
        return [Change(label, "", "questions revues")]
    if was["nodes"] != now["nodes"]:
        return [Change(label, "", "texte revu")]
    worked = [one.get("competences", []) for one in (was, now)]
    return [Change(label, "", "compétences travaillées revues")] if worked[0] != worked[1] else []


def told(etape: Mapping) -> str:
    return f"{etape['title']} ({duration(etape['minutes'])})"


def ending(etape: Mapping) -> str:
    rule = etape["rule"]
    if rule["kind"] == "score":
        return f"quiz réussi à {rule['threshold']} %"
    return "questions à répondre" if rule["kind"] == "answered" else "texte à lire"


def note_of(found: Sequence[Change]) -> str:
    """One line that says what changes, when nobody wrote it."""
    labels = list(dict.fromkeys(change.label for change in found))
    note = "Change : " if len(labels) == 1 else "Changent : "
    for rank, label in enumerate(labels):
        addition = f"{', ' if rank else ''}{label[0].lower()}{label[1:]}"
        if len(note) + len(addition) > NOTE_LENGTH - 20:
            return f"{note} et {len(labels) - rank} autres."
        note += addition
    return f"{note}." if labels else ""


# --- In facts ---------------------------------------------------------------------------------------------------------


def is_minor_change(old: Sequence[Mapping], new: Sequence[Mapping]) -> bool:
    """Nothing that anybody did or has to do depends on which of the two they follow."""
    return not major_changes(old, new)


def major_changes(old: Sequence[Mapping], new: Sequence[Mapping]) -> list[str]:
    """What could change the progress of those who follow, one sentence each."""
    before, after = by_id(old), by_id(new)
    found = [f"L’étape « {one['title']} » est retirée." for pk, one in before.items() if pk not in after]
    found += [f"L’étape « {one['title']} » est ajoutée." for pk, one in after.items() if pk not in before]
    common = [pk for pk in after if pk in before]
    if common != [pk for pk in before if pk in after]:
        found.append("L’ordre des étapes change.")
    return found + [sentence for pk in common for sentence in major_changes_of(before[pk], after[pk])]


def major_changes_of(was: Mapping, now: Mapping) -> list[str]:
    title, found = now["title"], []
    if was["minutes"] != now["minutes"]:
        found.append(f"L’étape « {title} » dure {now['minutes']} min au lieu de {was['minutes']}.")
    if was["rule"] != now["rule"]:
        found.append(f"L’étape « {title} » ne se termine plus de la même façon.")
    if [one["id"] for one in questions_of(was)] != [one["id"] for one in questions_of(now)]:
        found.append(f"L’étape « {title} » n’a plus les mêmes questions.")
    elif decided_by(was) != decided_by(now):
        found.append(f"Dans l’étape « {title} », ce qui compte comme réponse juste change.")
    return found


def asked_otherwise(old: Sequence[Mapping], new: Sequence[Mapping]) -> set[str]:
    """The étapes of the older edition whose questions or rule an attempt in hand would not find again."""
    before, after = by_id(old), by_id(new)
    return {
        pk
        for pk, one in before.items()
        if questions_of(one)
        and (pk not in after or one["rule"] != after[pk]["rule"] or decided_by(one) != decided_by(after[pk]))
    }


def by_id(etapes: Sequence[Mapping]) -> dict[str, Mapping]:
    return {one["activity_id"]: one for one in etapes}


def questions_of(etape: Mapping) -> list[dict]:
    return [question for node in etape["nodes"] if node["type"] == "questions" for question in node["questions"]]


def decided_by(etape: Mapping) -> list:
    return [deciding(question) for question in questions_of(etape)]


def deciding(value, key: str = ""):
    """What marking reads of a question: the texts shown are left out, those compared with an answer stay."""
    if isinstance(value, list):
        read = [deciding(one, key) for one in value]
        return sorted(read, key=lambda one: one["id"]) if key in UNORDERED else read
    if not isinstance(value, Mapping):
        return value
    shown = UNDECIDING if key == "pitfalls" else UNDECIDING | {"text"}
    return {name: deciding(one, name) for name, one in value.items() if name not in shown}
