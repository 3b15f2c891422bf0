"""Some life in an installation, and what is found there: python -m tests.operations.life make|look"""

import json
import os
import sys

import django


def make():
    from django.core.files.base import ContentFile
    from django.core.files.storage import storages

    from lms.kernel import journal, papers
    from tests.accounts.factories import PersonFactory

    people = [PersonFactory(last_name=name) for name in ("L’Hôpital", "Šťastný", "محمد")]
    for person in people:
        journal.record("tests.meet", person, by=people[0], personal={"first_name": person.first_name})
    kind = papers.register(papers.PaperKind("essai", "essai", "ESS", "", "", "", ""))
    paper = papers.reserve(kind, key="essai:1", person=people[0], organisation=None, content={"name": "L’Hôpital"})
    papers.seal(paper, papers.Rendition(b"%PDF-1.7 sealed", "<p>L’Hôpital</p>", "0" * 64))
    journal.seal_pending()
    storages["default"].save("images/mairie.png", ContentFile(b"\x89PNG mairie"))


def look():
    from django.db import connection

    from lms.accounts.models import Person
    from lms.kernel import journal
    from lms.kernel.models import Paper

    def rows(table):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
            return cursor.fetchone()[0]

    verdict = journal.verify()
    issued = Paper.objects.values_list("number", "sha256")
    found = {
        "names": sorted(Person.objects.values_list("last_name", flat=True)),
        "papers": [[number, sha256] for number, sha256 in issued],
        "journal": [verdict.count, verdict.head, verdict.fault],
        "rows": {table: rows(table) for table in connection.introspection.table_names()},
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.config.settings")
    django.setup()
    {"make": make, "look": look}[sys.argv[1]]()
