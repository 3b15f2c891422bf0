from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse

from lms.accounts import actions
from lms.accounts.engine.addresses import normalise_email
from lms.accounts.permissions import is_generic_mailbox


class Command(BaseCommand):
    help = "Nomme le premier administrateur, ou un autre, et dit comment il entre."

    def add_arguments(self, parser):
        parser.add_argument("--email", required=True, help="adresse à son nom, qu’il peut lire")

    def handle(self, *args, email, **options):
        email = normalise_email(email)
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError("Cette adresse n’est pas complète : elle s’écrit « nom@domaine.fr ».") from error
        if is_generic_mailbox(email):
            raise CommandError("Cette adresse semble partagée : un administrateur a une adresse à son nom.")
        actions.make_administrator(email)
        url = f"{settings.BASE_URL}{reverse('account_login')}?next=/admin/"
        self.stdout.write(f"{email} est administrateur. Un message vient de lui être adressé.")
        self.stdout.write(f"Suite : ouvrir {url}, demander un code, puis choisir un second facteur.")
