from parcours.adaptations.actions.answering import decline, grant
from parcours.adaptations.actions.asking import ask, withdraw
from parcours.adaptations.actions.keeping import forget_old, forget_person, note_use

__all__ = ["ask", "decline", "forget_old", "forget_person", "grant", "note_use", "withdraw"]
