"""The steps of a sign-in after the first proof: the second factor by risk, then the trust of a device."""

from allauth.mfa import stages
from allauth.mfa.internal.flows import trust

from lms.accounts.second_factor import Level, has_factor, level_of, record_trusted_device


class AuthenticateStage(stages.AuthenticateStage):
    """Asks for a factor where one exists. Who must have one and has none is sent to set it up by the middleware."""

    def _should_handle(self, request):
        person = self.login.user
        if person is None or not has_factor(person):
            return False
        if level_of(person) < Level.ALWAYS and trust.is_trusted_browser(request, person):
            record_trusted_device(request, person)
            return False
        return True


class TrustStage(stages.TrustStage):
    """Offers to remember the device for a month, except to those whose role asks for the factor each time."""

    def handle(self):
        if self.login.user is not None and level_of(self.login.user) == Level.ALWAYS:
            return None, True
        return super().handle()
