import os
import subprocess
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    help = "Copie la base de données, telle qu’elle est en cet instant, dans un fichier neuf."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="le fichier à écrire")

    def handle(self, *args, file, **options):
        if file.exists():
            raise CommandError(f"{file} existe déjà : donnez un autre nom.")
        file.touch(mode=0o600)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(file)])
        else:
            self._dump_postgresql(file)

    def _dump_postgresql(self, file):
        psql, secrets = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
        dump = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={file}", *psql[1:]]
        if subprocess.run(dump, env=os.environ | (secrets or {})).returncode:
            file.unlink()
            raise CommandError("pg_dump n’a pas pu copier la base : la raison est écrite au-dessus.")
