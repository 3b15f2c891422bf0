from tests.catalogue.situations import loaded
from tests.catalogue.workshop import Workshop
from tests.worlds import made_once

catalogue = made_once(loaded)
workshop = made_once(Workshop)
