"""A list confirmed: each line once, in small transactions, whatever is killed or asked twice on the way."""

from contextlib import suppress

from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.accounts.engine.names import clean_name
from lms.accounts.models import Person
from lms.kernel.jobs import post, renew
from lms.kernel.journal import record, record_many
from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.actions import add_member, add_members
from lms.organisations.models import Membership, Organisation, Role
from parcours.catalogue.documents import assistance_faults
from parcours.catalogue.models import Edition
from parcours.colleagues.actions.drafts import check_again
from parcours.colleagues.actions.invitations import ALREADY_ASKED, INVITED, invite
from parcours.colleagues.lifecycle import LIST, LineStatus, ListState, Outcome
from parcours.colleagues.models import EnrolmentList, ListLine
from parcours.learning.actions import AlreadyEnrolled, enrol, enrol_many
from parcours.learning.models import Enrolment

CLOSED = "Ce parcours n’est plus ouvert à l’inscription en ligne. Choisissez-en un autre."
NAMELESS = "Cette personne n’a pas encore indiqué son nom dans son profil. Elle peut le faire, puis s’inscrire."
NOT_FROM_HERE = "Cette adresse ne peut pas être inscrite d’ici. La personne peut nous écrire depuis la page d’aide."


def open_edition(parcours) -> Edition | None:
    """What a new enrolment would follow; nothing when the parcours is closed or nobody answers for it."""
    edition = Edition.objects.open_to_enrolment().filter(parcours=parcours).select_related("parcours").first()
    return None if edition is None or assistance_faults(edition.parcours) else edition


def confirm_list(found, *, by) -> EnrolmentList:
    """Have everybody ready on this list enrolled, by jobs.

    Raises TransitionRefused: something to correct, nobody to enrol, a parcours closed since, or confirmed already.
    """
    if open_edition(found.parcours) is None:
        raise TransitionRefused([CLOSED])
    if found.state == ListState.DRAFT:
        check_again(found)
    with LIST.moving(found, "confirm_list", by=by, after={"lines": found.lines.count()}) as locked:
        locked.confirmed_by, locked.confirmed_at = by, timezone.now()
        locked.lines.filter(status=LineStatus.EXCLUDED).update(outcome=Outcome.EXCLUDED)
        locked.lines.filter(status=LineStatus.ALREADY).update(outcome=Outcome.ALREADY)
        post("colleagues.enrol_list", locked.pk, 0, key=f"colleagues.enrol_list:{locked.pk}:0", awaited=True)
    return locked


def start_list(found):
    with LIST.moving(found, "start_list", by=None) as locked:
        return locked


def finish_list(found):
    """The report stands; its figures outlive its lines."""
    with LIST.moving(found, "finish_list", by=None) as locked:
        locked.done_at = timezone.now()
        locked.outcomes = locked.lines.by_outcome()
    return locked


def refuse_waiting(found):
    """The parcours closed between the confirmation and the job: nobody is enrolled in what is over."""
    found.lines.waiting().update(outcome=Outcome.REFUSED, note=CLOSED)


def enrol_lines(line_pks, found, edition):
    """Deal with some lines: those that raise no question together, the others each for itself.

    Should somebody of these be made or enrolled elsewhere at the same instant, nobody is together: each comes in turn.
    """
    with suppress(IntegrityError, TransitionRefused), transaction.atomic():
        _enrol_together(line_pks, found, edition)
    for pk in ListLine.objects.filter(pk__in=line_pks).waiting().order_by("position").values_list("pk", flat=True):
        renew()
        enrol_line(pk, found, edition)


def _enrol_together(line_pks, found, edition):
    lines = ListLine.objects.select_for_update(no_key=True).filter(pk__in=line_pks).waiting().order_by("pk")
    once = {line.email: line for line in reversed(lines) if clean_name(line.last_name)}
    known = {person.email: person for person in Person.objects.filter(email__in=once)}
    new = _make_people([once[email] for email in sorted(once.keys() - known.keys())], found)
    here = _colleagues_to_enrol(known.values(), found, edition)
    people = {person.email: person for person in (*new, *here)}
    if not people:
        return
    enrol_many(list(people.values()), edition, employer=found.organisation, by=found.confirmed_by)
    dealt = [once[email] for email in people]
    for line in dealt:
        line.outcome, line.person = Outcome.ENROLLED, people[line.email]
    ListLine.objects.bulk_update(dealt, ["outcome", "person"])


def _make_people(lines, found) -> list[Person]:
    """In the order of their addresses: two lists that share people wait for each other, and never both."""
    named = [
        {"email": one.email, "first_name": clean_name(one.first_name), "last_name": clean_name(one.last_name)}
        for one in lines
    ]
    people = Person.objects.create_people(named, **_zone_of(found.organisation))
    record_many("colleagues.create_person", people, by=found.confirmed_by, after=lambda one: {"list": found.pk})
    add_members(people, found.organisation, role=Role.LEARNER, by=found.confirmed_by)
    return people


def _colleagues_to_enrol(people, found, edition) -> list[Person]:
    """Among these, those of the structure whom nothing keeps from being enrolled."""
    fit = [one.pk for one in people if one.is_active and not one.merged_into_id and one.last_name]
    members = Membership.objects.filter(organisation=found.organisation, person__in=fit).active().employing()
    following = Enrolment.objects.followed().filter(parcours=edition.parcours_id, person__in=fit)
    wanted = set(members.values_list("person", flat=True)) - set(following.values_list("person", flat=True))
    return [one for one in people if one.pk in wanted]


def _zone_of(structure) -> dict:
    return {"time_zone": structure.departement.time_zone} if structure.departement else {}


@transaction.atomic
def enrol_line(line_pk, found, edition):
    """Deal with one line, once: a line that has its outcome keeps it."""
    line = ListLine.objects.select_for_update(no_key=True).get(pk=line_pk)
    if line.outcome:
        return
    try:
        with transaction.atomic():
            line.outcome, line.note, line.person = _enrol(line, found, edition)
    except TransitionRefused as refused:
        line.outcome, line.note = Outcome.REFUSED, " ".join(refused.sentences)[:500]
    line.save(update_fields=["outcome", "note", "person"])


def _enrol(line, found, edition):
    """Three cases, and one rule: nobody learns here who has an account, nor decides for them who employs them.

    Unknown address: the person is made, becomes a member of the structure and is enrolled; the mail says by whom, for
    which employer, and how to stop. Somebody of the structure: enrolled, and keeps the name they gave. Somebody else's
    account: nothing is written about them but an invitation, that they alone accept; the référent is told so after
    having confirmed, which left a line in the journal and a message to that person, never during the dry run.
    """
    person, new = _person_of(line, found)
    if not person.is_active:
        raise TransitionRefused([NOT_FROM_HERE])
    if not new and not Organisation.objects.employers_of(person).filter(pk=found.organisation_id).exists():
        asked = invite(person, found.organisation, edition.parcours, by=found.confirmed_by)
        return Outcome.INVITED, INVITED if asked else ALREADY_ASKED, person
    if not person.last_name:
        raise TransitionRefused([NAMELESS])
    try:
        enrol(person, edition, employer=found.organisation, by=found.confirmed_by)
    except AlreadyEnrolled:
        return Outcome.ALREADY, "", person
    return Outcome.ENROLLED, "", person


def _person_of(line, found) -> tuple[Person, bool]:
    """The person of this address, and whether they were made here: another list may make them meanwhile."""
    if known := Person.objects.standing_at(line.email):
        return known, False
    structure, by = found.organisation, found.confirmed_by
    try:
        with transaction.atomic():
            names = clean_name(line.first_name), clean_name(line.last_name)
            person = Person.objects.create_person(line.email, *names, **_zone_of(structure))
    except IntegrityError:
        return Person.objects.with_email(line.email).get(), False
    record("colleagues.create_person", person, by=by, after={"list": found.pk})
    add_member(person, structure, role=Role.LEARNER, by=by)
    return person, True
