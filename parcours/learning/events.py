from django.dispatch import Signal

parcours_begun = Signal()  # enrolment, of which a first étape was opened
parcours_completed = Signal()  # enrolment
