import contextlib

from allauth.usersessions.internal.flows import sessions as user_sessions
from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.accounts.engine.addresses import normalise_email
from lms.accounts.events import person_erased
from lms.accounts.models import Person
from lms.accounts.permissions import is_generic_mailbox
from lms.kernel import grants, journal
from lms.kernel.models import JournalPersonal

from .mails import send


def open_account(*, email, first_name, last_name):
    """The account of an address just proven; the one that exists already when somebody was faster."""
    try:
        with transaction.atomic():
            person = Person.objects.create_person(email, first_name, last_name, verified=True)
            journal.record("accounts.open_account", person, by=person)
    except IntegrityError:
        return Person.objects.get(email=normalise_email(email))
    adopt_pix_address(person)
    return person


def know_address(person, email):
    """People made elsewhere (import, editor's side) lack the row allauth marks as verified."""
    if person.email == email:
        person.emailaddress_set.get_or_create(email=email, defaults={"primary": True})


@transaction.atomic
def change_profile(person, *, by, first_name, last_name, time_zone):
    before = {"first_name": person.first_name, "last_name": person.last_name, "time_zone": person.time_zone}
    after = {"first_name": first_name, "last_name": last_name, "time_zone": time_zone}
    if before == after:
        return person
    for name, value in after.items():
        setattr(person, name, value)
    person.save(update_fields=list(after))
    journal.record("accounts.change_profile", person, by=by, personal={"before": before, "after": after})
    return person


@transaction.atomic
def correct_person(person, *, before, by):
    """What an administrator corrects by hand. A new address is verified by the next code received there."""
    names = ("first_name", "last_name", "email", "time_zone")
    rights = ("is_active", "is_staff", "is_superuser")
    person.save()
    if person.email != before.email:
        person.emailaddress_set.all().delete()
        if person.email:
            person.emailaddress_set.create(email=person.email, primary=True, verified=False)
    journal.record(
        "accounts.correct_person",
        person,
        by=by,
        before={name: getattr(before, name) for name in rights},
        after={name: getattr(person, name) for name in rights},
        personal={
            "before": {name: getattr(before, name) for name in names},
            "after": {name: getattr(person, name) for name in names},
        },
    )
    return person


def note_email_change(person, *, by, before, after):
    """allauth has just moved the sign-in address, once its code came back."""
    journal.record("accounts.change_email", person, by=by, personal={"before": before, "after": after})


def adopt_pix_address(person):
    """The verified sign-in address also serves for Pix and Aidants Connect, unless it is shared or one was chosen."""
    if person.pix_email or not person.email or is_generic_mailbox(person.email):
        return
    with contextlib.suppress(IntegrityError):  # somebody else proved it as theirs: this person will be asked
        confirm_pix_address(person, person.email, by=person)


@transaction.atomic
def confirm_pix_address(person, email, *, by):
    """One address at a time, proven by a code. Raises IntegrityError when it is somebody else's."""
    before = person.pix_email
    person.pix_email, person.pix_email_confirmed_at = email, timezone.now()
    person.save(update_fields=["pix_email", "pix_email_confirmed_at"])
    journal.record(
        "accounts.confirm_pix_address", person, by=by, personal={"before": before, "after": person.pix_email}
    )
    return person


def change_password(request, password):
    """Set the password of the person signed in; their other sign-ins end."""
    person = request.user
    person.set_password(password)
    with transaction.atomic():
        user_sessions.end_other_sessions(request, person)
        person.save(update_fields=["password"])
        journal.record("accounts.change_password", person, by=person)
        send("account/email/password_changed", person.email)
    update_session_auth_hash(request, person)
    UserSession.objects.create_from_request(request)
    return person


def end_sign_ins(request, sign_ins):
    """Close these sign-ins of the person signed in, the present one included if it is among them."""
    sign_ins, person = list(sign_ins), request.user
    with transaction.atomic():
        user_sessions.end_sessions(request, sign_ins)
        journal.record("accounts.end_sign_ins", person, by=person, after={"count": len(sign_ins)})


@transaction.atomic
def close_account(person, *, by):
    """Nobody signs in any more; what the person did stays, and so does the right to reopen."""
    person.is_active = False
    person.save(update_fields=["is_active"])
    for sign_in in person.usersession_set.all():
        sign_in.end()
    journal.record("accounts.close_account", person, by=by)
    return person


@transaction.atomic
def erase_account(person, *, by):
    """Close the account and forget who it was. Sealed papers keep the name they were issued with. Announces it.

    The records that were merged into it are those of the same human being: they are forgotten with it.
    """
    for record in person.merged_from.all():
        erase_account(record, by=by)
    close_account(person, by=by)
    addresses = sorted({person.email, person.pix_email} - {None})
    person.emailaddress_set.all().delete()
    person.authenticator_set.all().delete()
    grants.forget(person)
    forget_texts(person.factor_resets.all(), "reason")
    forget_texts(person.data_requests.all(), "message", "answer")
    person.first_name, person.last_name = "", "Personne effacée"
    person.email = person.pix_email = person.pix_email_confirmed_at = None
    person.is_staff = person.is_superuser = False
    person.set_unusable_password()
    person.save()
    journal.record("accounts.erase_account", person, by=by)
    journal.erase_personal(JournalPersonal.objects.filter(person=person))
    person_erased.send(sender=Person, person=person, by=by, addresses=addresses)
    return person


@transaction.atomic
def make_administrator(email, *, by=None):
    """The person of this address, found or made, with all rights over the technical administration."""
    person = Person.objects.with_email(email).first() or Person.objects.create_person(email)
    person.is_staff = person.is_superuser = person.is_active = True
    person.save(update_fields=["is_staff", "is_superuser", "is_active"])
    journal.record("accounts.make_administrator", person, by=by)
    send("account/email/administrator", person.email)
    return person


def forget_texts(rows, *fields):
    """Blank what was typed in rows kept longer than it is of use."""
    return rows.update(**dict.fromkeys(fields, ""))


def forget_ended_sign_ins():
    """The list of devices outlives no session."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    UserSession.objects.exclude(session_key__in=alive).delete()
