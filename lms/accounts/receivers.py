"""What allauth announces, written in our journal; what it would keep of a device, reduced to three words."""

from allauth.account.signals import email_changed, user_logged_in
from allauth.mfa.signals import authenticator_added, authenticator_reset
from allauth.usersessions.models import UserSession
from django.db.models.signals import pre_save
from django.dispatch import receiver

from lms.accounts import actions
from lms.accounts.engine.devices import device_words
from lms.accounts.second_factor import record_new_factor

NOWHERE = "0.0.0.0"


@receiver(pre_save, sender=UserSession)
def keep_device_words_only(instance, **kwargs):
    instance.ip, instance.user_agent = NOWHERE, device_words(instance.user_agent)


@receiver(email_changed)
def on_email_changed(request, user, from_email_address, to_email_address, **kwargs):
    before = from_email_address.email if from_email_address else None
    actions.note_email_change(user, by=request.user, before=before, after=to_email_address.email)


@receiver(user_logged_in)
def on_sign_in(user, **kwargs):
    actions.adopt_pix_address(user)


@receiver(authenticator_added)
def on_factor_added(request, user, authenticator, **kwargs):
    record_new_factor(request, user, authenticator)
    actions.note_factor("accounts.add_factor", user, authenticator)


@receiver(authenticator_reset)
def on_codes_renewed(request, user, authenticator, **kwargs):
    record_new_factor(request, user, authenticator)
    actions.note_factor("accounts.renew_codes", user, authenticator)
