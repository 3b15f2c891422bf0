"""The bodies around the learners, one of each kind, and the campagne in progress."""

from lms.demo.population.draw import data, identity, siret
from lms.organisations.actions import load_campagne, load_reference
from lms.organisations.models import Kind, Organisation

SEED = "institutions"
INSTITUTIONS = {
    "training": {
        "kind": Kind.TRAINING,
        "name": "Institut fictif de la médiation numérique",
        "nda": "53350000035",
        "address": "12 rue de l’Exemple",
        "postcode": "35000",
        "city": "Rennes",
        "departement_id": "35",
        "email": "contact@institut-mediation.example",
        "phone": "01 99 00 12 34",
        "assistance_contact": "Claire Fontaine",
        "signatory_name": "Hélène Kermarec",
        "signatory_role": "directrice",
        "dpo_contact": "Malo Rivoal, dpo@institut-mediation.example",
        "vat_mention": "TVA non applicable : exonération de l’article 261-4-4° a du Code général des impôts.",
        "payment_terms": "Par virement, à trente jours de la réception de la facture.",
    },
    "opco": {"kind": Kind.OPCO, "name": "OPCO fictif de la cohésion sociale", "city": "Paris", "departement_id": "75"},
    "anct": {"kind": Kind.ANCT, "name": "ANCT (démonstration)", "city": "Paris", "departement_id": "75"},
    "hub": {"kind": Kind.HUB, "name": "Hub fictif du Grand Ouest", "city": "Nantes", "departement_id": "44"},
    "certifier": {"kind": Kind.CERTIFIER, "name": "Certificateur fictif", "city": "Lyon", "departement_id": "69"},
    "school": {  # without a declaration number yet: it writes, and teaches nobody here
        "kind": Kind.TRAINING,
        "name": "École fictive du numérique partagé",
        "address": "3 quai de l’Exemple",
        "postcode": "17000",
        "city": "La Rochelle",
        "departement_id": "17",
        "email": "contact@ecole-numerique.example",
        "assistance_contact": "Maëlle Guéguen",
    },
}


def populate_institutions() -> int:
    load_reference()
    created = sum(load_campagne(entry, fictional=True) for entry in data("campagne"))
    return created + sum(_institution(rank, code) for rank, code in enumerate(INSTITUTIONS))


def _institution(rank, code) -> bool:
    values = INSTITUTIONS[code] | {"siret": siret(rank), "fictional": True}
    return Organisation.objects.get_or_create(public_id=identity(SEED, "organisation", code), defaults=values)[1]


def institution(code) -> Organisation:
    return Organisation.objects.get(public_id=identity(SEED, "organisation", code))
