from lms.kernel.sensitive import has_social_security
from lms.site.forms import Form

NUMBER = "Ce texte contient un numéro de sécurité sociale : retirez-le, il n’a pas sa place ici."


class WrittenForm(Form):
    """What people write freely bears no social security number."""

    def clean(self):
        cleaned = super().clean()
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and has_social_security(value):
                self.add_error(name, NUMBER)
        return cleaned
