import factory

from lms.organisations.lifecycle import Kind, Role
from lms.organisations.models import Campagne, Departement, Membership, Organisation, Region, StructureType, Wave


def luhn_siret(rank: int) -> str:
    """A fictional SIRET that passes the check: SIREN and SIRET both carry their Luhn digit."""

    def with_check_digit(digits):
        total = sum(sum(divmod(int(d) * (2 if i % 2 == 0 else 1), 10)) for i, d in enumerate(reversed(digits)))
        return digits + str(-total % 10)

    return with_check_digit(with_check_digit(f"9{rank:07d}") + "0001")


class RegionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ["code"]

    code = "53"
    name = factory.LazyAttribute(lambda o: {"53": "Bretagne", "06": "Mayotte"}.get(o.code, f"Région {o.code}"))


class DepartementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Departement
        django_get_or_create = ["code"]

    code = "35"
    name = factory.LazyAttribute(
        lambda o: {"35": "Ille-et-Vilaine", "976": "Mayotte"}.get(o.code, f"Département {o.code}")
    )
    region = factory.SubFactory(RegionFactory)
    time_zone = "Europe/Paris"


class StructureTypeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StructureType

    label = factory.Sequence(lambda n: f"Type {n}")


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    class Params:
        training = factory.Trait(
            kind=Kind.TRAINING,
            nda="53351234535",
            assistance_contact="Inès Le Goff",
            signatory_name="Paul Kermarrec",
            signatory_role="directeur",
        )
        opco = factory.Trait(kind=Kind.OPCO)
        certifier = factory.Trait(kind=Kind.CERTIFIER)
        hub = factory.Trait(kind=Kind.HUB)
        anct = factory.Trait(kind=Kind.ANCT)
        unconfirmed = factory.Trait(confirmed_at=None)

    name = factory.Sequence(lambda n: f"Commune de Saint-Exemple {n}")
    siret = factory.Sequence(luhn_siret)
    address = "1 place de la Mairie"
    postcode = "35000"
    city = "Rennes"
    departement = factory.SubFactory(DepartementFactory)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership
        skip_postgeneration_save = True

    class Params:
        ended = factory.Trait(starts_on="2024-01-01", ends_on="2025-12-31")

    person = factory.SubFactory("tests.accounts.factories.PersonFactory")
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.LEARNER
    starts_on = "2026-01-01"


class CampagneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Campagne

    code = factory.Sequence(lambda n: f"campagne-{n}")
    name = factory.Sequence(lambda n: f"Campagne {n}")
    starts_on = "2026-09-01"
    ends_on = "2027-08-31"
    objective = 20_000


class WaveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Wave

    campagne = factory.SubFactory(CampagneFactory)
    number = factory.Sequence(lambda n: n + 1)
    label = "Première vague"
    starts_on = "2026-09-01"
    ends_on = "2026-12-31"
