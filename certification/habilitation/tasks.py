import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from certification.habilitation import actions
from certification.habilitation.actions import handing
from certification.habilitation.actions.imports import receiving, recording
from certification.habilitation.lifecycle import Standing
from certification.habilitation.models import Fact, Habilitation, HandOver, ImportedFile
from lms.accounts.models import Person
from lms.kernel import prepared
from lms.kernel.jobs import clock, post, task
from lms.kernel.mail import post_mail
from lms.kernel.quiet import next_quiet_end
from lms.organisations.lifecycle import Role
from lms.organisations.models import Membership


@task("habilitation.read_file")
def read_file(file_pk):
    found = ImportedFile.objects.get(pk=file_pk)
    if found.state == ImportedFile.State.READING:
        receiving.read(found)
    elif found.state == ImportedFile.State.ABANDONED:
        found.lines.all().delete()


@task("habilitation.record_file", atomic=True)
def record_file(file_pk, batch):
    """Some lines, then a job for the following ones: nobody else's job waits behind a long file."""
    found = ImportedFile.objects.get(pk=file_pk)
    if found.state == ImportedFile.State.RUNNING and recording.record_some(found):
        key = f"habilitation.record_file:{file_pk}:{batch + 1}"
        post("habilitation.record_file", file_pk, batch + 1, key=key, awaited=True)


@task(HandOver.TASK)
def write_hand_over(handed_pk):
    handed = HandOver.objects.select_related("by").get(pk=handed_pk)
    with timezone.override(handed.by.time_zone):  # the days are those of who asked
        content = handing.made(handed)
    noted = {name: getattr(handed, name) for name in ("lines", "lines_ids", "sha256")}
    return lambda: prepared.keep(handed, content, **noted)


@task("habilitation.tell_habilitated", atomic=True)
def tell_habilitated(*pks):
    """The person, and whoever answers for the structure; once each, whatever the detours."""
    found = Habilitation.objects.filter(pk__in=pks).reached().select_related("person", "organisation")
    for one in found.order_by("pk"):
        mine = settings.BASE_URL + reverse("habilitation:mine")
        _write_habilitated(one, one.person, own=True, link=mine)
        theirs = settings.BASE_URL + reverse("habilitation:structure", args=[one.organisation.public_id])
        referents = Membership.objects.recipients(Role.STRUCTURE_REFERENT, one.organisation)
        for referent in referents.exclude(pk=one.person_id):
            _write_habilitated(one, referent, own=False, link=theirs)


def _write_habilitated(one, to, *, own, link):
    context = {"own": own, "name": one.person.full_name, "structure": one.organisation, "link": link}
    _write(
        to,
        "Habilitation : les deux conditions sont réunies",
        "habilitation/mail_habilitated.txt",
        context,
        key=f"habilitation.habilitated:{one.pk}:{to.pk}",
    )


@task("habilitation.tell_rejected", atomic=True)
def tell_rejected(fact_pk):
    """Whoever declared it, and the person it is about."""
    fact = Fact.objects.select_related("person", "declared_by").get(pk=fact_pk)
    if fact.standing != Standing.REJECTED:
        return
    for to in {one.pk: one for one in (fact.person, fact.declared_by) if one}.values():
        own = to.pk == fact.person_id
        link = settings.BASE_URL + (reverse("habilitation:mine") if own else _page_of(fact, to))
        _write(
            to,
            "Test Pix déclaré : votre déclaration n’est pas retenue",
            "habilitation/mail_rejected.txt",
            {"own": own, "name": fact.person.full_name, "link": link},
            key=f"habilitation.rejected:{fact.pk}:{to.pk}",
        )


def _page_of(fact, reader):
    """The page about this person that the reader may open; their spaces when none is left."""
    found = Habilitation.objects.visible_to(reader).filter(person=fact.person_id).first()
    return found.get_absolute_url() if found else reverse("learning:home")


def _write(to, subject, template, context, *, key):
    if not to.email or not to.is_active:
        return
    post_mail(
        to=to.email,
        subject=subject,
        body=render_to_string(template, context | {"site": settings.SITE_NAME}),
        reason=f"Vous recevez ce message parce que {settings.SITE_NAME} suit cette habilitation.",
        key=key,
        due_at=next_quiet_end(timezone.now(), to.time_zone),
    )


@task("habilitation.follow_employment", atomic=True)
def follow_employment(membership_pk, by_pk):
    """The day after a last day, or a first day: what was noted beforehand happens then."""
    membership = Membership.objects.get(pk=membership_pk)
    actions.follow_employment(membership, by=Person.objects.filter(pk=by_pk).first())


@clock("habilitation.forget_files", every="day", at="03:50")
def forget_files(day):
    actions.forget_old_files()
    handing.forget_made_files()


@clock("habilitation.forget_outlived", every="day", at="04:00")
def forget_outlived(day):
    actions.forget_outlived(datetime.date.fromisoformat(day))
