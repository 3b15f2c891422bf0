from django.core.management.base import BaseCommand, CommandError

from lms.kernel.models.paper import AlteredFile, Paper


class Command(BaseCommand):
    help = "Prouve que chaque document délivré est gardé octet pour octet ; sinon, les nomme et sort en erreur."

    def handle(self, *args, **options):
        count, altered = 0, []
        for paper in Paper.objects.issued().for_list().order_by("pk").iterator():
            count += 1
            try:
                paper.read()
            except AlteredFile:
                altered.append(paper.number)
        if altered:
            raise CommandError(f"{len(altered)} document(s) sur {count} altéré(s) ou absent(s) : {', '.join(altered)}")
        self.stdout.write(f"{count} document(s) délivré(s), tous intacts.")
