from lms.organisations.lifecycle import Kind, Role
from lms.organisations.models.campagne import Campagne, Wave, WaveRegion
from lms.organisations.models.membership import Membership
from lms.organisations.models.organisation import Organisation, StructureType
from lms.organisations.models.territory import Departement, Region

__all__ = [
    "Campagne",
    "Departement",
    "Kind",
    "Membership",
    "Organisation",
    "Region",
    "Role",
    "StructureType",
    "Wave",
    "WaveRegion",
]
