"""Two organisations at work in the CMS, each in its own library."""

import pytest
from django.core.management import call_command

from lms.accounts.models import Person
from lms.demo.population.libraries import WRITTEN, written_modules
from lms.kernel.models import OutgoingMail
from parcours.catalogue.models import LibraryPage, ModulePage
from parcours.catalogue.permissions import worked_pages
from tests.catalogue.situations import loaded
from tests.worlds import made_once

pytestmark = pytest.mark.django_db


def load():
    call_command("load_demo", "--people", "0", verbosity=0)


@made_once
def _at_work():
    loaded()
    load()


def stages():
    modules = ModulePage.objects.filter(reference=None)
    return {one.slug: (one.live, one.workflow_in_progress) for one in modules}


@pytest.mark.usefixtures("_at_work")
def test_a_published_a_submitted_and_a_draft_module_are_there_once():
    load()
    assert stages() == {
        "choisir-un-mot-de-passe": (True, False),
        "relire-un-message-suspect": (False, True),
        "regler-un-telephone-pour-mieux-voir": (False, False),
        "preparer-une-demarche": (False, True),
    }
    assert {module.id for module in written_modules()} == set(WRITTEN)


@pytest.mark.usefixtures("_at_work")
def test_each_persona_works_in_the_library_of_her_organisation():
    claire, maelle = (Person.objects.get(first_name=name) for name in ("Claire", "Maëlle"))
    assert set(worked_pages(claire).type(ModulePage).values_list("slug", flat=True)) == {"preparer-une-demarche"}
    assert worked_pages(maelle).type(ModulePage).count() == 3
    own = LibraryPage.objects.get(organisation__name__startswith="Institut")
    assert own.permissions_for_user(claire).can_publish_subpage()
    message = OutgoingMail.objects.get(subject__contains="attend votre relecture")
    assert message.to == "elodie.marchand@institut-mediation.example"


def test_without_catalogue_nothing_is_written_and_nothing_fails():
    load()
    assert not ModulePage.objects.exists()
