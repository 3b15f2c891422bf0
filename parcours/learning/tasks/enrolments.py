from django.conf import settings
from django.template.loader import render_to_string

from lms.kernel.jobs import task
from lms.kernel.mail import post_mail
from parcours.assistance.documents import assistance_of
from parcours.catalogue.documents import completion_sentence, habilitation_reminder
from parcours.learning.models import Enrolment


@task("learning.confirm_enrolment", atomic=True)
def confirm_enrolment(enrolment_pk):
    """Nothing is sent to someone who left meanwhile, nor to someone without an address."""
    enrolment = Enrolment.objects.for_mail().get(pk=enrolment_pk)
    if enrolment.state == Enrolment.State.WITHDRAWN or not enrolment.person.email:
        return
    edition, by = enrolment.edition, enrolment.enrolled_by
    context = {
        "enrolment": enrolment,
        "by": by,
        "edition": edition,
        "count": len(edition.outline),
        "completion": completion_sentence(edition),
        "link": settings.BASE_URL + enrolment.get_absolute_url(),
        "assistance": assistance_of(enrolment.parcours_id),
        "reminder": habilitation_reminder() if edition.is_habilitation else None,
    }
    post_mail(
        to=enrolment.person.email,
        subject=f"Votre inscription à « {edition.title} »",
        body=render_to_string("learning/mail_enrolled.txt", context),
        reason=f"Vous recevez ce message parce que {_why(by)} sur {settings.SITE_NAME}.",
        key=f"learning.confirm_enrolment:{enrolment.pk}",
    )


def _why(by):
    return f"{by.full_name} a inscrit votre adresse" if by else "vous suivez un parcours"
