"""The database itself refuses to change what was frozen, whoever asks. Who holds a paper may change: people merge.

A migration that rebuilds the table on SQLite drops the trigger with the old one: call `guard` again after it.
"""

from django.db import migrations

ALWAYS = ("kind", "number", "year", "sequence", "token", "key", "content", "zone", "issued_at")
ONCE_SEALED = ("sha256", "size", "certificate", "sealed_at", "twin_html")
ONCE_REVOKED = ("state", "revoked_at", "revocation_reason")
REFUSAL = "A paper is never changed once issued."


def changed(columns, differs):
    return " OR ".join(f'OLD."{column}" {differs} NEW."{column}"' for column in columns)


def condition(differs):
    return (
        f"({changed(ALWAYS, differs)})"
        f" OR (OLD.state <> 'reserved' AND (NEW.state = 'reserved' OR {changed(ONCE_SEALED, differs)}))"
        f" OR (OLD.state = 'revoked' AND ({changed(ONCE_REVOKED, differs)}))"
    )


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION kernel_paper_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation'; END $$"
        )
        schema_editor.execute(
            "CREATE TRIGGER kernel_paper_frozen BEFORE UPDATE ON kernel_paper FOR EACH ROW "
            f"WHEN ({condition('IS DISTINCT FROM')}) EXECUTE FUNCTION kernel_paper_frozen()"
        )
    else:
        schema_editor.execute(
            "CREATE TRIGGER kernel_paper_frozen BEFORE UPDATE ON kernel_paper "
            f"WHEN {condition('IS NOT')} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER kernel_paper_frozen ON kernel_paper")
        schema_editor.execute("DROP FUNCTION kernel_paper_frozen()")
    else:
        schema_editor.execute("DROP TRIGGER kernel_paper_frozen")


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_paper")]

    operations = [migrations.RunPython(guard, unguard)]
