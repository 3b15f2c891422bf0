"""What an edition says of itself: the rule of each étape, the sentence that announces it, the digest of it all."""

import hashlib
import json
from collections.abc import Iterable, Mapping

from lms.kernel.formats import plural

KEEPS = {"meilleure": "best", "derniere": "last"}
SIGNED_ALONE = "Ce parcours est terminé quand votre présence à chaque demi-journée en direct est signée."
SIGNED_TOO = "Votre présence à chaque demi-journée en direct doit aussi être signée."
KEPT_AS = {"best": "la meilleure note compte", "last": "la dernière note compte"}


def rule_of(etape: Mapping) -> dict:
    """The rule that ends an étape, from its raw CMS content."""
    series = [block["value"] for block in etape["content"] if block["type"] == "questions"]
    for value in series:
        if value["rule"] == "score":
            return {"kind": "score", "threshold": value["threshold"], "keep": KEEPS[value["keep"]]}
    return {"kind": "answered"} if series else {"kind": "read"}


def completion_of(activities: Iterable[tuple[str, Mapping]], *, live: bool = False) -> str:
    """When a parcours is over: from the title and the rule of each étape; `live` when half-days are signed beside them.

    Nothing when it has neither.
    """
    activities = list(activities)
    if not activities:
        return SIGNED_ALONE if live else ""
    scored = [(title, rule) for title, rule in activities if rule["kind"] == "score"]
    read = sum(1 for _, rule in activities if rule["kind"] == "read")
    answered = sum(1 for _, rule in activities if rule["kind"] == "answered")
    conditions = []
    if read:
        conditions.append(plural(read, "étape lue", "étapes lues"))
    if answered:
        conditions.append(
            plural(answered, "étape où chaque question a reçu", "étapes où chaque question a reçu") + " une réponse"
        )
    conditions += [
        f"«\u00a0{title}\u00a0» réussie à {rule['threshold']}\u00a0% au moins ({KEPT_AS[rule['keep']]})"
        for title, rule in scored
    ]
    total = "son unique étape est terminée" if len(activities) == 1 else f"ses {len(activities)} étapes sont terminées"
    over = f"Ce parcours est terminé quand {total}\u00a0: {enumerated(conditions)}."
    return f"{over} {SIGNED_TOO}" if live else over


def enumerated(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} et {parts[-1]}"


def programme(modules: Iterable[Mapping], etapes: Iterable[tuple[str, str, int]]) -> list[dict]:
    """The modules with their étapes, from (module id, title, minutes), as a public page lists them."""
    etapes = list(etapes)
    listed = []
    for module in modules:
        own = [{"title": title, "minutes": minutes} for owner, title, minutes in etapes if owner == module["id"]]
        minutes = sum(etape["minutes"] for etape in own)
        listed.append(
            {"title": module["title"], "summary": module.get("summary", ""), "minutes": minutes, "etapes": own}
        )
    return listed


def digest_of(content: Mapping, activities: Iterable[Mapping]) -> str:
    """Two publications with this digest are one edition."""
    canonical = json.dumps([content, list(activities)], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
