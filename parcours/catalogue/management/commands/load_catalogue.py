from pathlib import Path

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from parcours.catalogue import actions
from parcours.catalogue.models import Edition

NATIONAL = Path(__file__).resolve().parents[2] / "national"


class Command(BaseCommand):
    help = "Charge dans le CMS le catalogue national du dépôt ; ne remplace jamais une page modifiée dans le CMS."

    def add_arguments(self, parser):
        parser.add_argument("--folder", type=Path, default=NATIONAL, help="dossier à charger")
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui serait fait, sans rien écrire")

    def handle(self, *args, folder, dry_run, **options):
        for name in () if dry_run else sorted({"load_reference", "load_quality"} & set(get_commands())):
            call_command(name, stdout=self.stdout)
        try:
            report = actions.load_catalogue(read(folder), dry_run=dry_run)
        except actions.CatalogueRefused as refused:
            for fault in refused.faults:
                self.stderr.write(str(fault))
            count = len(refused.faults)
            raise CommandError(f"{count} faute{'s' if count > 1 else ''} : rien n’a été écrit.") from None
        self.tell(report, dry_run)

    def tell(self, report, dry_run):
        verb = {"create": "à créer" if dry_run else "créée", "update": "à mettre à jour" if dry_run else "mise à jour"}
        for change in report.moved("create", "update"):
            state = "" if change.publish else ", en brouillon : « [à vérifier] » ou un module en brouillon"
            self.stdout.write(f"{change.source} : page {verb[change.move]}{state}")
        if report.words:
            done = "à créer" if dry_run else "créés"
            self.stdout.write(f"métiers, thèmes et compétences : {len(report.words)} {done}")
        for name in report.media.created:
            self.stdout.write(f"media/{name} : {'à charger' if dry_run else 'chargé'}")
        for name in report.media.updated:
            self.stdout.write(f"media/{name} : {'à remplacer' if dry_run else 'remplacé'}")
        self.tell_waiting(report)
        self.tell_kept(report)
        for edition in Edition.objects.filter(pk__in=report.editions):
            count = edition.activities.count()
            self.stdout.write(f"{edition} : publiée, {count} étapes, {edition.minutes} min")
        if report.is_idle:
            self.stdout.write(f"Rien à faire : {len(report.moved('same'))} pages sont déjà à jour.")

    def tell_waiting(self, report):
        for source, names in report.waiting.items():
            self.stdout.write(f"{source} : reste en brouillon, à cause de {', '.join(names)}")
        for title, sentences in report.behind.items():
            self.stdout.write(f"« {title} » garde son édition : {' '.join(sentences)}")

    def tell_kept(self, report):
        for change in report.moved("edited"):
            self.stdout.write(f"{change.source} : page modifiée dans le CMS, laissée telle quelle. La différence :")
            self.stdout.write("\n".join(change.difference))
        for name in report.media.edited:
            self.stdout.write(f"media/{name} : fichier remplacé dans le CMS, laissé tel quel")
        for source in report.missing:
            self.stdout.write(f"{source} : ce fichier n’existe plus ; sa page reste dans le CMS")


def read(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        raise CommandError(f"Le dossier {folder} n’existe pas.")
    paths = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
