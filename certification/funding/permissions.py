"""Who keeps a demande, who decides of it; who trains, is trained or asks never decides."""

from certification.funding.lifecycle import CLOSED
from certification.funding.queries import branches_of, with_merged
from lms.organisations.lifecycle import ANSWERING_ROLES, Role
from lms.organisations.models import Organisation
from lms.organisations.permissions import active_memberships, answers_for, has_role
from parcours.classroom.models import HalfDay, Registration
from parcours.classroom.permissions import can_manage
from parcours.classroom.queries import TEACHING_ROLES, homes

TRAINS = "Vous formez ou répondez de la formation dans l’organisme de ce dossier : un collègue de l’OPCO en décide."
TRAINED = "Vous êtes au nombre des personnes formées dans ce dossier : un collègue de l’OPCO en décide."
NOT_FOLLOWED = "{who} ne suit pas cette branche."
HOLDS_ALREADY = "{who} suit déjà ce dossier."
OVER = "Ce dossier est clos : il n’y a plus rien à y suivre."
CONFLICT = "{who} ne peut pas en décider : la séparation des tâches s’y oppose."
ASKS = "Vous répondez de l’employeur, ou vous avez préparé cette demande : un collègue de l’OPCO en décide."


def can_decide_somewhere(person):
    return has_role(person, Role.OPCO_OFFICER)


def opco_of(person):
    """The OPCO for which somebody takes a file out: the first of theirs."""
    return next((one.organisation for one in active_memberships(person) if one.role == Role.OPCO_OFFICER), None)


def can_read_as_officer(person, demande):
    """Of the OPCO, and of the branch when the person follows some of them only."""
    followed = branches_of(person)
    if not person.is_active or demande.opco_id not in followed:
        return False
    idcc = followed[demande.opco_id]
    return idcc is None or demande.idcc in idcc


def reading_of(person) -> dict:
    """What a list held when it was written: by OPCO, the branches followed, None for all of them."""
    return {str(opco): sorted(idcc) if idcc is not None else None for opco, idcc in branches_of(person).items()}


def can_fetch(person, export):
    """A file says what was followed when it was written: whoever follows anything else since asks for it anew."""
    return export.by_id == person.pk and can_decide_somewhere(person) and export.read_with == reading_of(person)


def can_set_branches(person, membership):
    """Somebody who follows the whole OPCO, for a colleague: nobody widens what they see."""
    if membership.role != Role.OPCO_OFFICER or membership.person_id == person.pk or not person.is_active:
        return False
    followed = branches_of(person)
    return membership.organisation_id in followed and followed[membership.organisation_id] is None


def conflict_of(person, demande) -> str:
    """Why this person cannot decide of this file, whatever the space they stand in; nothing when they can."""
    return conflicts_of(person, [demande])[demande.pk]


def conflicts_of(person, demandes) -> dict[int, str]:
    """The same for many files, in a number of queries that does not depend on how many.

    Whoever was merged into this person, and whatever structure was merged into one they answer for, count too.
    """
    selves = _selves(person)
    led = set(
        HalfDay.objects.filter(trainers__in=selves, session__in={one.session_id for one in demandes}).values_list(
            "session", flat=True
        )
    )
    followed = Registration.objects.filter(person__in=selves, funded__demande__in=demandes)
    trained = set(followed.values_list("funded__demande", flat=True))
    asking = with_merged(Organisation, homes(person, *ANSWERING_ROLES))
    teaching = with_merged(Organisation, homes(person, *TEACHING_ROLES))
    found = {}
    for one in demandes:
        asks = one.employer_id in asking or not selves.isdisjoint({one.created_by_id, one.filed_by_id})
        trains = one.session_id in led or one.session.organisation_id in teaching
        found[one.pk] = TRAINS if trains else TRAINED if one.pk in trained else ASKS if asks else ""
    return found


def assignment_refusals(to, demandes) -> dict[int, str]:
    """Why somebody cannot have each of these files in charge; nothing when they can."""
    conflicts = conflicts_of(to, demandes)
    found = {}
    for one in demandes:
        why = CONFLICT if conflicts[one.pk] else ""
        why = why if can_read_as_officer(to, one) else NOT_FOLLOWED
        why = HOLDS_ALREADY if one.officer_id == to.pk else why
        found[one.pk] = OVER if one.state in CLOSED or one.settled else why.format(who=to.full_name)
    return found


def _selves(person) -> set[int]:
    """The person, and those that were found to be the same one since."""
    return with_merged(person._meta.model, [person.pk])


def can_keep_for_employer(person, organisation):
    return answers_for(person, organisation)


def can_keep_for_session(person, session):
    return can_manage(person, session)


def can_confirm_rules(person, opco):
    return has_role(person, Role.OPCO_OFFICER, organisation=opco)


def can_record_credentials(person, organisation):
    return has_role(person, Role.TRAINING_MANAGER, organisation=organisation)


def can_manage_training(person):
    return has_role(person, Role.TRAINING_MANAGER)
