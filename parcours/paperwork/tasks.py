import datetime
from contextlib import suppress

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from lms.accounts.models import Person
from lms.kernel import papers
from lms.kernel.jobs import clock, post, task
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.mail import post_mail
from lms.kernel.models import Paper
from lms.kernel.quiet import next_quiet_end
from lms.organisations.lifecycle import Role
from lms.organisations.models import Membership
from parcours.classroom.lifecycle import SessionState
from parcours.classroom.models import Registration, Session
from parcours.emargement.models import Sheet
from parcours.paperwork import actions
from parcours.paperwork.models import Batch, Convention, Quote

SOLD = {"quote": Quote, "convention": Convention}


@task("paperwork.seal_paper")
def seal_paper(paper_pk):
    paper = Paper.objects.get(pk=paper_pk)
    if paper.is_sealed:
        return None
    rendition = papers.render(paper)
    return lambda: actions.after_sealing(papers.seal(paper, rendition))


@task("paperwork.issue_batch")
def issue_batch(batch_pk):
    actions.run_batch(Batch.objects.select_related("session__organisation", "asked_by").get(pk=batch_pk))


@task("paperwork.issue_convocation")
def issue_convocation(registration_pk):
    """The paper twin of the message; what the organisme lacks is said on the page of the session."""
    with suppress(TransitionRefused):
        actions.issue_convocation(Registration.objects.for_pages().get(pk=registration_pk), by=None)


@task("paperwork.issue_sheet")
def issue_sheet(sheet_pk, by_pk):
    """What the organisme lacks is said on the page of the session: nothing to try again by itself."""
    with suppress(TransitionRefused):
        actions.issue_sheet(Sheet.objects.get(pk=sheet_pk), by=Person.objects.filter(pk=by_pk).first())


@task("paperwork.close_session")
def close_session(session_pk):
    """The papers of a session that is over, as if its training manager had ordered them."""
    session = Session.objects.select_related("organisation").get(pk=session_pk)
    manager = Membership.objects.recipients(Role.TRAINING_MANAGER, session.organisation).first()
    if manager is None:
        post("paperwork.tell_nobody_answers", session_pk, key=f"paperwork.tell_nobody_answers:{session_pk}")
    else:
        actions.order_first_batch(session, by=manager)


@task("paperwork.close_waiting_sessions")
def close_waiting_sessions(organisation_pk):
    """The sessions that ended while nobody answered for the training: their papers are ordered now."""
    waiting = Session.objects.filter(organisation=organisation_pk, state=SessionState.CLOSED, batches=None)
    manager = Membership.objects.recipients(Role.TRAINING_MANAGER, organisation_pk).first()
    for session in waiting.order_by("pk") if manager else ():
        actions.order_first_batch(session, by=manager)


@task("paperwork.tell_nobody_answers", atomic=True)
def tell_nobody_answers(session_pk):
    """ANCT names a responsable de formation; told once a month of the same organisme, whatever the sessions."""
    session = Session.objects.select_related("organisation", "edition").get(pk=session_pk)
    organisation = session.organisation
    if Membership.objects.recipients(Role.TRAINING_MANAGER, organisation).exists():
        return
    link = settings.BASE_URL + reverse("admin:organisations_membership_add") + f"?organisation={organisation.pk}"
    context = {"session": session, "organisation": organisation, "link": link}
    for person in Membership.objects.recipients(Role.ADMIN):
        post_mail(
            to=person.email,
            subject=f"Aucun responsable de formation : {organisation}"[:150],
            body=render_to_string("paperwork/mail_nobody_answers.txt", context),
            reason=f"Vous recevez ce message parce que vous administrez {settings.SITE_NAME}.",
            key=f"paperwork.nobody_answers:{organisation.pk}:{timezone.localdate():%Y-%m}:{person.pk}",
            due_at=next_quiet_end(timezone.now(), person.time_zone),
        )


@clock("paperwork.forget_outlived", every="day", at="03:45")
def forget_outlived(day):
    actions.forget_outlived(datetime.date.fromisoformat(day))


@task("paperwork.deliver_texts", atomic=True)
def deliver_texts(registration_pk):
    actions.deliver_texts(
        Registration.objects.select_related("person", "session__organisation").get(pk=registration_pk)
    )


@task("paperwork.tell_texts", atomic=True)
def tell_texts(registration_pk):
    registration = Registration.objects.select_related("person", "session__edition").get(pk=registration_pk)
    if not registration.person.email:
        return
    texts = [one.text.get_kind_display() for one in registration.deliveries.select_related("text")]
    post_mail(
        to=registration.person.email,
        subject="À lire avant votre formation : livret d’accueil et règlement intérieur",
        body=render_to_string(
            "paperwork/mail_texts.txt",
            {
                "texts": texts,
                "title": registration.session.title,
                "link": settings.BASE_URL + reverse("paperwork:mine", args=[registration.public_id]),
            },
        ),
        reason=f"Vous recevez ce message parce que votre nom est inscrit à une session sur {settings.SITE_NAME}.",
        key=f"paperwork.texts:{registration.pk}:{len(texts)}",
        due_at=next_quiet_end(timezone.now(), registration.person.time_zone),
    )


@task("paperwork.tell_buyer", atomic=True)
def tell_buyer(what, pk):
    """Those who answer for the structure; the page says what the paper is and what is asked."""
    sold = SOLD[what].objects.for_page().get(pk=pk)
    for person in Membership.objects.recipients(Role.STRUCTURE_REFERENT, sold.buyer):
        _tell(sold, what, person, "buyer", f"{ASKED[what]} : {sold.session.title}", "structure")


@task("paperwork.tell_issuer", atomic=True)
def tell_issuer(what, pk):
    sold = SOLD[what].objects.for_page().get(pk=pk)
    for person in Membership.objects.recipients(Role.TRAINING_MANAGER, sold.session.organisation):
        subject = f"{sold._meta.verbose_name.capitalize()} {sold.get_state_display()} : {sold.buyer}"
        _tell(sold, what, person, "issuer", subject, "formation")


ASKED = {"quote": "Devis à accepter", "convention": "Convention à signer"}


def _tell(sold, what, person, side, subject, space):
    address = {
        "buyer": ("paperwork:structure_quote", "paperwork:structure_convention"),
        "issuer": ("paperwork:quote", "paperwork:convention"),
    }[side][what == "convention"]
    args = [sold.buyer.public_id, sold.public_id] if side == "buyer" else [sold.public_id]
    context = {"sold": sold, "what": what, "link": settings.BASE_URL + reverse(address, args=args)}
    post_mail(
        to=person.email,
        subject=subject[:150],
        body=render_to_string(f"paperwork/mail_{side}.txt", context),
        reason=f"Vous recevez ce message parce que vous répondez d’un espace {space} sur {settings.SITE_NAME}.",
        key=f"paperwork.{side}:{what}:{sold.pk}:{sold.state}:{person.pk}",
        due_at=next_quiet_end(timezone.now(), person.time_zone),
    )
