"""Sessions, and who is registered in them: A4 and A5 for Aidants Connect (domain reference § 8)."""

from decimal import Decimal

from certification.habilitation.documents.handed.people import address_of
from parcours.classroom.lifecycle import Modality, RegistrationState, SessionState

SESSIONS = (
    *("NOM", "Publie sur le site, disponible à l'inscription", "LIEU", "DATEDEBUT", "DATEFIN"),
    *("En présentiel/à distance", "ETAT", "DUREE", "ORGANISATION", "ID GRIST", "ID"),
    *("Nombre d'apprenants", "TYPE", "DESCRIPTION"),
)
TRAINEES = (
    *("PRENOM", "NOM", "EMAIL", "PROFESSION", "STRUCTURE", "FORMATION", "ETAT"),
    *("Présence en formation", "Conseiller numérique", "FINANCEMENT CONUM", "ID GRIST", "ID"),
    *("Test PIX Passé", "Note Test PIX"),
)
STATES = {
    RegistrationState.REGISTERED: "Inscrit",
    RegistrationState.WAITING: "En attente",
    RegistrationState.OFFERED: "En attente",
}


def session_rows(sessions):
    for one in sessions:
        is_open = one.state == SessionState.PUBLISHED and not one.intra
        yield (
            *(one.title, _yes(is_open), one.where or "Distanciel", one.starts_at, one.ends_at),
            "À distance" if one.modality == Modality.REMOTE else "En présentiel",
            "Annulé" if one.state == SessionState.CANCELLED else "Active",
            *(_hours(one.edition.minutes), one.organisation.name, "", str(one.public_id)),
            *(one.seats_taken, "", one.practical),
        )


def trainee_rows(registrations):
    for one in registrations:
        person, state = one.person, STATES.get(one.state, "Annulé")
        yield (
            *(person.first_name, person.last_name, address_of(person), "", one.employer.name),
            *(one.session.title, state, _yes(one.was_present), _yes(one.is_conseiller), one.funding_road),
            *("", str(one.public_id), _yes(one.has_pix), ""),
        )


def _yes(said) -> str:
    return "Oui" if said else "Non"


def _hours(minutes) -> int | Decimal:
    return minutes // 60 if minutes % 60 == 0 else Decimal(minutes) / 60
