"""Papers of a kind that exists in tests only, laid out like an attestation."""

import itertools

from lms.kernel import papers
from lms.kernel.formats import NBSP

KIND = papers.register(
    papers.PaperKind(
        code="essai",
        label="Attestation d’essai",
        prefix="ESS",
        pdf_template="papers/attestation_pdf.html",
        twin_template="papers/attestation_twin.html",
        purpose="Elle montre ce qu’un document dit.",
        is_not="Ce n’est pas un vrai document.",
        feminine=True,
    )
)
_keys = itertools.count(1)


def content(**values) -> dict:
    return {
        "title": "Aidants Connect : la demi-journée en ligne",
        "holder": "Camille Durand",
        "employer": {"name": "Commune de Saint-Exemple", "siret": f"213{NBSP}502{NBSP}388{NBSP}00019"},
        "objectives": ["Décider si un mandat est nécessaire", "Protéger les données confiées au guichet"],
        "nature": "Action de formation",
        "modality": "à distance, en autonomie",
        "dates": "du vendredi 20 novembre 2026 au dimanche 22 novembre 2026",
        "planned": f"3{NBSP}h{NBSP}30",
        "proven": f"3{NBSP}h{NBSP}30",
        "proof": "Somme des durées moyennes déclarées des étapes terminées : 17 sur 17.",
        "results": ["Quiz final : réussi, 17 réponses justes sur 20 (85 %), au premier essai."],
        "issuer": {
            "name": "Ouest Médiation Formation",
            "address": "12 rue des Carmes, 35000 Rennes",
            "siret": f"912{NBSP}345{NBSP}678{NBSP}00012",
            "nda": f"53{NBSP}35{NBSP}12345{NBSP}35",
            "registration": "Cet enregistrement ne vaut pas agrément de l’État.",
            "place": "Rennes",
            "signatory": "Paul Kermarrec",
            "signatory_role": "directeur",
        },
        "reminder": {"intro": "Ce parcours ne suffit pas. Il faut aussi :", "points": ["passer le test Pix."]},
    } | values


def reserve(*, key=None, person=None, organisation=None, zone=None, **values):
    return papers.reserve(
        KIND,
        key=key or f"essai:{next(_keys)}",
        person=person,
        organisation=organisation,
        content=content(**values),
        zone=zone,
    )


def issue(**values):
    """A sealed paper and the file as it was handed over."""
    paper = reserve(**values)
    rendition = papers.render(paper)
    return papers.seal(paper, rendition), rendition.pdf
