"""What a page says of a parcours, whatever its age: editions published before a key existed lack it."""

from collections.abc import Iterable, Mapping

ABSENT = {
    "title": "",
    "family": "",
    "version": "",
    "valid_from": None,
    "valid_until": None,
    "opening": {"code": "en-ligne", "label": "ouverte à tous, en ligne"},
    "who_follows": "",
    "who_registers": "",
    "who_is_habilitated": "",
    "modules": [],
    "seances": [],
    "responsible": None,
    "introduction": "",
    "summary": "",
    "minutes": 0,
    "objectives": [],
    "nature": "",
    "modality": {"code": "", "label": ""},
    "modalities": "",
    "audience": "",
    "prerequisites": "",
    "programme": "",
    "methods": "",
    "evaluation": "",
    "access": "",
    "price": "",
    "contact": "",
    "accessibility": "",
    "disability_contact": "",
    "habilitation": False,
}


def whole(content: Mapping) -> dict:
    """The content of an edition with every key that a page reads."""
    return ABSENT | dict(content)


def live_minutes(content: Mapping) -> int:
    return sum(seance["minutes"] for seance in content.get("seances", ()))


def figures(content: Mapping, minutes_of_etapes: Iterable[int]) -> dict:
    """What the reader compares: the whole time, what of it is online or live, how many étapes, the longest.

    Of an old programme kept as history, the time it announced is all that is known.
    """
    minutes = list(minutes_of_etapes)
    online, live = sum(minutes), live_minutes(content)
    return {
        "total": online + live or content.get("minutes", 0),
        "online": online,
        "live": live,
        "seances": len(content.get("seances", ())),
        "etapes": len(minutes),
        "longest": max(minutes, default=0),
    }
