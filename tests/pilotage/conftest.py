from tests.pilotage.situations import ledger

__all__ = ["ledger"]
