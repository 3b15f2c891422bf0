from lms.organisations.actions.campagnes import (
    announce_dates,
    change_campagne,
    change_wave,
    close_campagne,
    load_campagne,
    reopen_campagne,
)
from lms.organisations.actions.memberships import (
    add_member,
    add_members,
    announce,
    declare_employer,
    end_membership,
    membership_refusals,
)
from lms.organisations.actions.organisations import confirm_organisation
from lms.organisations.actions.reference import load_reference

__all__ = [
    "add_member",
    "add_members",
    "announce",
    "announce_dates",
    "change_campagne",
    "change_wave",
    "close_campagne",
    "confirm_organisation",
    "declare_employer",
    "end_membership",
    "load_campagne",
    "load_reference",
    "membership_refusals",
    "reopen_campagne",
]
