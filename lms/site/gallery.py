"""Fictional content for the gallery: each component in each of its states."""

from django import forms
from django.core.paginator import Paginator

from .forms import Form

SECTIONS = (
    "Titres et textes",
    "Boutons et actions",
    "États",
    "Messages",
    "Repères",
    "Listes et chiffres",
    "Formulaires",
    "Questions",
    "Repliés",
)


GESTURES = (
    "Je me connecte, puis je lui rends le clavier",
    "Je lui rends le clavier et je reste à côté",
    "Je note le mot de passe pour la prochaine fois",
)


class SampleForm(Form):
    name = forms.CharField(label="Nom de la structure", max_length=120)
    siret = forms.CharField(label="SIRET", help_text="14 chiffres, sur votre avis de situation.", min_length=14)
    email = forms.EmailField(label="Adresse électronique", required=False)
    kind = forms.ChoiceField(
        label="Type de structure",
        choices=[("", "Choisir…"), ("mairie", "Mairie"), ("ccas", "CCAS"), ("fs", "France services")],
    )
    start = forms.ChoiceField(
        label="Que faites-vous ?",
        widget=forms.RadioSelect,
        choices=[
            ("avec", "Je lui rends le clavier et je reste à côté"),
            ("pour", "Je me connecte, puis je lui rends le clavier"),
            ("note", "Je note le mot de passe pour la prochaine fois"),
        ],
    )
    needs = forms.MultipleChoiceField(
        label="Matériel présent",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("ordi", "Un ordinateur"), ("imprimante", "Une imprimante"), ("camera", "Une caméra")],
    )
    note = forms.CharField(label="Précisions", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    piece = forms.FileField(label="Pièce", required=False, help_text="PDF, 2 Mo au plus.")
    accept = forms.BooleanField(label="Je confirme que ces renseignements sont exacts")


def samples(query) -> dict:
    refused = SampleForm({"siret": "1234567890123", "email": "camille", "start": "nul"})
    refused.add_error(None, "Cette structure est déjà inscrite à la session du 26 novembre.")
    paginator = Paginator(range(1200), int(query["par_page"]) if query.get("par_page") in {"25", "50", "100"} else 25)
    return {
        "sections": SECTIONS,
        "blank_form": SampleForm(prefix="vide"),
        "refused_form": refused,
        "page_obj": paginator.get_page(query.get("page", 7)),
        "menu": menu(),
        "lines": lines(),
        "facts": facts(),
        "choices": [{"id": i, "text": text, "ticked": i == 1} for i, text in enumerate(GESTURES)],
        "verdicts": verdicts(),
        **questions(),
        "steps": ["Votre structure", "Vos collègues", "La session", "Récapitulatif"],
        "refusals": [
            "Il manque deux réponses à la série « Les dix périmètres ».",
            "La session du 26 novembre n’est pas encore émargée.",
        ],
        "rows": [
            ("Personne 1", "7 h", "3 h 30", "Concordant", "success"),
            ("Personne 2", "3 h 30", "3 h 30", "3 h 30 facturées non faites", "error"),
            ("Personne 3", "7 h", "2 h 10", "Expliqué : congé maladie", "warning"),
        ],
        "subpages": [
            {"label": "Session", "url": "/composants/", "current": True},
            {"label": "Déroulé", "url": "/composants/"},
            {"label": "Stagiaires", "url": "/composants/", "detail": "14"},
        ],
        "crumbs": [("Mon espace", "/espace/"), ("Aidants Connect, un jour et demi", "/espace/"), ("Étape 6", "")],
    }


def menu():
    return [
        {"label": "Faire avec, faire pour", "url": "#menu", "detail": "10 min", "done": True},
        {"label": "Quand un mandat est nécessaire", "url": "#menu", "detail": "12 min", "current": True},
        {"label": "Les dix périmètres", "url": "#menu", "detail": "10 min"},
        {"label": "Quiz final", "detail": "s’ouvre après les étapes"},
    ]


def lines():
    return [
        {
            "badge": "Session",
            "badge_kind": "info",
            "label": "Prise en main d’Aidants Connect, demi-journée 1",
            "url": "#lignes",
            "detail": "jeudi 26 novembre, de 9 h à 12 h 30 (heure de Mayotte), à distance",
        },
        {
            "badge": "Réponse",
            "badge_kind": "new",
            "label": "Votre question sur le mandat d’un mineur a une réponse",
            "url": "#lignes",
            "detail": "de votre formatrice, hier à 16 h 40",
        },
        {
            "badge": "Papier",
            "badge_kind": "success",
            "label": "Attestation « Accueillir une personne en difficulté numérique »",
            "url": "#lignes",
            "detail": "2 h 10 suivies, délivrée le 12 novembre 2026",
        },
    ]


def verdicts():
    told = ("Vous agiriez à sa place, sans mandat.", "Tant qu’elle agit elle-même, aucun mandat n’est nécessaire.", "")
    rows = zip(GESTURES, told, (True, False, False), (False, True, False), strict=True)
    return [{"text": t, "feedback": f, "chosen": chosen, "correct": correct} for t, f, chosen, correct in rows]


STEPS = ("Faire signer le mandat", "Vérifier l’identité", "Lire le mandat à voix haute")
SIDES = ("La personne tape elle-même", "Vous tapez pour elle")
PROPOSALS = ("A. Un mandat, signé avant le premier geste", "B. Rien à signer", "C. Une procuration")


def questions() -> dict:
    """Fields and results of the questions that are not choices."""
    typed = {"id": "1", "label": "Votre réponse", "hint": "", "typed": "", "keyboard": "text", "before": ""}
    days = {"id": "2", "label": "Durée", "hint": "En chiffres, sans unité.", "before": "Le mandat court dure "}
    place = {"id": "3", "label": "Où on le range", "before": " jour. Il se range dans "}
    ranks = ["1", "2", "3"]
    kept = {"label": "", "given": "mandta", "correct": True, "expected": "", "spelt": "mandat", "feedback": "Oui."}
    missed = {"label": "Vous tapez pour elle", "given": "Rien à signer", "correct": False}
    return {
        "answer_fields": [typed],
        "blank_fields": [typed | days | {"keyboard": "decimal"}, typed | place],
        "match_fields": [select(str(n), label, PROPOSALS) for n, label in enumerate(SIDES, start=4)],
        "order_fields": [select(str(n), label, ranks) for n, label in enumerate(STEPS, start=6)],
        "proposals": PROPOSALS,
        "answer_result": {"summary": "", "told": "", "correct": True, "pieces": [], "lines": [kept]},
        "match_result": {
            "summary": "Votre réponse, à revoir : 1 juste sur 2",
            "told": "",
            "pieces": [],
            "correct": False,
            "lines": [kept | missed | {"spelt": "", "expected": "Un mandat", "feedback": "Vous faites pour elle."}],
        },
        "order_result": {
            "summary": "Votre réponse, à revoir : 1 juste sur 3",
            "told": "On signe ce que l’on a entendu.",
            "correct": False,
            "lines": [{"given": text, "correct": n == 2, "place": (3, 1, 2)[n]} for n, text in enumerate(STEPS)],
            "expected": [STEPS[1], STEPS[2], STEPS[0]],
        },
    }


def select(name, label, options) -> dict:
    return {"id": name, "label": label, "options": [{"value": o, "label": o, "chosen": False} for o in options]}


def facts():
    return [
        ("À quoi sert ce document", "Il dit les heures que vous avez suivies et ce que vous avez su faire."),
        ("Ce qu’il n’est pas", "Ni un diplôme, ni l’habilitation Aidants Connect."),
        ("Numéro", "AFF-2026-000001"),
        ("Délivrée le", "samedi 21 novembre 2026"),
    ]
