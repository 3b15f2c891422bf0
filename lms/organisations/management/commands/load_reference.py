from django.core.management.base import BaseCommand

from lms.organisations.actions import load_reference


class Command(BaseCommand):
    help = "Charge les régions, départements, types de structure et campagnes publiées ; ce qui existe est conservé."

    def handle(self, *args, **options):
        for label, created in load_reference().items():
            self.stdout.write(f"{label} : {created} ajout{'s' if created > 1 else ''}")
