from django.core.management.base import BaseCommand, CommandError

from parcours.learning.actions import differences, rebuild
from parcours.learning.models import Enrolment


class Command(BaseCommand):
    help = "Refait la progression de chaque inscription à partir de ses traces et dit ce qui différait."

    def add_arguments(self, parser):
        parser.add_argument("--enrolment", type=int, action="append", help="seulement cette inscription (répétable)")

    def handle(self, *args, enrolment=None, **options):
        chosen = Enrolment.objects.order_by("pk")
        if enrolment:
            chosen = chosen.filter(pk__in=enrolment)
        seen = wrong = 0
        for one in chosen.for_audit().iterator(chunk_size=200):
            seen += 1
            if differences(one) and (found := rebuild(one)):
                wrong += 1
                self.stderr.write(f"inscription {one.pk} : {', '.join(found)}")
        if wrong:
            raise CommandError(f"{wrong} inscription(s) sur {seen} différaient de leurs traces : elles sont refaites.")
        self.stdout.write(f"{seen} inscription(s) relues : la progression est celle des traces.")
