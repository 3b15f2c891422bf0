import pytest

from lms.organisations.lifecycle import Role
from tests.organisations.factories import MembershipFactory, OrganisationFactory


@pytest.fixture
def pilot():
    return MembershipFactory(organisation=OrganisationFactory(kind="anct"), role=Role.PILOT).person
