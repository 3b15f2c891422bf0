"""Some life in an installation, and what is found there: python -m tests.operations.life make|look"""

import json
import os
import sys

import django


def make():
    from django.core.files.base import ContentFile
    from django.core.files.storage import storages

    from lms.kernel import journal
    from tests.accounts.factories import PersonFactory

    people = [PersonFactory(last_name=name) for name in ("L’Hôpital", "Šťastný", "محمد")]
    for person in people:
        journal.record("tests.meet", person, by=people[0], personal={"first_name": person.first_name})
    journal.seal_pending()
    storages["default"].save("images/mairie.png", ContentFile(b"\x89PNG mairie"))
    storages["papers"].save("ab/abcdef.pdf", ContentFile(b"%PDF sealed"))


def look():
    from django.db import connection

    from lms.accounts.models import Person
    from lms.kernel import journal

    def rows(table):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
            return cursor.fetchone()[0]

    verdict = journal.verify()
    found = {
        "names": sorted(Person.objects.values_list("last_name", flat=True)),
        "journal": [verdict.count, verdict.head, verdict.fault],
        "rows": {table: rows(table) for table in connection.introspection.table_names()},
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.config.settings")
    django.setup()
    {"make": make, "look": look}[sys.argv[1]]()
