import datetime

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.accounts.lifecycle import FACTOR_RESET
from lms.accounts.models import FactorReset
from lms.accounts.second_factor import Level, factors_of, level_of
from lms.kernel import journal, rules
from lms.kernel.formats import instant
from lms.kernel.lifecycle import TransitionRefused

from .mails import send

RESET_SALT = "accounts.factor_reset"


def note_factor(verb, person, factor):
    """« accounts.add_factor », « accounts.renew_codes »: allauth has just written it."""
    journal.record(verb, person, by=person, after={"type": factor.type, "id": factor.pk})


@transaction.atomic
def remove_factor(factor, *, by):
    """Raises TransitionRefused when the person's role asks for a second factor and this is the only one."""
    person = factor.user
    others = factors_of(person).exclude(pk=factor.pk)
    if level_of(person) > Level.NONE and not others.exists():
        raise TransitionRefused(
            ["C’est votre seul second facteur et votre rôle en demande un : ajoutez-en d’abord un autre."]
        )
    journal.record("accounts.remove_factor", person, by=by, before={"type": factor.type, "id": factor.pk})
    factor.delete()
    send("account/email/factor_removed", person.email, factor=factor.get_type_display())


def ask_factor_reset(person, *, by, reason):
    """Ask for the reset of a colleague's second factor, and tell that colleague, who may stop it.

    Raises TransitionRefused when a request is already waiting.
    """
    now = timezone.now()
    delay = datetime.timedelta(hours=rules.current("accounts.factor_reset_hours"))
    try:
        with transaction.atomic():
            reset = FactorReset.objects.create(
                person=person, asked_by=by, reason=reason, asked_at=now, due_at=now + delay
            )
            journal.record("accounts.ask_factor_reset", reset, by=by, after={"person": person.pk})
            _tell(reset, "account/email/factor_reset_asked", token=stop_token(reset))
    except IntegrityError as error:
        raise TransitionRefused(["Une demande est déjà en attente pour cette personne."]) from error
    return reset


def stop_token(reset) -> str:
    return signing.dumps(reset.pk, salt=RESET_SALT)


def stop_factor_reset(reset, *, by):
    with FACTOR_RESET.moving(reset, "stop_factor_reset", by=by) as reset:
        reset.closed_by, reset.closed_at = by, timezone.now()
    return reset


def execute_factor_reset(reset, *, by):
    """Forget every factor of the person and end their sign-ins: the next one leads to setting a new factor up."""
    with FACTOR_RESET.moving(reset, "execute_factor_reset", by=by) as reset:
        reset.closed_by, reset.closed_at = by, timezone.now()
        factors_of(reset.person).delete()
        for sign_in in reset.person.usersession_set.all():
            sign_in.end()
        _tell(reset, "account/email/factor_reset_done")
    return reset


def _tell(reset, template, **context):
    due_at = instant(reset.due_at, reset.person.time_zone)
    send(template, reset.person.email, asked_by=reset.asked_by.full_name, due_at=due_at, **context)
