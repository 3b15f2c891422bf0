from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from certification.funding import actions
from certification.funding.models import Decision
from lms.accounts.models import Person
from lms.kernel.jobs import clock, task
from lms.kernel.mail import post_mail
from lms.kernel.quiet import next_quiet_end
from lms.organisations.lifecycle import Role
from lms.organisations.models import Membership


@task("funding.notify_decision", atomic=True)
def notify_decision(decision_pk):
    """Nothing leaves when it was taken back in time."""
    if actions.notify(decision_pk):
        tell_parties(Decision.objects.select_related("demande").get(pk=decision_pk))


@task("funding.decide_many")
def decide_many(by_pk, verdict, *pks):
    actions.run_many(by_pk, verdict, pks)


@task("funding.recheck_session")
def recheck_session(session_pk):
    actions.recheck_session(session_pk)


@clock("funding.recheck", every="hour")
def recheck(date):
    actions.recheck_all()


def tell_parties(decision):
    """Whoever answers for the employer or for the training; never what was decided, nor of whom."""
    demande = decision.demande
    sides = (
        ("employer", demande.employer, Role.STRUCTURE_REFERENT, demande.employer.public_id),
        ("training", demande.session.organisation, Role.TRAINING_MANAGER, demande.session.public_id),
    )
    for side, organisation, role, home in sides:
        link = settings.BASE_URL + reverse(f"funding:{side}_demande", args=[home, demande.public_id])
        for person in _holding(organisation, role):
            post_mail(
                to=person.email,
                subject=f"Prise en charge {demande.number} : une réponse de l’OPCO",
                body=render_to_string("funding/mail_decided.txt", {"number": demande.number, "link": link}),
                reason=f"Vous recevez ce message parce que vous suivez ce dossier sur {settings.SITE_NAME}.",
                key=f"funding.decided:{decision.pk}:{person.pk}",
                due_at=next_quiet_end(timezone.now(), person.time_zone),
            )


def _holding(organisation, role):
    held = Membership.objects.active().filter(organisation=organisation, role=role)
    return Person.objects.filter(memberships__in=held, is_active=True, email__isnull=False).distinct().order_by("pk")
