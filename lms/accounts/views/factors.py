"""The second factor: proving it, setting it up, losing it."""

from functools import wraps

from allauth.account.internal.decorators import login_not_required
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.base import views as stock
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core import signing
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from lms.accounts import actions
from lms.accounts.forms import FactorResetForm
from lms.accounts.lifecycle import FACTOR_RESET
from lms.accounts.models import FactorReset, Person
from lms.accounts.permissions import can_ask_factor_reset, can_manage_account
from lms.accounts.second_factor import Level, factors_of, is_enough, is_fresh, level_of
from lms.kernel import rules
from lms.kernel.access import public, refusals_as_messages, require

RESET_NOTED = (
    "Votre demande est enregistrée. Si cette adresse est celle d’un compte, la personne vient d’être prévenue et un "
    "administrateur décidera après le délai prévu."
)


def freshly(view):
    """Ask people to prove again who they are before they touch their account, unless they have just done it."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if request.user.is_authenticated and not is_fresh(request):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return checked


@public
@login_not_required
class AuthenticateView(stock.AuthenticateView):
    def get_context_data(self, **kwargs):
        kinds = set(factors_of(self.stage.login.user).values_list("type", flat=True))
        return super().get_context_data(**kwargs) | {
            "has_passkey": Authenticator.Type.WEBAUTHN in kinds,
            "has_code": kinds != {Authenticator.Type.WEBAUTHN},
        }


def factors(request):
    person = request.user
    require(can_manage_account(person, person))
    level = level_of(person)
    rows = list(factors_of(person))
    printed = next((row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES), None)
    context = {
        "rows": rows,
        "application": next((row for row in rows if row.type == Authenticator.Type.TOTP), None),
        "passkeys": [row for row in rows if row.type == Authenticator.Type.WEBAUTHN],
        "printed": printed,
        "codes_left": len(printed.wrap().get_unused_codes()) if printed else 0,
        "required": level > Level.NONE,
        "each_time": level == Level.ALWAYS,
        "is_enough": is_enough(request),
        "next": request.GET.get("next", ""),
    }
    return render(request, "mfa/index.html", context)


@never_cache
@freshly
def remove_factor(request, pk):
    person = request.user
    require(can_manage_account(person, person))
    factor = get_object_or_404(factors_of(person), pk=pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.remove_factor(factor, by=person)
            messages.success(request, "Ce second facteur est retiré.")
        return redirect("mfa_index")
    return render(request, "accounts/remove_factor.html", {"factor": factor})


def remove_application(request):
    require(can_manage_account(request.user, request.user))
    factor = get_object_or_404(factors_of(request.user), type=Authenticator.Type.TOTP)
    return redirect("accounts:remove_factor", pk=factor.pk)


@public
def lost_factor(request):
    return render(request, "accounts/lost_factor.html", {"hours": rules.current("accounts.factor_reset_hours")})


def ask_factor_reset(request):
    require(can_ask_factor_reset(request.user))
    form = FactorResetForm(request.POST or None)
    if form.is_valid():
        person = Person.objects.known().with_email(form.cleaned_data["email"]).first()
        if person is None or person == request.user or not factors_of(person).exists():
            messages.success(request, RESET_NOTED)
        else:
            with refusals_as_messages(request):
                actions.ask_factor_reset(person, by=request.user, reason=form.cleaned_data["reason"])
                messages.success(request, RESET_NOTED)
        return redirect("accounts:security")
    hours = rules.current("accounts.factor_reset_hours")
    return render(request, "accounts/ask_factor_reset.html", {"form": form, "hours": hours})


@public
@never_cache
def stop_factor_reset(request, token):
    """The link of the notice: whoever reads the person's mailbox may stop the request, factor or not."""
    try:
        pk = signing.loads(token, salt=actions.RESET_SALT)
    except signing.BadSignature:
        pk = None
    reset = get_object_or_404(FactorReset.objects.for_list(), pk=pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.stop_factor_reset(reset, by=reset.person)
            messages.success(request, "La demande est arrêtée : votre second facteur ne change pas.")
        return redirect("accounts:lost_factor")
    refusals = FACTOR_RESET.refusals(reset, "stop_factor_reset")
    return render(request, "accounts/stop_factor_reset.html", {"reset": reset, "refusals": refusals})
