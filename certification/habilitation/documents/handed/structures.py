"""M2: the structures where somebody is followed, as Mon inclusion numérique lists them."""

from django.db.models import Exists, OuterRef

from certification.habilitation.models import Habilitation
from lms.organisations.models import Organisation

COLUMNS = ("Nom", "Typologie", "Code postal", "Commune", "Adresse", "SIRET", "Labellisation / habilitation")


def structures_of(habilitations):
    """Those of these habilitations; with `has_aidants`: somebody is habilitated there."""
    reached = Habilitation.objects.reached().filter(organisation=OuterRef("pk"))
    found = Organisation.objects.filter(pk__in=habilitations.order_by().values("organisation"))
    return found.select_related("structure_type").annotate(has_aidants=Exists(reached)).order_by("pk")


def rows(structures):
    for one in structures:
        labels = ("Aidants Connect",) * one.has_aidants + ("France Services",) * one.france_services
        yield (
            *(str(one), one.structure_type.map_code if one.structure_type else ""),
            *(one.postcode, one.city, " ".join(filter(None, (one.address, one.address_complement)))),
            *(one.siret, ", ".join(labels)),
        )
