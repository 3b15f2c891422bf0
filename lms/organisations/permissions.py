from lms.organisations.lifecycle import NATIONAL_ROLES, Role


def active_memberships(person):
    """The memberships of the day, read once per person object: every page asks several times."""
    if not person.is_authenticated:
        return []
    if "_active_memberships" not in person.__dict__:
        person.__dict__["_active_memberships"] = list(person.memberships.active().order_by("pk"))
    return person.__dict__["_active_memberships"]


def has_role(person, *roles, organisation=None) -> bool:
    """Whether the person holds one of these roles today, anywhere or in that organisation."""
    return any(
        membership.role in roles and (organisation is None or membership.organisation_id == organisation.pk)
        for membership in active_memberships(person)
    )


def is_national(person) -> bool:
    return person.is_authenticated and (person.is_superuser or has_role(person, *NATIONAL_ROLES))


def can_administer_organisations(person) -> bool:
    return person.is_authenticated and (person.is_superuser or has_role(person, Role.ADMIN))
