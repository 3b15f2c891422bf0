from parcours.colleagues.models.export import RegisterExport
from parcours.colleagues.models.invitation import Invitation
from parcours.colleagues.models.lists import EnrolmentList, ListLine

__all__ = ["EnrolmentList", "Invitation", "ListLine", "RegisterExport"]
