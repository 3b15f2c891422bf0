from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from lms.kernel.jobs import task
from lms.kernel.mail import post_mail
from lms.kernel.quiet import next_quiet_end
from parcours.classroom.models import Registration, SessionMessage


@task("classroom.send_message", atomic=True)
def send_message(message_pk, registration_pk):
    """To one person, if they still hold their seat."""
    message = SessionMessage.objects.select_related("by", "session__edition").get(pk=message_pk)
    registration = Registration.objects.seated().select_related("person").filter(pk=registration_pk).first()
    if registration is None or not registration.person.email:
        return
    person = registration.person
    link = settings.BASE_URL + reverse("classroom:my_session", args=[registration.public_id])
    post_mail(
        to=person.email,
        subject=message.subject,
        body=render_to_string("classroom/mail_message.txt", {"message": message, "person": person, "link": link}),
        reason="Vous recevez ce message parce qu’une inscription à une session de formation est à votre nom.",
        key=f"classroom.message:{message.pk}:{registration.pk}",
        due_at=next_quiet_end(timezone.now(), person.time_zone),
    )
