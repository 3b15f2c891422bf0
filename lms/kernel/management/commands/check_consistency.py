from django.core.management.base import BaseCommand, CommandError

from lms.kernel.consistency import CHECKS


class Command(BaseCommand):
    help = "Compare aux faits tout ce qui en est tiré : progression, attestations, indicateurs ; dit ce qui diffère."

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true", help="refait ce qui diffère à partir des faits")

    def handle(self, *args, repair=False, **options):
        faults = []
        for check in CHECKS.values():
            if count := self._said(check.compare(repair)):
                after = "c’est refait à partir des faits." if repair else check.advice
                faults.append(f"{count} {check.unit} ne concordent pas : {after}")
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write("Tout concorde.")

    def _said(self, sentences):
        count = 0
        for sentence in sentences:
            self.stderr.write(sentence)
            count += 1
        return count
