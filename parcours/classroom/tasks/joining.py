from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from lms.kernel.jobs import task
from lms.kernel.mail import post_mail
from lms.kernel.models import Grant
from lms.kernel.quiet import next_quiet_end
from parcours.classroom.actions.invitations import proposal_of
from parcours.classroom.documents.hours import hours_lines


@task("classroom.ask_to_join", atomic=True)
def ask_to_join(grant_pk):
    grant = Grant.objects.standing().select_related("person").filter(pk=grant_pk).first()
    if grant is None or not grant.person.email:
        return
    proposal = proposal_of(grant)
    link = settings.BASE_URL + reverse("classroom:join", args=[grant.token])
    hours = hours_lines(proposal["session"], grant.person.time_zone)
    post_mail(
        to=grant.person.email,
        subject=f"{proposal['employer']} vous propose une session de formation",
        body=render_to_string("classroom/mail_join.txt", proposal | {"hours": hours, "link": link}),
        reason=(
            f"Vous recevez ce message parce qu’un référent de {proposal['employer']} "
            f"a inscrit cette adresse sur {settings.SITE_NAME}."
        ),
        key=f"classroom.ask_to_join:{grant.pk}",
        due_at=next_quiet_end(timezone.now(), grant.person.time_zone),
    )
