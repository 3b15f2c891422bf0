"""What jobs run: mails, demands of opinion, published results, packs; each file is loaded with the room."""

from parcours.quality.tasks import complaints, packs, results, surveys

__all__ = ["complaints", "packs", "results", "surveys"]
