from lms.organisations.actions.memberships import add_member, declare_employer, end_membership
from lms.organisations.actions.organisations import confirm_organisation
from lms.organisations.actions.reference import load_campagne, load_reference

__all__ = [
    "add_member",
    "confirm_organisation",
    "declare_employer",
    "end_membership",
    "load_campagne",
    "load_reference",
]
