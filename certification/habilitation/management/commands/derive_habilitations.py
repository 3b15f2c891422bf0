from django.core.management.base import BaseCommand

from certification.habilitation import actions


class Command(BaseCommand):
    help = "Tire les faits des sessions déjà suivies ici ; une seconde exécution n’ajoute rien."

    def handle(self, *args, **options):
        moved = actions.catch_up()
        self.stdout.write(f"faits : {moved} ajout{'s' if moved > 1 else ''} ou retrait{'s' if moved > 1 else ''}")
