import datetime
import io
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from certification.funding import actions
from certification.funding.documents.piles import write_list
from certification.funding.documents.waiting import subject_of, waiting_for
from certification.funding.lifecycle import Verdict
from certification.funding.models import Batch, Decision, Demande, DemandeExport
from certification.funding.permissions import reading_of
from lms.accounts.models import Person
from lms.kernel import prepared
from lms.kernel.jobs import clock, post, task
from lms.kernel.mail import post_mail
from lms.kernel.quiet import SATURDAY, next_quiet_end
from lms.organisations.lifecycle import Role
from lms.organisations.models import Membership

SUBJECTS = {
    Verdict.COMPLEMENT: "l’OPCO attend un complément",
    Verdict.ANOMALY: "l’OPCO attend une explication",
    Verdict.PAY: "un paiement est enregistré",
    Verdict.CORRECT: "un paiement est corrigé",
}


@task("funding.notify_decision", atomic=True)
def notify_decision(decision_pk):
    """Nothing leaves when it was taken back in time."""
    if actions.notify(decision_pk):
        tell_parties(Decision.objects.select_related("demande").get(pk=decision_pk))


@task(Batch.TASK)
def run_batch(batch_pk):
    actions.run_batch(batch_pk)


@task(DemandeExport.TASK)
def write_export(export_pk):
    """Less what is no longer seen by who asked."""
    export = DemandeExport.objects.select_related("by").get(pk=export_pk)
    out, read_with = io.BytesIO(), reading_of(export.by)
    found = Demande.objects.decided_by(export.by).filter(pk__in=export.keys)
    write_list(out, export.form, found.sorted_by(export.sort))
    return lambda: prepared.keep(export, out.getvalue(), read_with=read_with)


@task("funding.recheck_session")
def recheck_session(session_pk):
    actions.recheck_session(session_pk)


@task("funding.recheck_organisation")
def recheck_organisation(organisation_pk):
    actions.recheck_organisation(organisation_pk)


@clock("funding.recheck", every="hour")
def recheck(date):
    actions.recheck_all()


def tell_parties(decision):
    """Whoever answers for the employer or for the training; never what was decided, nor of whom."""
    demande, employer = decision.demande, decision.demande.employer.standing()
    sides = (
        ("employer", employer, Role.STRUCTURE_REFERENT, employer.public_id),
        ("training", demande.session.organisation, Role.TRAINING_MANAGER, demande.session.public_id),
    )
    subject = SUBJECTS.get(decision.verdict, "une réponse de l’OPCO")
    for side, organisation, role, home in sides:
        link = settings.BASE_URL + reverse(f"funding:{side}_demande", args=[home, demande.public_id])
        context = {"number": demande.number, "link": link, "decision": decision}
        for person in Membership.objects.recipients(role, organisation):
            post_mail(
                to=person.email,
                subject=f"Prise en charge {demande.number} : {subject}",
                body=render_to_string("funding/mail_decided.txt", context),
                reason=f"Vous recevez ce message parce que vous suivez ce dossier sur {settings.SITE_NAME}.",
                key=f"funding.decided:{decision.pk}:{person.pk}",
                due_at=next_quiet_end(timezone.now(), person.time_zone),
            )


@clock("funding.digest", every="day", at="05:30")
def digest(date):
    """On a working day where the officer lives, at 8 h, what waits for them; nothing when nothing does."""
    if date != timezone.localdate(timezone=timezone.get_default_timezone()).isoformat():
        return
    for person in Membership.objects.recipients(Role.OPCO_OFFICER).filter(funding_digest_stop=None):
        post("funding.send_digest", person.pk, date, key=f"funding.send_digest:{person.pk}:{date}")


@task("funding.send_digest", atomic=True)
def send_digest(person_pk, date):
    """In figures only: neither employer nor anybody is named."""
    person = Person.objects.get(pk=person_pk)
    now = timezone.now()
    waiting = waiting_for(person)
    if now.astimezone(ZoneInfo(person.time_zone)).weekday() >= SATURDAY or not waiting:
        return
    home = settings.BASE_URL + reverse("funding:home")
    post_mail(
        to=person.email,
        subject=subject_of(waiting),
        body=render_to_string("funding/mail_digest.txt", {"waiting": waiting, "link": home}),
        reason=f"Vous recevez ce message parce que vous êtes gestionnaire OPCO sur {settings.SITE_NAME}.",
        key=f"funding.digest:{person.pk}:{date}",
        due_at=next_quiet_end(now, person.time_zone),
        stop_url=settings.BASE_URL + reverse("funding:stop_digest", args=[actions.stop_link_of(person).token]),
    )


@clock("funding.forget_outlived", every="day", at="04:05")
def forget_outlived(day):
    actions.forget_outlived(datetime.date.fromisoformat(day))
    prepared.forget(DemandeExport)
