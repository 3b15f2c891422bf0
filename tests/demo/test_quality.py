import pytest
from django.core.management import call_command

from lms.demo.population.draw import data
from lms.kernel.sensitive import has_social_security
from parcours.quality.lifecycle import ComplaintState
from parcours.quality.models import (
    Appreciation,
    AuditAccess,
    Complaint,
    Improvement,
    Referential,
    TrainerDocument,
    Watch,
)
from tests.catalogue.factories import EditionFactory


@pytest.mark.django_db
def test_two_complaints_registers_and_files_are_kept_and_a_second_run_adds_nothing():
    EditionFactory(parcours__live=True, parcours__organisation=None)
    for _ in range(2):
        call_command("load_demo", "--people", "40", verbosity=0)
    told = data("qualite")
    assert set(Complaint.objects.values_list("state", flat=True)) == {ComplaintState.WAITING, ComplaintState.CLOSED}
    assert Complaint.objects.count() == len(told["reclamations"])
    assert Watch.objects.count() == len(told["veille"])
    assert Improvement.objects.filter(complaint__isnull=False, state=Improvement.State.MEASURED).exists()
    assert TrainerDocument.objects.count() % len(told["pieces"]) == 0
    assert set(AuditAccess.objects.values_list("name", flat=True)) <= {one["auditeur"] for one in told["audits"]}
    assert (
        AuditAccess.objects.count()
        == AuditAccess.objects.filter(sessions__half_days__sheet__isnull=False).distinct().count()
    )
    assert Referential.objects.count() == 1
    assert Appreciation.objects.count() == Appreciation.objects.filter(session__ends_at__isnull=False).count()


def test_nothing_told_holds_a_social_security_number():
    assert not has_social_security(str(data("qualite")))
