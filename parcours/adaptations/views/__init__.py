from parcours.adaptations.views.asking import ask, mine, request_page, withdraw
from parcours.adaptations.views.training import answer, measures, requests

__all__ = ["answer", "ask", "measures", "mine", "request_page", "requests", "withdraw"]
