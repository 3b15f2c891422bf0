import pytest

from tests.certification.funding import factories as made
from tests.permissions.matrix import signed_in


@pytest.fixture
def opco(db):
    return made.an_opco()


@pytest.fixture
def officer(opco):
    return made.officer_of(opco)


@pytest.fixture
def desk(officer):
    return signed_in(officer)
