from parcours.catalogue.wagtail_hooks import choosing, desk, keeping, publishing, questions, reviewing, words

__all__ = ["choosing", "desk", "keeping", "publishing", "questions", "reviewing", "words"]
