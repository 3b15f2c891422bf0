"""What each file of Aidants Connect lets us conclude, and what it does not say."""

import pytest

from certification.habilitation.actions.handing import hand_over
from certification.habilitation.lifecycle import FileKind, FileState, Outcome, Step
from certification.habilitation.models import ExternalId, Fact, Habilitation
from tests.accounts.factories import PersonFactory
from tests.certification.habilitation.factories import HabilitationFactory
from tests.certification.habilitation.stock import csv_of, received, recorded
from tests.organisations.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
BY_STRUCTURE = (
    *("ID", "Prénom", "Nom", "email", "data_pass_id", "Nom Organisation", "siret", "address", "ville", "Code postal"),
    *("Type ID", "Nom Type", "Data pass Id Orga Responsable"),
)


def of_structure(code, first_name, last_name, email):
    told = (
        code,
        first_name,
        last_name,
        email,
        "35010001",
        "CCAS de Rennes",
        "",
        "1 rue",
        "Rennes",
        "35000",
        "2",
        "",
        "",
    )
    return dict(zip(BY_STRUCTURE, told, strict=True))


def test_a_list_of_people_by_structure_makes_them_known_and_nobody_habilitated():
    """It holds requests after accounts, whatever their state, and numbers each apart: 4012 is there twice."""
    lines = [
        of_structure("4012", "Anne", "Roux", "anne@r.example"),
        of_structure("4012", "Anne", "Blin", "b@r.example"),
    ]
    content = csv_of(BY_STRUCTURE, lines)
    assert recorded(content, "A8").counts == {Outcome.NEW: 2}
    assert set(Habilitation.objects.values_list("person__email", "step")) == {
        ("anne@r.example", Step.INVITED),
        ("b@r.example", Step.INVITED),
    }
    assert not Fact.objects.exists()
    assert not ExternalId.objects.exists()
    assert recorded(content, "A8", name="bis.csv").counts == {Outcome.SAME: 2}


@pytest.mark.parametrize("handed", ["A1", "A2"])
def test_a_file_handed_to_aidants_connect_teaches_nothing_when_it_comes_back(handed):
    HabilitationFactory(organisation__data_pass_id="35010001", facts=["training"])
    by = PersonFactory(is_superuser=True)
    content = hand_over(handed, form="csv", by=by, organisation=OrganisationFactory()).content
    for kind in set(FileKind.values) - {FileKind.PIX_JSON}:
        found = received(content, kind, name=f"{handed}.csv")
        assert found.state == FileState.UNREADABLE
        assert "ce site remet à Aidants Connect" in found.warnings[0]
