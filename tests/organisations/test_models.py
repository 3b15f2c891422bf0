import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from lms.organisations.models import Organisation
from lms.organisations.models.organisation import match_key
from tests.organisations.factories import (
    DepartementFactory,
    MembershipFactory,
    OrganisationFactory,
    RegionFactory,
    StructureTypeFactory,
    WaveFactory,
)

pytestmark = pytest.mark.django_db


def test_several_structures_share_a_siret():
    first = OrganisationFactory(name="CCAS de Brest", antenne="Rive gauche", siret="73282932000074")
    second = OrganisationFactory(name="CCAS de Brest", antenne="Rive droite", siret="73282932000074")
    assert first.siret == second.siret
    assert str(first) == "CCAS de Brest – Rive gauche"


def test_the_same_siret_and_name_make_one_structure_whatever_the_case_and_accents():
    OrganisationFactory(name="Mairie de Saint-Éloi", siret="73282932000074")
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(name="MAIRIE  de saint eloi", siret="732 829 320 00074")


def test_structures_without_siret_may_bear_the_same_name():
    OrganisationFactory(name="Maison de quartier", siret="")
    OrganisationFactory(name="Maison de quartier", siret="")


@pytest.mark.parametrize("name", ["L’Œuvre d’Élancourt", "دار", "🏠", "É" * 200])
def test_any_name_can_be_compared(name):
    assert match_key(name) == match_key(name.upper().lower())
    assert OrganisationFactory(name=name).name == name


def test_two_datapass_numbers_that_differ_by_leading_zeros_are_one():
    OrganisationFactory(data_pass_id="01000123")
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(data_pass_id="1000123")
    assert OrganisationFactory(data_pass_id="").data_pass_id is None
    assert OrganisationFactory(data_pass_id=None).data_pass_id is None


def test_identifiers_are_stored_without_separators():
    organisation = OrganisationFactory(siret=" 732 829 320 00074 ", nda="94 2a 12345 2a", commune_code="2a004")
    organisation.refresh_from_db()
    assert (organisation.siret, organisation.nda, organisation.commune_code) == (
        "73282932000074",
        "942A123452A",
        "2A004",
    )


def test_the_form_says_what_is_wrong_with_a_siret():
    with pytest.raises(ValidationError) as refused:
        OrganisationFactory.build(siret="7328293200007", departement=DepartementFactory()).full_clean()
    assert refused.value.message_dict["siret"] == [
        "Le SIRET comporte 13 chiffres ; il en faut 14. Vous le trouverez sur votre avis de situation."
    ]


def test_the_departement_is_derived_from_the_commune_never_from_the_postcode():
    DepartementFactory(code="2B", name="Haute-Corse", region=RegionFactory(code="94"))
    organisation = OrganisationFactory(departement=None, postcode="20200", commune_code="2B033")
    assert organisation.departement_id == "2B"
    assert OrganisationFactory(departement=None, commune_code="98818").departement is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"france_services": True}, "france_services_number"),
        ({"france_services": False, "france_services_number": "12"}, "__all__"),
    ],
)
def test_the_france_services_number_goes_with_the_label(values, field):
    with pytest.raises(ValidationError) as refused:
        OrganisationFactory.build(departement=DepartementFactory(), **values).full_clean()
    assert field in refused.value.message_dict


def test_the_type_autre_asks_for_details():
    other = StructureTypeFactory(label="Autre", needs_details=True)
    with pytest.raises(ValidationError) as refused:
        OrganisationFactory.build(departement=DepartementFactory(), structure_type=other).full_clean()
    assert "structure_type_details" in refused.value.message_dict


@pytest.mark.parametrize(("category", "public"), [("7210", True), ("4110", True), ("9220", False), ("", False)])
def test_the_legal_category_tells_public_from_private(category, public):
    assert Organisation(legal_category=category).is_public_body is public


def test_a_membership_cannot_end_before_it_starts():
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(starts_on="2026-02-01", ends_on="2026-01-31")


def test_a_role_is_open_once_per_person_and_organisation():
    membership = MembershipFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(person=membership.person, organisation=membership.organisation)


def test_a_region_belongs_to_one_wave_of_a_campagne():
    wave, region = WaveFactory(), RegionFactory()
    wave.regions.add(region, through_defaults={"campagne": wave.campagne})
    with pytest.raises(IntegrityError), transaction.atomic():
        WaveFactory(campagne=wave.campagne).regions.add(region, through_defaults={"campagne": wave.campagne})
    other = WaveFactory()
    other.regions.add(region, through_defaults={"campagne": other.campagne})


@pytest.mark.parametrize(("code", "zone", "due"), [("35", "Europe/Paris", "27"), ("976", "Indian/Mayotte", "28")])
def test_an_answer_is_due_after_the_working_days_of_the_departement(code, zone, due):
    organisation = OrganisationFactory(departement=DepartementFactory(code=code, time_zone=zone))
    asked_at = datetime.datetime(2027, 4, 23, 12, tzinfo=datetime.UTC)  # a Friday; the 27th is a holiday in Mayotte
    assert organisation.time_zone == zone
    assert organisation.answer_due_at(asked_at, 2).isoformat()[8:16] == f"{due}T18:00"


def test_an_organisation_of_no_departement_keeps_the_hours_of_the_site():
    assert OrganisationFactory(departement=None).time_zone == "Europe/Paris"
