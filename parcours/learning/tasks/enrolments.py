from django.conf import settings
from django.template.loader import render_to_string

from lms.kernel.jobs import task
from lms.kernel.mail import post_mail, post_mails
from parcours.assistance.documents import assistance_of
from parcours.catalogue.documents import completion_sentence, reminder_of
from parcours.learning.models import Enrolment


@task("learning.confirm_enrolment", atomic=True)
def confirm_enrolment(enrolment_pk):
    """Nothing is sent to someone who left meanwhile, nor to someone without an address."""
    for message in _messages([enrolment_pk]):
        post_mail(**message)


@task("learning.confirm_enrolments", atomic=True)
def confirm_enrolments(*enrolment_pks):
    """The same to many people, who were enrolled together."""
    post_mails(list(_messages(enrolment_pks)))


def _messages(enrolment_pks):
    """What each is told; what is the same for all who follow an edition is made out once."""
    same: dict[int, dict] = {}
    found = Enrolment.objects.for_mail().filter(pk__in=enrolment_pks).select_related("enrolled_by")
    found = found.exclude(state=Enrolment.State.WITHDRAWN).exclude(person__email=None)
    for enrolment in found.defer("edition__content").order_by("pk"):
        if enrolment.edition_id not in same:
            same[enrolment.edition_id] = _announced(enrolment.edition)
        yield _message(enrolment, same[enrolment.edition_id])


def _announced(edition) -> dict:
    return {
        "edition": edition,
        "count": len(edition.outline),
        "completion": completion_sentence(edition),
        "assistance": assistance_of(edition.parcours_id),
        "reminder": reminder_of(edition),
    }


def _message(enrolment, announced) -> dict:
    by, link = enrolment.enrolled_by, settings.BASE_URL + enrolment.get_absolute_url()
    context = announced | {"enrolment": enrolment, "by": by, "link": link}
    return {
        "to": enrolment.person.email,
        "subject": f"Votre inscription à « {announced['edition'].title} »",
        "body": render_to_string("learning/mail_enrolled.txt", context),
        "reason": f"Vous recevez ce message parce que {_why(by)} sur {settings.SITE_NAME}.",
        "key": f"learning.confirm_enrolment:{enrolment.pk}",
    }


def _why(by):
    return f"{by.full_name} a inscrit votre adresse" if by else "vous suivez un parcours"
