import pytest
from django.urls import reverse

from tests.accounts.factories import PersonFactory
from tests.parcours.learning.factories import EnrolmentFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


def test_enrolments_are_read_and_never_written():
    enrolment = EnrolmentFactory(started=True)
    staff = signed_in(PersonFactory(staff=True))
    listed = staff.get(reverse("admin:learning_enrolment_changelist"))
    assert "40\u00a0% (1 étapes sur 3)" in listed.content.decode()
    shown = staff.get(reverse("admin:learning_enrolment_change", args=[enrolment.pk]))
    assert shown.status_code == 200
    assert 'name="_save"' not in shown.content.decode()
    assert staff.get(reverse("admin:learning_enrolment_add")).status_code == 403
    assert staff.post(reverse("admin:learning_enrolment_delete", args=[enrolment.pk])).status_code == 403
