from django.dispatch import Signal

parcours_completed = Signal()  # enrolment
