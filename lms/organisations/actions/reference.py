from pathlib import Path

import yaml
from django.db import transaction

from lms.organisations.actions.campagnes import load_campagne
from lms.organisations.models import Departement, Region, StructureType

DATA = Path(__file__).parent.parent / "data"


def load_reference() -> dict[str, int]:
    """Load the territories, the structure types and the published campagnes; return how many rows were created.

    Territories follow INSEE at each load. Types and campagnes are edited by ANCT: what exists is left as it stands.
    """
    return {
        "régions et départements": _load_territories(_read("territoires")),
        "types de structure": _load_structure_types(_read("types_de_structure")),
        "campagnes": sum(load_campagne(entry) for entry in _read("campagnes")),
    }


def _read(name):
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


@transaction.atomic
def _load_territories(entries):
    created = 0
    for entry in entries:
        region, new = Region.objects.update_or_create(code=entry["code"], defaults={"name": entry["nom"]})
        created += new
        for code, name in entry["departements"].items():
            values = {"name": name, "region": region, "time_zone": entry.get("fuseau", "Europe/Paris")}
            created += Departement.objects.update_or_create(code=code, defaults=values)[1]
    return created


@transaction.atomic
def _load_structure_types(entries):
    known = set(StructureType.objects.values_list("aidants_connect_id", flat=True))
    new = [
        StructureType(
            aidants_connect_id=entry["id"],
            label=entry["libelle"],
            map_code=entry["carte"],
            needs_details=entry.get("a_preciser", False),
        )
        for entry in entries
        if entry["id"] not in known
    ]
    return len(StructureType.objects.bulk_create(new))
