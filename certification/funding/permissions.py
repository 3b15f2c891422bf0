"""Who keeps a demande, who decides of it; who trains, is trained or asks never decides."""

from lms.organisations.lifecycle import Role
from lms.organisations.permissions import answers_for, has_role
from parcours.classroom.permissions import can_manage
from parcours.classroom.queries import TEACHING_ROLES

TRAINS = "Vous formez ou répondez de la formation dans l’organisme de ce dossier : un collègue de l’OPCO en décide."
TRAINED = "Vous êtes au nombre des personnes formées dans ce dossier : un collègue de l’OPCO en décide."
ASKS = "Vous répondez de l’employeur, ou vous avez préparé cette demande : un collègue de l’OPCO en décide."


def can_decide_somewhere(person):
    return has_role(person, Role.OPCO_OFFICER)


def can_read_as_officer(person, demande):
    return has_role(person, Role.OPCO_OFFICER, organisation=demande.opco)


def conflict_of(person, demande) -> str:
    """Why this person cannot decide of this file, whatever the space they stand in; nothing when they can."""
    return conflicts_of(person, [demande])[demande.pk]


def conflicts_of(person, demandes) -> dict[int, str]:
    """The same for many files, in two queries."""
    led = set(
        person.half_days.filter(session__in=[one.session_id for one in demandes]).values_list("session", flat=True)
    )
    followed = person.registrations.filter(funded__demande__in=demandes)
    trained = set(followed.values_list("funded__demande", flat=True))
    found = {}
    for one in demandes:
        asks = answers_for(person, one.employer) or person.pk in (one.created_by_id, one.filed_by_id)
        trains = one.session_id in led or has_role(person, *TEACHING_ROLES, organisation=one.session.organisation)
        found[one.pk] = TRAINS if trains else TRAINED if one.pk in trained else ASKS if asks else ""
    return found


def can_keep_for_employer(person, organisation):
    return answers_for(person, organisation)


def can_keep_for_session(person, session):
    return can_manage(person, session)


def can_confirm_rules(person, opco):
    return has_role(person, Role.OPCO_OFFICER, organisation=opco)
