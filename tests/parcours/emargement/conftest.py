from tests.parcours.emargement.factories import session_with_sheets
from tests.worlds import made_once

session = made_once(session_with_sheets)
