from parcours.catalogue.wagtail_hooks import choosing, desk, keeping, publishing, reviewing

__all__ = ["choosing", "desk", "keeping", "publishing", "reviewing"]
