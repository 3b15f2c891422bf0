"""Questions as an edition freezes them."""

import uuid


def new_id() -> str:
    return str(uuid.uuid4())


TEXTS = {
    "choix-unique": ["Réponse 1", "Réponse 2", "Réponse 3"],
    "choix-multiple": ["Réponse 1", "Réponse 2", "Réponse 3", "Réponse 4"],
    "vrai-faux": ["Vrai", "Faux"],
}
RIGHT = {"choix-unique": {0}, "choix-multiple": {0, 2}, "vrai-faux": {0}}


def question(kind="choix-unique", **values) -> dict:
    options = [
        {"id": new_id(), "text": text, "correct": n in RIGHT[kind], "feedback": f"Retour {n + 1}"}
        for n, text in enumerate(TEXTS[kind])
    ]
    return {
        "id": new_id(),
        "type": kind,
        "statement": "<p>Un homme vous tend son téléphone. Que faites-vous ?</p>",
        "options": options,
        "explanation": "<p>Tant qu’il agit lui-même, aucun mandat n’est nécessaire.</p>",
        "taught_in": "",
    } | values
