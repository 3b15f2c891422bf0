from lms.accounts.second_factor import Level
from lms.kernel.access import is_signed_in
from lms.organisations.lifecycle import ANSWERING_ROLES, NATIONAL_ROLES, Role
from lms.organisations.queries import today

GIVES_ANYWHERE = {
    Role.ADMIN: frozenset(Role),
    Role.PILOT: frozenset(Role) - {Role.ADMIN},
}
GIVES_AT_HOME = {
    Role.STRUCTURE_REFERENT: frozenset({Role.LEARNER, Role.STRUCTURE_REFERENT}),
    Role.TRAINING_MANAGER: frozenset(
        {Role.LEARNER, Role.TRAINER, Role.TRAINING_MANAGER, Role.REVIEWER, Role.DISABILITY_REFERENT, Role.VAE_ADVISOR}
    ),
    Role.CERTIFIER: frozenset({Role.JURY_MEMBER}),
}
LEVELS = {
    Role.LEARNER: Level.NONE,
    Role.STRUCTURE_REFERENT: Level.DEVICE,
    Role.JURY_MEMBER: Level.DEVICE,
    Role.VAE_ADVISOR: Level.DEVICE,
}


def active_memberships(person):
    """The memberships of the day, read once per person object: every page asks several times."""
    if not is_signed_in(person):
        return []
    if "_active_memberships" not in person.__dict__:
        held, on = person.memberships.order_by("pk"), today()
        person.__dict__["_active_memberships"] = [one for one in held if one.is_active(on)]
    return person.__dict__["_active_memberships"]


def has_role(person, *roles, organisation=None) -> bool:
    """Whether the person holds one of these roles today, anywhere or in that organisation."""
    return any(
        membership.role in roles and (organisation is None or membership.organisation_id == organisation.pk)
        for membership in active_memberships(person)
    )


def is_national(person) -> bool:
    return person.is_superuser or has_role(person, *NATIONAL_ROLES)


def second_factor_level(person) -> Level:
    """By risk: the code received by e-mail is enough to learn; whoever reads others proves more."""
    roles = (membership.role for membership in active_memberships(person))
    return max((LEVELS.get(role, Level.ALWAYS) for role in roles), default=Level.NONE)


def answers_for_a_structure(person) -> bool:
    return has_role(person, *ANSWERING_ROLES)


def answers_for(person, organisation) -> bool:
    return has_role(person, *ANSWERING_ROLES, organisation=organisation)


def can_see_members(person, organisation) -> bool:
    return is_national(person) or answers_for(person, organisation)


def can_give_role(person, organisation, role) -> bool:
    """Nobody gives more than what they answer for; only an administrator makes an administrator."""
    if person.is_superuser:
        return True
    held = active_memberships(person)
    anywhere = any(role in GIVES_ANYWHERE.get(membership.role, ()) for membership in held)
    at_home = (membership.role for membership in held if membership.organisation_id == organisation.pk)
    return anywhere or any(role in GIVES_AT_HOME.get(home_role, ()) for home_role in at_home)


def can_end_membership(person, membership) -> bool:
    """Whoever could give the role takes it back; one leaves an employer by oneself."""
    own = membership.person_id == person.pk and membership.role == Role.LEARNER
    return own or can_give_role(person, membership.organisation, membership.role)


def can_declare_employer(person, whose) -> bool:
    return is_signed_in(person) and person.pk == whose.pk


def can_list_organisations(person) -> bool:
    return is_national(person) or has_role(person, Role.TERRITORIAL_PILOT)
