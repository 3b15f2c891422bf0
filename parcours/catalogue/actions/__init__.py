from .freezing import PublicationRefused, duration_faults, freeze, publication_faults

__all__ = ["PublicationRefused", "duration_faults", "freeze", "publication_faults"]
