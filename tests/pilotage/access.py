from lms.organisations.models import Role
from lms.pilotage.models import ListExport
from tests.permissions.matrix import Row

READERS = {"*": 403, "pilot": 200, "admin": 200, "superuser": 200, "territorial_pilot": 200}
INDICATOR = "personnes-habilitees"

READ_WITH = {"read_with": {"level": 3, "departements": None}}


def an_export(world):
    values = {"indicator": INDICATOR, "by": world.people[Role.PILOT], "content": b"Nom\r\n"} | READ_WITH
    return [ListExport.objects.create(**values).public_id]


ROWS = [
    Row("pilotage:board", expected=READERS),
    Row("pilotage:breakdown", lambda world: ["region"], READERS),
    Row("pilotage:table", lambda world: ["region", "csv"], READERS),
    Row("pilotage:definitions", expected=READERS),
    Row("pilotage:list", lambda world: [INDICATOR], READERS),
    Row("pilotage:order_export", lambda world: [INDICATOR], READERS, verb="post"),
    Row("pilotage:export", an_export, {"*": 404, "pilot": 200}),
    Row("pilotage:write_again", an_export, {"*": 404, "pilot": 302}, verb="post"),
    Row("pilotage:export_file", an_export, {"*": 404, "pilot": 200}),
]
