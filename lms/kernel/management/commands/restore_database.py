import contextlib
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    help = "Remet dans une base vide ce que dump_database a copié."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="le fichier écrit par dump_database")
        parser.add_argument("--replace", action="store_true", help="effacer d’abord ce que la base contient")

    def handle(self, *args, file, replace, **options):
        if not file.is_file():
            raise CommandError(f"{file} n’existe pas.")
        if connection.introspection.table_names() and not replace:
            raise CommandError("La base n’est pas vide : rien n’a été touché. Donnez une base neuve.")
        if connection.vendor == "sqlite":
            self._restore_sqlite(file)
        else:
            self._restore_postgresql(file)

    def _restore_sqlite(self, file):
        if not _is_sound(file):
            raise CommandError(f"{file} n’est pas une base SQLite entière : rien n’a changé.")
        name = connection.settings_dict["NAME"]
        connection.close()
        for leftover in (f"{name}-wal", f"{name}-shm"):
            Path(leftover).unlink(missing_ok=True)
        shutil.copyfile(file, f"{name}.part")
        os.replace(f"{name}.part", name)

    def _restore_postgresql(self, file):
        """In one transaction: either all of it is there afterwards, or the base is as it was."""
        psql, secrets = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
        connection.close()
        emptied = ["--command=DROP SCHEMA IF EXISTS public CASCADE", "--command=CREATE SCHEMA public"]
        options = ["--single-transaction", "--set=ON_ERROR_STOP=1", "--quiet", "--no-psqlrc", "--output=/dev/null"]
        writing = [psql[0], *options, *emptied, "--file=-", *psql[1:]]
        reading = ["pg_restore", "--no-owner", "--no-privileges", "--file=-", str(file)]
        with (
            subprocess.Popen(reading, stdout=subprocess.PIPE) as reader,
            subprocess.Popen(writing, stdin=subprocess.PIPE, env=os.environ | (secrets or {})) as writer,
        ):
            with contextlib.suppress(BrokenPipeError):
                shutil.copyfileobj(reader.stdout, writer.stdin)
            if reader.wait():
                writer.kill()  # before its input ends: what was not committed is undone
        if reader.returncode or writer.returncode:
            raise CommandError("La base n’a pas pu être remise : la raison est écrite au-dessus, rien n’a changé.")


def _is_sound(file) -> bool:
    try:
        with contextlib.closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            return copy.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    except sqlite3.DatabaseError:
        return False
