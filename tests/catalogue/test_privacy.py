import json

import pytest

from lms.kernel.privacy import export_person
from tests.accounts.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_somebody_who_writes_pages_finds_them_in_their_own_data(catalogue):
    trainer = PersonFactory(staff=True)
    parcours, _ = catalogue
    parcours.save_revision(user=trainer, log_action=True).publish(user=trainer)
    exported = export_person(trainer)
    assert [line["page"] for line in exported["versions des pages"]["données"]] == ["Un essai"]
    assert "wagtail.publish" in json.dumps(exported["historique des pages"]["données"])
