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
