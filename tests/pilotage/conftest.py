from tests.pilotage.nation import here
from tests.pilotage.situations import ledger

__all__ = ["here", "ledger"]
