"""What happens to the habilitations. Sent inside the transaction of the facts."""

from django.dispatch import Signal

facts_changed = Signal()  # person_ids
