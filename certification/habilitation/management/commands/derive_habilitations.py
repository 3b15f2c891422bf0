from django.core.management.base import BaseCommand

from certification.habilitation import actions


class Command(BaseCommand):
    help = "Tire les faits des sessions suivies ici, note les départs ; une seconde exécution n’ajoute rien."

    def handle(self, *args, **options):
        moved = actions.catch_up()
        self.stdout.write(f"faits : {moved} ajout{'s' if moved > 1 else ''} ou retrait{'s' if moved > 1 else ''}")
        left = actions.catch_up_departures()
        self.stdout.write(f"départs : {left} sortie{'s' if left > 1 else ''}")
