from django.dispatch import Signal

answer_shared = Signal()
"""An answer has just been shared with all who follow the parcours. Sends `shared`."""
