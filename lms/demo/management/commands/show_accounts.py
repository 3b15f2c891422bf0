from django.conf import settings
from django.core.management.base import BaseCommand

from lms.demo.population import PERSONAS


class Command(BaseCommand):
    help = "Dit où se trouve la démonstration et quels comptes elle propose."

    def handle(self, *args, **options):
        self.stdout.write(f"\n{settings.SITE_NAME} : {settings.BASE_URL}/")
        self.stdout.write(f"Connexion en un clic : {settings.BASE_URL}/connexion/")
        self.stdout.write(f"Courriels envoyés : {settings.BASE_URL}/_courriels/\n")
        for persona in PERSONAS:
            self.stdout.write(f"  {persona.title:<24}{persona.full_name:<24}{persona.email}")
        self.stdout.write("")
