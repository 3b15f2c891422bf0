from django.dispatch import Signal

person_erased = Signal()
"""A person's identity has just been erased: each room erases what its `privacy.py` promises. Sends `person`, `by`
and `addresses`, those by which files may still name the person."""
