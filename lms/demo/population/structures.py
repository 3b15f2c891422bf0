"""Fictional structures: the first eighteen give each region one, the others follow the départements at random."""

from django.utils import timezone

from lms.demo.population.draw import data, identity, lot, plain, siret, town
from lms.organisations.engine.identifiers import opaque_digits
from lms.organisations.models import Departement, Kind, Organisation, StructureType
from lms.organisations.models.organisation import match_key

FIRST_RANK = 1000  # below: institutions and personas


class Country:
    """The reference data, read once."""

    def __init__(self):
        self.departements = list(Departement.objects.select_related("region").order_by("code"))
        self.one_per_region = list({one.region_id: one for one in self.departements}.values())
        self.types = {one.aidants_connect_id: one for one in StructureType.objects.all()}


def drawn_structure(country, seed, rank) -> Organisation:
    draw = lot(seed, "structure", rank)
    first = country.one_per_region
    departement = first[rank] if rank < len(first) else draw.choice(country.departements)
    natures = data("structures")["natures"]
    nature = draw.choices(natures, [one["poids"] for one in natures])[0]
    place = town(draw, departement)
    name = nature["nom"].format(commune=place.name)
    return Organisation(
        public_id=identity(seed, "structure", rank),
        kind=Kind.STRUCTURE,
        name=name,
        match_key=match_key(name),
        siret=siret(FIRST_RANK + rank),
        structure_type=country.types.get(nature["type"]),
        structure_type_details=nature.get("precision", ""),
        france_services=nature.get("label", False),
        france_services_number=f"FS-{rank:05d}" if nature.get("label") else "",
        legal_category=nature["categorie"],
        address=f"{draw.randint(1, 90)} {draw.choice(('rue', 'avenue', 'place', 'chemin'))} de l’Exemple",
        postcode=place.postcode,
        city=place.name,
        departement=departement,
        data_pass_id=datapass(draw, place),
        email=f"accueil@{nature['domaine']}-{plain(place.name)}-{rank}.example",
        fictional=True,
        confirmed_at=None if draw.random() < 0.06 else timezone.now(),
    )


def datapass(draw, place) -> str | None:
    """First three characters of the postcode, then a counter, as Aidants Connect numbers its requests."""
    number = opaque_digits(f"{place.postcode[:3]}{draw.randrange(10**7):07d}")
    return number if draw.random() < 0.7 else None


def staff_of(seed, rank) -> list[tuple[str, str]]:
    """Between one and six colleagues, first and last names; no two share a last name, hence an address."""
    draw = lot(seed, "staff", rank)
    size = draw.choices(range(1, 7), (18, 24, 24, 16, 10, 8))[0]
    names = data("noms")
    return list(zip(draw.choices(names["prenoms"], k=size), draw.sample(names["noms"], size), strict=True))
