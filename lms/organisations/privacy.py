from lms.kernel.privacy import Personal
from lms.organisations.models import Membership

FIELDS_OF_ORGANISATION = (
    "address",
    "address_complement",
    "phone",
    "email",
    "assistance_contact",
    "signatory_name",
    "signatory_role",
    "dpo_contact",
)


def _memberships_of(person):
    return [
        {
            "organisation": str(membership.organisation),
            "siret": membership.organisation.siret,
            "rôle": membership.get_role_display(),
            "depuis": membership.starts_on,
            "jusqu’au": membership.ends_on,
        }
        for membership in Membership.objects.filter(person=person).select_related("organisation").order_by("pk")
    ]


PERSONAL = [
    Personal(
        model="organisations.Membership",
        fields=("person", "organisation", "role", "starts_on", "ends_on"),
        why="Savoir pour quel employeur une personne se forme, et ce que son rôle lui permet de voir.",
        basis="Mission d’intérêt public : formation des aidants et suivi de leur habilitation.",
        keep="Tant que le compte existe ; ensuite, avec les attestations qu’elle explique.",
        erase="Le lien reste vers un compte rendu anonyme, pour que les comptes par structure ne changent pas.",
        export=_memberships_of,
    ),
    Personal(
        model="organisations.Organisation",
        fields=FIELDS_OF_ORGANISATION,
        why="Joindre l’organisation, répondre aux apprenants et signer les documents remis.",
        basis="Mission d’intérêt public ; obligation légale pour le signataire des attestations.",
        keep="Tant que la personne tient cette fonction ; sur les documents déjà signés, aussi longtemps qu’eux.",
        erase="Remplacement par le successeur dans la fiche de l’organisation.",
    ),
]

ACTS = {
    "campagne.added": "Une campagne est ajoutée.",
    "campagne.changed": "Une campagne est modifiée.",
    "campagne.closed": "Une campagne est close.",
    "campagne.reopened": "Une campagne est rouverte.",
    "departement.added": "Un département est ajouté.",
    "departement.changed": "Un département est modifié.",
    "membership.added": "Une appartenance à une organisation est ajoutée.",
    "membership.changed": "Une appartenance à une organisation est modifiée.",
    "membership.ended": "Un départ d’une organisation est noté.",
    "membership.opened": "Un rôle est donné dans une organisation.",
    "membership.reopened": "Un rôle est repris dans une organisation.",
    "organisation.added": "Une organisation est ajoutée.",
    "organisation.changed": "Une organisation est modifiée.",
    "organisation.confirmed": "Une organisation est confirmée.",
    "organisation.declared": "Une organisation est déclarée.",
    "region.added": "Une région est ajoutée.",
    "region.changed": "Une région est modifiée.",
    "structuretype.added": "Un type de structure est ajouté.",
    "structuretype.changed": "Un type de structure est modifié.",
    "wave.added": "Une vague est ajoutée.",
    "wave.changed": "Une vague est modifiée.",
}
