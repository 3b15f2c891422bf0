"""One-time codes sent by e-mail. allauth carries them; what it lacks is the sign-up and the other addresses."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.conf import settings

from .mails import send


class SignUpCode(LoginCodeVerificationProcess):
    """The code of someone signing up. It is sent whether or not the address has an account, so that nothing tells."""

    def send_by_email(self, email, skip_enumeration_mails=False):
        get_adapter().send_mail("account/email/login_code", email, {"code": self.generate_code()})
        self.add_sent_message({"email": email, "recipient": email})

    @property
    def names(self):
        return self.state.get("names")


def ask_sign_up_code(request, *, email, person, first_name, last_name):
    """Nothing is written before the code comes back: an address mistyped leaves no account behind."""
    login = Login(user=person, email=email, signup=True)
    login.state["stages"] = {"current": LoginByCodeStage.key}
    stage = LoginByCodeStage(LoginStageController(request, login), request, login)
    stage.state.update(SignUpCode.initial_state(user=person, email=email))
    stage.state["initiated_by_user"] = True
    stage.state["names"] = {"first_name": first_name, "last_name": last_name}
    process = SignUpCode(stage)
    process.send()
    process.persist()
    return process


class AddressCode(AbstractCodeVerificationProcess):
    """A code that proves that the person signed in reads a given address; one purpose, one session key."""

    def __init__(self, request, purpose, state):
        super().__init__(
            user=request.user,
            max_attempts=settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS,
            timeout=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT,
            state=state,
        )
        self.request, self.key = request, f"accounts.code.{purpose}"

    @classmethod
    def resume(cls, request, purpose):
        """The code in waiting, expired or not: `is_valid()` tells. None when none was asked."""
        process = cls(request, purpose, {})
        process.state = request.session.get(process.key, {})
        return process if process.state else None

    @property
    def email(self):
        return self.state["email"]

    def send(self):
        self.state["code"] = get_adapter().generate_login_code()
        send("account/email/address_code", self.email, code=self.code)

    def persist(self):
        self.request.session[self.key] = self.state

    def abort(self):
        self.request.session.pop(self.key, None)


def ask_code_at(request, purpose, email):
    process = AddressCode(request, purpose, AddressCode.initial_state(user=request.user, email=email))
    process.send()
    process.persist()
    return process
