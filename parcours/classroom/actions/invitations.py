"""Signed links: to take a seat that was freed, to say that one works for a structure, to answer without an account."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.accounts.engine.addresses import normalise_email
from lms.accounts.engine.names import clean_name
from lms.accounts.models import Person
from lms.kernel import grants
from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.actions import add_member
from lms.organisations.models import Organisation, Role
from parcours.classroom.actions.registering import register
from parcours.classroom.engine import funding
from parcours.classroom.models import Registration, Session

OFFER = grants.define("classroom.offer", "accepter ou laisser une place qui se libère")
JOIN = grants.define("classroom.join", "répondre à une structure qui vous inscrit à une session")
JOIN_DAYS = 30
NOT_FROM_HERE = "Cette adresse ne peut pas être inscrite d’ici. La personne peut nous écrire depuis la page d’aide."


def offer_link_of(registration) -> grants.Grant:
    """What answers an offer without signing in: the same link in each message."""
    person = registration.person
    standing = grants.current(OFFER, person=person, object_ids=[registration.pk])
    if standing:
        return standing
    days = max((registration.offer_until - timezone.now()).days + 2, 2)
    return grants.give(OFFER, person=person, by=None, days=days, object_ids=[registration.pk])


@transaction.atomic
def enlist(email, first_name, last_name, *, session, employer, by, answers, or_wait) -> Registration | None:
    """Register somebody by their address: a colleague, or somebody nobody knows yet, who becomes one.

    The account of somebody else is not touched: they are asked, and None is returned; nobody learns more than that.
    """
    person, new = _person_of(email, first_name, last_name, employer, by)
    if not person.is_active:
        raise TransitionRefused([NOT_FROM_HERE])
    if new or _works_there(person, employer):
        return register(session, person, employer=employer, by=by, answers=answers, or_wait=or_wait)
    ask_to_join(person, session, employer=employer, by=by, answers=answers)
    return None


def ask_to_join(person, session, *, employer, by, answers) -> None:
    ids = [session.pk, employer.pk, by.pk, answers.employer, int(answers.conseiller), answers.granted_by]
    if grants.current(JOIN, person=person, object_ids=ids) is None:
        grant = grants.give(JOIN, person=person, by=by, days=JOIN_DAYS, object_ids=ids)
        post("classroom.ask_to_join", grant.pk, key=f"classroom.ask_to_join:{grant.pk}")


def proposal_of(grant) -> dict:
    """What a link to join proposes."""
    session_pk, employer_pk, by_pk, kind, conseiller, granted_by = grant.object_ids
    employer = Organisation.objects.get(pk=employer_pk).standing()
    return {
        "session": Session.objects.for_page().get(pk=session_pk),
        "employer": employer,
        "by": Person.objects.get(pk=by_pk),
        "answers": funding.Answers(kind, bool(conseiller), granted_by, employer.legal_category),
    }


@transaction.atomic
def join(grant) -> Registration:
    """The person works there: they become a member, and take a seat or wait for one."""
    person, proposal = grant.person, proposal_of(grant)
    employer, by = proposal["employer"], proposal["by"]
    if not _works_there(person, employer):
        add_member(person, employer, role=Role.LEARNER, by=person)
    answers = proposal["answers"]
    found = register(proposal["session"], person, employer=employer, by=by, answers=answers, or_wait=True)
    grants.revoke(grant, by=person)
    return found


@transaction.atomic
def refuse_to_join(grant) -> None:
    grants.revoke(grant, by=grant.person)


def _works_there(person, employer) -> bool:
    return Organisation.objects.employers_of(person).filter(pk=employer.pk).exists()


def _person_of(email, first_name, last_name, employer, by) -> tuple[Person, bool]:
    if known := Person.objects.standing_at(email):
        return known, False
    zone = {"time_zone": employer.departement.time_zone} if employer.departement else {}
    names = clean_name(first_name), clean_name(last_name)
    try:
        with transaction.atomic():
            person = Person.objects.create_person(normalise_email(email), *names, **zone)
    except IntegrityError:
        return Person.objects.with_email(email).get(), False
    record("classroom.create_person", person, by=by, after={"employer": employer.pk})
    add_member(person, employer, role=Role.LEARNER, by=by)
    return person, True
