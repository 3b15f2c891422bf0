"""The way in: one address, one code; a password or a sign-up for those who need them."""

import time

from allauth.account import views as stock
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY, clear_login
from allauth.account.mixins import NextRedirectMixin, RedirectAuthenticatedUserMixin
from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import FormView

from lms.accounts import actions
from lms.accounts.forms import CodeForm, PasswordSignInForm, SignInForm, SignUpForm
from lms.kernel.access import public

EXPIRED = (
    "Ce code a plus de 15 minutes : il n’est plus valable. Saisissez de nouveau votre adresse pour en recevoir un."
)
THREE_FAULTS = "Trois codes erronés : pour votre sécurité, recommencez avec votre adresse. Un nouveau code sera envoyé."
RESENT = "Un nouveau code vient d’être demandé. Seul le dernier code reçu est valable."


@public
@method_decorator(rate_limit(action="login"), name="dispatch")
class SignInView(stock.RequestLoginCodeView):
    form_class = SignInForm
    template_name = "account/login.html"


@public
class PasswordSignInView(stock.LoginView):
    form_class = PasswordSignInForm
    template_name = "accounts/password_sign_in.html"


@public
@method_decorator(rate_limit(action="signup"), name="dispatch")
class SignUpView(RedirectAuthenticatedUserMixin, NextRedirectMixin, FormView):
    form_class = SignUpForm
    template_name = "account/signup.html"

    def _redirect_to_pending_stage(self, request, stage):
        """Someone told by e-mail that no account has their address comes here while a sign-in is still waiting."""
        clear_login(request)

    def get_initial(self):
        return {"email": self.request.GET.get("email", "")}

    def form_valid(self, form):
        names = {key: form.cleaned_data[key] for key in ("first_name", "last_name", "email")}
        actions.ask_sign_up_code(self.request, person=form.person, **names)
        return HttpResponseRedirect(self.passthrough_next_url(reverse("account_confirm_login_code")))


@public
class CodeView(stock.ConfirmLoginCodeView):
    form_class = CodeForm
    template_name = "account/confirm_login_code.html"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated and code_has_expired(request):
            clear_login(request)
            messages.warning(request, EXPIRED)
            return HttpResponseRedirect(self.passthrough_next_url(reverse("account_login")))
        return super().dispatch(request, *args, **kwargs)

    def _verify_form_valid(self, form):
        names, email = actions.SignUpCode(self.stage).names, self._process.state["email"]
        if names and not self._process.user:
            self._process._user = actions.open_account(email=email, **names)
        actions.know_address(self._process.user, email)
        return super()._verify_form_valid(form)

    def _resend_form_valid(self, form):
        if actions.SignUpCode(self.stage).names:
            self._process = actions.SignUpCode(self.stage)
        messages.info(self.request, RESENT)
        return super()._resend_form_valid(form)

    def form_invalid(self, form):
        if self._process.record_invalid_attempt():
            return self.render_to_response(self.get_context_data(form=form))
        messages.error(self.request, THREE_FAULTS)
        return HttpResponseRedirect(self.passthrough_next_url(reverse("account_login")))


def code_has_expired(request) -> bool:
    """Read from the session itself: allauth forgets an expired code without a word."""
    stages = request.session.get(LOGIN_SESSION_KEY, {}).get("state", {}).get("stages", {})
    asked_at = stages.get("login_by_code", {}).get("data", {}).get("at")
    return asked_at is not None and time.time() - asked_at > settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
