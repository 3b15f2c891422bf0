from lms.kernel.jobs import clock, post, task
from parcours.classroom import actions
from parcours.classroom.models import Registration, Session


@clock("classroom.follow_queues", every="hour")
def follow_queues(hour):
    """Late offers go to the next; seats that became free without anybody leaving are offered."""
    for pk in actions.late_offers().values_list("pk", flat=True):
        post("classroom.expire_offer", pk, key=f"classroom.expire_offer:{pk}:{hour}")
    for pk in actions.sessions_with_a_queue().values_list("pk", flat=True):
        post("classroom.offer_free_seats", pk, key=f"classroom.offer_free_seats:{pk}:{hour}")


@task("classroom.expire_offer", atomic=True)
def expire_offer(registration_pk):
    actions.expire_offer(Registration.objects.select_related("session").get(pk=registration_pk))


@task("classroom.offer_free_seats", atomic=True)
def offer_free_seats(session_pk):
    actions.offer_free_seats(Session.objects.get(pk=session_pk))
