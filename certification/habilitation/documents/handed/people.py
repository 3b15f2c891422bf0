"""People followed here: A1 and A2 for Aidants Connect, M1 for Mon inclusion numérique (domain reference § 8)."""

from certification.habilitation.lifecycle import REACHED, ExternalStatus

DATES = ("email", "data_pass_id", "date_formation")
REQUESTS = ("data_pass_id", "last_name", "first_name", "email", "profession", "status", "origin")
MEDIATORS = (
    *("ID", "Nom", "Prénom", "Rôles", "Labelisations", "Formations"),
    *("Nom structure", "SIRET structure", "Adresse structure"),
)


def date_rows(habilitations):
    for one in habilitations:
        yield address_of(one.person), one.organisation.data_pass_id, one.trained_on


def request_rows(habilitations):
    for one in habilitations:
        status = one.external_status or ExternalStatus.NEW
        person = one.person
        yield (
            *(one.organisation.data_pass_id, person.last_name, person.first_name, address_of(person)),
            *(one.profession, status, "autre"),
        )


def mediator_rows(habilitations):
    for one in habilitations:
        where = one.organisation
        place = " ".join(filter(None, (where.address, where.postcode, where.city)))
        yield (
            *(str(one.person.public_id), one.person.last_name, one.person.first_name),
            "Conseiller numérique" if one.is_conseiller else "Aidant",
            "Aidants Connect" if one.step in REACHED else "",
            "Aidants Connect" if one.trained_on else "",
            *(where.name, where.siret, place),
        )


def address_of(person) -> str:
    """The address of the request: the one for Pix and Aidants Connect when there is one."""
    return person.pix_email or person.email or ""
