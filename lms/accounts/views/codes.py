"""Typing back a code that was sent to an address, for a purpose other than the sign-in itself."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.utils import get_next_redirect_url, passthrough_next_redirect_url
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from lms.accounts import actions
from lms.accounts.forms import CodeForm
from lms.accounts.permissions import can_manage_account
from lms.accounts.second_factor import record_code
from lms.kernel.access import require

EXPIRED = "Ce code a plus de 15 minutes : il n’est plus valable. Demandez-en un autre."
THREE_FAULTS = "Trois codes erronés : demandez un nouveau code."
TAKEN = "Cette adresse est déjà confirmée par une autre personne. Si c’est bien la vôtre, écrivez à l’assistance."


@method_decorator(never_cache, name="dispatch")
class AddressCodeView(FormView):
    """`purpose` names the code in the session; a GET only shows, a POST sends the code or takes it back."""

    form_class = CodeForm
    purpose = ""

    def dispatch(self, request, *args, **kwargs):
        require(can_manage_account(request.user, request.user))
        self.process = actions.AddressCode.resume(request, self.purpose)
        if self.process and not self.process.is_valid():
            self.give_up(EXPIRED)
        if refused := ratelimit.consume_or_429(request, action="reauthenticate", user=request.user):
            return refused
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        return super().post(request, *args, **kwargs) if self.process else self.again()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"code": self.process.code if self.process else ""}

    def form_valid(self, form):
        self.process.abort()
        return self.proven(self.process.email)

    def form_invalid(self, form):
        if self.process.record_invalid_attempt():
            return super().form_invalid(form)
        self.give_up(THREE_FAULTS)
        return self.again()

    def give_up(self, sentence):
        self.process.abort()
        self.process = None
        messages.warning(self.request, sentence)

    def again(self):
        return HttpResponseRedirect(passthrough_next_redirect_url(self.request, self.request.path, "next"))

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "email": self.process.email if self.process else self.request.user.email,
            "is_sent": self.process is not None,
            "next": get_next_redirect_url(self.request) or "",
        }


class ProveView(AddressCodeView):
    """For who has no second factor: the code goes to the sign-in address."""

    template_name = "accounts/prove.html"
    purpose = "proof"

    def dispatch(self, request, *args, **kwargs):
        ways = [way["url"] for way in get_adapter().get_reauthentication_methods(request.user)]
        if request.path not in ways:
            return HttpResponseRedirect(passthrough_next_redirect_url(request, ways[0], "next"))
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if "send" in request.POST:
            actions.ask_code_at(request, self.purpose, request.user.email)
            return self.again()
        return super().post(request, *args, **kwargs)

    def proven(self, email):
        record_code(self.request, self.request.user)
        return resume_request(self.request) or HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)


class PixCodeView(AddressCodeView):
    template_name = "accounts/pix_code.html"
    purpose = "pix"

    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs) if self.process else self.again()

    def again(self):
        return HttpResponseRedirect(reverse("accounts:pix_address"))

    def proven(self, email):
        try:
            actions.confirm_pix_address(self.request.user, email, by=self.request.user)
        except IntegrityError:
            messages.error(self.request, TAKEN)
            return self.again()
        messages.success(self.request, f"{email} est votre adresse pour Pix et Aidants Connect.")
        return HttpResponseRedirect(reverse("accounts:profile"))
