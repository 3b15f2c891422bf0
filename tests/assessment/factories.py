"""Questions as an edition freezes them: `question("reponse-courte", …)`, and blanks: `blank(accepted=["mandat"])`."""

import uuid


def new_id() -> str:
    return str(uuid.uuid4())


TEXTS = {
    "choix-unique": ["Réponse 1", "Réponse 2", "Réponse 3"],
    "choix-multiple": ["Réponse 1", "Réponse 2", "Réponse 3", "Réponse 4"],
    "vrai-faux": ["Vrai", "Faux"],
}
RIGHT = {"choix-unique": {0}, "choix-multiple": {0, 2}, "vrai-faux": {0}}
FEEDBACK = {"feedback_right": "C’est bien cela.", "feedback_wrong": "Relisez l’étape."}
PITFALL = {"text": "mandant", "feedback": "Le mandant est la personne qui signe."}


def blank(**values) -> dict:
    return {
        "id": new_id(),
        "label": "Votre réponse",
        "format": "texte",
        "accepted": ["mandat"],
        "pitfalls": [],
        "tolerance": "",
        "accents": "facultatifs",
    } | values


def options(kind) -> dict:
    return {
        "options": [
            {"id": new_id(), "text": text, "correct": n in RIGHT[kind], "feedback": f"Retour {n + 1}"}
            for n, text in enumerate(TEXTS[kind])
        ]
    }


def short_answer() -> dict:
    return {"blanks": [blank(accepted=["mandat", "un mandat"], pitfalls=[PITFALL])]} | FEEDBACK


def cloze() -> dict:
    duration = blank(label="Durée en jours", format="nombre", accepted=["30"])
    place = blank(label="Où on le range", accepted=["une armoire fermée"])
    return {"segments": ["Le mandat dure ", " jours. Il se range dans ", "."], "blanks": [duration, place]} | FEEDBACK


def pairs() -> dict:
    rights = [{"id": new_id(), "text": text} for text in ("Rien à signer", "Un mandat", "Un relais", "Une procuration")]
    texts = ("La personne tape elle-même", "Vous tapez pour elle", "La démarche est au tribunal")
    lefts = [
        {"id": new_id(), "text": text, "right": rights[n]["id"], "feedback": f"Retour {n + 1}"}
        for n, text in enumerate(texts)
    ]
    return {"lefts": lefts, "rights": rights}


def steps() -> dict:
    texts = ("Vérifier l’identité", "Lire le mandat à voix haute", "Faire signer", "Ranger la copie")
    return {"items": [{"id": new_id(), "text": text} for text in texts]} | FEEDBACK


ANSWERS = {"reponse-courte": short_answer, "texte-a-trous": cloze, "appariement": pairs, "ordre": steps}
EVERY_KIND = (*TEXTS, *ANSWERS)


def question(kind="choix-unique", **values) -> dict:
    return {
        "id": new_id(),
        "type": kind,
        "statement": "<p>Un homme vous tend son téléphone. Que faites-vous ?</p>",
        **(ANSWERS[kind]() if kind in ANSWERS else options(kind)),
        "explanation": "<p>Tant qu’il agit lui-même, aucun mandat n’est nécessaire.</p>",
        "taught_in": "",
    } | values
