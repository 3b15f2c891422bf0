"""Names as they are compared and searched: without case, accents or punctuation, in a column kept beside them."""

import logging
import unicodedata

from django.db import ProgrammingError, migrations, models, transaction

KEY_LENGTH = 330
MOST_WORDS = 6


def match_key(*names) -> str:
    """Names as they are compared: without case, accents, punctuation or repeated spaces."""
    text = unicodedata.normalize("NFKD", " ".join(names)).casefold()
    letters = (char if char.isalnum() else " " for char in text if not unicodedata.combining(char))
    return " ".join("".join(letters).split())[:KEY_LENGTH]


def words_of(text: str) -> list[str]:
    """What is asked of a list, as it is compared with a key; « Le Goff-Éven » is three words."""
    return match_key(text).split()[:MOST_WORDS]


class KeyField(models.CharField):
    """The key of the fields `sources` of the same row, written whenever they are, one row or many."""

    def __init__(self, *args, sources=(), **options):
        self.sources = tuple(sources)
        super().__init__(*args, **{"max_length": KEY_LENGTH, "blank": True, "default": "", "editable": False} | options)

    def deconstruct(self):
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"sources": self.sources}

    def pre_save(self, row, add):
        key = match_key(*(getattr(row, name) for name in self.sources))
        setattr(row, self.attname, key)
        return key

    def along(self, update_fields):
        """What to save when some fields are: this one too, when it is made of them."""
        if update_fields is None or not set(self.sources) & set(update_fields):
            return update_fields
        return {*update_fields, self.name}


def fill_keys(app, model, name) -> migrations.RunPython:
    """In a migration: the key of the rows that are there already."""

    def fill(apps, schema_editor):
        found = apps.get_model(app, model)
        field = found._meta.get_field(name)
        rows = found.objects.order_by("pk").only("pk", *field.sources)
        batch = []
        for row in rows.iterator(chunk_size=500):
            field.pre_save(row, False)
            batch.append(row)
            if len(batch) == 500:
                found.objects.bulk_update(batch, [name])
                batch = []
        found.objects.bulk_update(batch, [name])

    return migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)


def index_parts_of(table, column) -> migrations.RunPython:
    """In a migration: PostgreSQL then finds the rows that hold a few letters without reading the others.

    Whoever hosts the database may refuse the extension: searches then read every key, and say the same.
    """
    name = f"{table}_{column}_parts"

    def add(apps, schema_editor):
        if schema_editor.connection.vendor != "postgresql":
            return
        try:
            with transaction.atomic(using=schema_editor.connection.alias):
                schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
                schema_editor.execute(f"CREATE INDEX {name} ON {table} USING gin ({column} gin_trgm_ops)")
        except ProgrammingError as refused:
            logging.getLogger(__name__).warning("no index of parts on %s.%s: %s", table, column, refused)

    def remove(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")

    return migrations.RunPython(add, remove)
