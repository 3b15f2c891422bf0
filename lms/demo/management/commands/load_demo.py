from django.core.management.base import BaseCommand

from lms.demo.population import populate


class Command(BaseCommand):
    help = "Ajoute une population fictive ; une seconde exécution n’ajoute rien."

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, default=400, help="nombre de personnes fictives (400)")
        parser.add_argument("--seed", type=int, default=1, help="même graine, mêmes personnes (1)")

    def handle(self, *args, people, seed, **options):
        for label, created in populate(people=people, seed=seed):
            self.stdout.write(f"{label} : {created} ajout{'s' if created > 1 else ''}")
