"""An organisme and its desk, a buyer and its référent."""

import pytest

from tests.organisations.factories import OrganisationFactory
from tests.parcours.paperwork.factories import manager_of, organisme, referent_of
from tests.permissions.matrix import signed_in


@pytest.fixture
def organisation(db):
    return organisme(name="Institut de la médiation")


@pytest.fixture
def desk(organisation):
    return signed_in(manager_of(organisation))


@pytest.fixture
def buyer(db):
    return OrganisationFactory(name="Commune de Dol")


@pytest.fixture
def mairie(buyer):
    return signed_in(referent_of(buyer))
