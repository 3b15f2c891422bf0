import pytest
from django.core.management import call_command

from tests.operations.installation import Installation


@pytest.fixture(scope="package")
def tables(tmp_path_factory, django_db_setup, django_db_blocker):
    """A copy of the tests' own database, taken outside any transaction."""
    copy = tmp_path_factory.mktemp("tables") / "copy"
    with django_db_blocker.unblock():
        call_command("dump_database", copy)
    return copy


@pytest.fixture(scope="module")
def empty_installation(tmp_path_factory, tables):
    """Makes installations whose database exists and is empty."""
    made = []

    def make(name):
        made.append(Installation(tmp_path_factory.mktemp(name)))
        made[-1].create_database()
        return made[-1]

    yield make
    for installation in made:
        installation.drop_database()


@pytest.fixture(scope="module")
def migrated_installation(empty_installation, tables):
    """Makes installations whose tables are those of the tests."""

    def make(name):
        installation = empty_installation(name)
        installation.python("manage.py", "restore_database", tables)
        return installation

    return make
