"""How a person goes through the doors of the site, as a browser does."""

import re
import time
from contextlib import contextmanager
from unittest import mock

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp

from lms.accounts.models import Person
from lms.kernel.models import OutgoingMail

SIGN_IN, CODE, SIGN_UP = "/connexion/", "/connexion/code/", "/inscription/"
FACTORS = "/espace/securite/second-facteur/"


def last_mail():
    return OutgoingMail.objects.latest("pk")


def mailed_code(mail=None):
    return re.search(r"\b\d{4}-\d{4}\b", (mail or last_mail()).body).group()


def ask_code(client, email, **extra):
    return client.post(SIGN_IN, {"email": email, **extra})


def type_code(client, code=None, **extra):
    return client.post(CODE, {"code": code or mailed_code(), "action": "verify", **extra})


def sign_in(client, person):
    """Up to what comes after the code: the space, the second factor, or its setting up."""
    ask_code(client, person.email)
    return type_code(client)


def sign_up(client, email="nadia.benali@ville-exemple.fr", first_name="Nadia", last_name="Benali", **extra):
    return client.post(SIGN_UP, {"email": email, "first_name": first_name, "last_name": last_name, **extra})


def person_signed_in(client):
    pk = client.session.get("_auth_user_id")
    return Person.objects.get(pk=pk) if pk else None


@contextmanager
def commits_at_once():
    """A test stays in one transaction: what allauth does on commit, inside the request, is done at once."""
    with mock.patch("django.db.transaction.on_commit", lambda function, **_: function()):
        yield


def make_printed_codes(client):
    """The ten codes of the person signed in."""
    with commits_at_once():
        client.post(f"{FACTORS}codes/creer/")
    return codes_of(person_signed_in(client))


def codes_of(person):
    return person.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()


@contextmanager
def level(wanted):
    """Everybody's role asks for this level, whatever the rooms above say."""
    with mock.patch("lms.accounts.second_factor._answers", [lambda person: wanted]):
        yield


def give_printed_codes(person):
    RecoveryCodes.activate(person)
    return codes_of(person)


def give_application(person):
    """The secret of an application of codes, set up on another day."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    return secret


def code_shown(secret, steps=0):
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + steps))


def type_factor(client, code):
    return client.post("/connexion/second-facteur/", {"code": code})


def later(minutes):
    """The clock of everybody, so many minutes on."""
    real = time.time
    return mock.patch("time.time", lambda: real() + 60 * minutes)
