"""An installation of its own: data folder, database and settings file, driven from outside as an operator does."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

ROOT = Path(settings.BASE_DIR)


class Installation:
    def __init__(self, folder: Path):
        self.folder = folder
        self.data = folder / "data"
        self.backups = folder / "backups"
        self.data.mkdir()
        self.database = f"operations_{os.getpid()}_{folder.name}".replace("-", "_")
        self.settings = {
            "DATA_DIR": str(self.data),
            "DATABASE_URL": self._database_url(),
            "BACKUP_DIR": str(self.backups),
            "SECRET_KEY": "k3y-of-the-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH",
            "ALLOWED_HOSTS": "parcours.exemple.fr",
            "BASE_URL": "https://parcours.exemple.fr",
            "DEFAULT_FROM_EMAIL": "Parcours <ne-pas-repondre@exemple.fr>",
            "EMAIL_URL": "smtp://localhost:25",
            "PAPER_SIGNING_KEY": str(folder / "papers.p12"),
            "PAPER_SIGNING_PASSPHRASE": "a phrase of the tests",
        }
        self.env_file = folder / "env"
        self.env_file.write_text("".join(f"{name}='{value}'\n" for name, value in self.settings.items()))

    def _database_url(self):
        if connection.vendor == "sqlite":
            return f"sqlite:///{self.data / 'db.sqlite3'}"
        return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{self.database}"))

    def create_database(self):
        self._on_the_server(f"CREATE DATABASE {self.database}")

    def drop_database(self):
        self._on_the_server(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")

    def _on_the_server(self, statement):
        if connection.vendor != "sqlite":
            self._run(["psql", "--quiet", f"--command={statement}", os.environ["DATABASE_URL"]], ROOT)

    def script(self, name, *args, root=ROOT):
        return self._run([f"scripts/{name}", *map(str, args)], root)

    def python(self, *args):
        return self._run([sys.executable, *map(str, args)], ROOT, self.settings)

    def _run(self, command, root, more=()):
        """What was said, on success; fails with it otherwise, so that a test reads the refusal it expects."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        env = kept | {"ENV_FILE": str(self.env_file)} | dict(more)
        done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, timeout=300)
        if done.returncode:
            raise Refused(done.stdout + done.stderr)
        return done.stdout.strip()


class Refused(Exception):
    pass
