from parcours.catalogue.wagtail_hooks import choosing, desk, keeping, publishing, reviewing, words

__all__ = ["choosing", "desk", "keeping", "publishing", "reviewing", "words"]
