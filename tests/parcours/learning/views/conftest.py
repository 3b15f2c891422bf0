import pytest

from tests.parcours.learning.factories import EnrolmentFactory


@pytest.fixture
def enrolment(client):
    enrolment = EnrolmentFactory()
    client.force_login(enrolment.person)
    return enrolment
