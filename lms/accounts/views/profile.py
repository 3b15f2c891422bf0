"""Who one is here: names, hours, and the two addresses that matter."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from allauth.account.views import ConfirmEmailVerificationCodeView
from allauth.decorators import rate_limit
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import redirect, render

from lms.accounts import actions
from lms.accounts.forms import ChangeEmailForm, EmailCodeForm, PixAddressForm, ProfileForm
from lms.accounts.permissions import can_manage_account, is_generic_mailbox
from lms.accounts.views.factors import freshly
from lms.kernel.access import public, require


def profile(request):
    person = request.user
    require(can_manage_account(person, person))
    initial = {name: getattr(person, name) for name in ("first_name", "last_name", "time_zone")}
    form = ProfileForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.change_profile(person, by=person, **form.cleaned_data)
        messages.success(request, "Votre profil est enregistré.")
        return redirect("accounts:profile")
    context = {"form": form, "is_shared": is_generic_mailbox(person.email or "")}
    return render(request, "accounts/profile.html", context)


@freshly
@rate_limit(action="manage_email")
def change_email(request):
    """The new address becomes the one of sign-in when the code sent there comes back, not before."""
    require(can_manage_account(request.user, request.user))
    form = ChangeEmailForm(request.POST or None, person=request.user)
    if form.is_valid():
        address = EmailAddress(user=request.user, email=form.cleaned_data["email"])
        send_verification_email_to_address(request, address)
        return redirect("account_email_verification_sent")
    return render(request, "account/email_change.html", {"form": form})


@public
class EmailCodeView(ConfirmEmailVerificationCodeView):
    """The code sent to an address not verified yet: a new one, or the one of a first sign-in by password."""

    form_class = EmailCodeForm
    template_name = "account/confirm_email_verification_code.html"

    def _verify_form_valid(self, form):
        try:
            with transaction.atomic():
                return super()._verify_form_valid(form)
        except IntegrityError:  # somebody else has proven it since the code was sent
            messages.error(self.request, get_adapter().error_messages["email_taken"])
            return redirect("accounts:profile")


@rate_limit(action="manage_email")
def pix_address(request):
    """Nothing to prove for the sign-in address, proven already; any other is confirmed by a code."""
    person = request.user
    require(can_manage_account(person, person))
    shared = is_generic_mailbox(person.email or "")
    form = PixAddressForm(request.POST or None, initial={"email": "" if shared else person.email})
    if form.is_valid():
        email = form.cleaned_data["email"]
        actions.ask_code_at(request, "pix", email)
        return redirect("accounts:pix_code")
    return render(request, "accounts/pix_address.html", {"form": form, "is_shared": shared})
