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
    session = demande.session
    if has_role(person, *TEACHING_ROLES, organisation=session.organisation):
        return TRAINS
    if session.half_days.filter(trainers=person).exists():
        return TRAINS
    if demande.beneficiaries.filter(registration__person=person).exists():
        return TRAINED
    if answers_for(person, demande.employer) or person.pk in (demande.created_by_id, demande.filed_by_id):
        return ASKS
    return ""


def can_keep_for_employer(person, organisation):
    return answers_for(person, organisation)


def can_keep_for_session(person, session):
    return can_manage(person, session)


def can_confirm_rules(person, opco):
    return has_role(person, Role.OPCO_OFFICER, organisation=opco)
