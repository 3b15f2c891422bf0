from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from lms.kernel.jobs import post, task
from lms.kernel.mail import post_mail
from lms.kernel.quiet import next_quiet_end
from parcours.assistance.models import SharedAnswer
from parcours.learning.models import Enrolment

BATCH = 200


@task("learning.tell_followers", atomic=True)
def tell_followers(shared_pk, after):
    """Tell those who follow the parcours that an answer was shared, never what it says; a batch, then the next.

    `after`: the last enrolment of the batch before. Whoever asked has been answered, and told so, apart.
    """
    shared = SharedAnswer.objects.shown().select_related("edition", "thread").filter(pk=shared_pk).first()
    if shared is None:
        return
    batch = list(Enrolment.objects.to_tell(shared.parcours_id, after)[:BATCH])
    for enrolment in batch:
        if enrolment.person_id != shared.thread.person_id:
            _tell(enrolment, shared)
    if len(batch) == BATCH:
        last = batch[-1].pk
        post("learning.tell_followers", shared.pk, last, key=f"learning.tell_followers:{shared.pk}:{last}")


def _tell(enrolment, shared):
    etape = next((one for one in enrolment.edition.outline if one.activity_id == shared.activity_id), None)
    page = reverse("learning:activity", args=[enrolment.pk, etape.slug]) if etape else enrolment.get_absolute_url()
    context = {"person": enrolment.person, "shared": shared, "etape": etape, "link": settings.BASE_URL + page}
    post_mail(
        to=enrolment.person.email,
        subject=f"Une réponse utile à tous : « {shared.edition.title} »"[:250],
        body=render_to_string("learning/mail_answer_shared.txt", context),
        reason=f"Vous recevez ce message parce que vous suivez un parcours sur {settings.SITE_NAME}.",
        key=f"learning.answer_shared:{shared.pk}:{enrolment.pk}",
        due_at=next_quiet_end(timezone.now(), enrolment.person.time_zone),
    )
