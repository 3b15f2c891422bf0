from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.kernel.access import require
from parcours.learning.models import Enrolment
from parcours.learning.views.outline import next_step


@require_safe
def home(request):
    require(request.user.is_authenticated)
    enrolments = list(Enrolment.objects.visible_to(request.user).followed().for_home())
    following = [one for one in enrolments if one.state == Enrolment.State.ACTIVE]
    following.sort(key=lambda one: one.progress.last_at or one.enrolled_at, reverse=True)
    return render(
        request,
        "learning/home.html",
        {
            "now": {"enrolment": following[0], "step": next_step(following[0])} if following else None,
            "following": following,
            "finished": [one for one in enrolments if one.state == Enrolment.State.COMPLETED],
        },
    )
