from django.core.management.base import BaseCommand

from parcours.catalogue import actions


class Command(BaseCommand):
    """In place of Wagtail's: one page that is refused keeps no other waiting, and whoever set its date is told."""

    help = "Publie et retire les pages dont la date est venue. L’horloge le fait déjà chaque heure."

    def handle(self, *args, **options):
        self.stdout.write(f"Pages publiées ou retirées : {actions.publish_due()}.")
