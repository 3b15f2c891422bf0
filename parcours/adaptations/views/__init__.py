from parcours.adaptations.views.asking import ask, keep, mine, request_page, withdraw
from parcours.adaptations.views.training import answer, measures, requests

__all__ = ["answer", "ask", "keep", "measures", "mine", "request_page", "requests", "withdraw"]
