from pathlib import Path

import yaml
from django.core.management.base import BaseCommand

from parcours.quality import actions

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    help = "Charge le référentiel qualité et les questionnaires d’appréciation qui ne sont pas encore connus."

    def handle(self, *args, **options):
        created = actions.load_referentials(read("referentiels")) + actions.load_questionnaires(read("questionnaires"))
        for one in created:
            self.stdout.write(f"{one._meta.verbose_name} : « {one} », à partir du {one.valid_from:%d/%m/%Y}")


def read(name):
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
