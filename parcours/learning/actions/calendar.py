from django.db import transaction

from lms.kernel import grants

CALENDAR = grants.define("learning.calendar", "lire mon calendrier")
DAYS = 400


@transaction.atomic
def open_calendar(person, *, by) -> grants.Grant:
    """A new address for one's calendar; the one before, if any, opens nothing any more."""
    while standing := grants.current(CALENDAR, person=person):
        grants.revoke(standing, by=by)
    return grants.give(CALENDAR, person=person, by=by, days=DAYS)
