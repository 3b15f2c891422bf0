from django.core.management.base import BaseCommand, CommandError

from lms.kernel import journal


class Command(BaseCommand):
    help = "Prouve que le journal n’a pas été altéré ; sinon, nomme la première ligne fautive et sort en erreur."

    def handle(self, *args, **options):
        journal.seal_pending()
        verdict = journal.verify()
        if verdict.fault:
            raise CommandError(verdict.fault)
        self.stdout.write(f"Journal intact : {verdict.count} ligne(s). Empreinte de tête : {verdict.head or 'aucune'}")
