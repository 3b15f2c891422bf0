from django.dispatch import receiver

from parcours.classroom.events import registered, seat_lost, session_rescheduled
from parcours.emargement import actions


@receiver(registered)
def on_registered(registration, **kwargs):
    actions.refresh(registration.session)


@receiver(seat_lost)
def on_seat_lost(registration, **kwargs):
    actions.refresh(registration.session)


@receiver(session_rescheduled)
def on_session_rescheduled(session, **kwargs):
    actions.reset_windows(session)
    actions.refresh(session)
