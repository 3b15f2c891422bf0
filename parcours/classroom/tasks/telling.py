"""What the person and whoever answers for them are told, each time a seat changes hands."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from lms.accounts.models import Person
from lms.kernel.formats import NBSP, instant, nbsp
from lms.kernel.jobs import task
from lms.kernel.mail import post_mail
from lms.kernel.quiet import next_quiet_end
from lms.kernel.rules import current
from lms.organisations.lifecycle import Role
from lms.organisations.models import Membership
from parcours.classroom.actions.invitations import offer_link_of
from parcours.classroom.documents.hours import hours_lines, place_line
from parcours.classroom.models import Registration
from parcours.classroom.models.roads import CONVOCATION_DAYS

MOST_REFERENTS = 5


@dataclass(frozen=True)
class Words:
    """`{session}` and `{person}` are filled in; `after` says what happens next."""

    subject: str
    person: str
    referent: str
    after: str


WORDS = {
    "registered": Words(
        "Votre inscription à la session {session}",
        "Vous avez une place dans cette session.",
        "{person} a une place dans cette session.",
        "La convocation part {days} jours avant le premier jour, avec les horaires et ce qu’il faut apporter.",
    ),
    "waiting": Words(
        "Liste d’attente de la session {session}",
        "Cette session est complète : vous êtes en liste d’attente.",
        "Cette session est complète : {person} est en liste d’attente.",
        "Dès qu’une place se libère, elle est proposée dans l’ordre des inscriptions, avec un délai pour répondre.",
    ),
    "offered": Words(
        "Une place se libère : session {session}",
        "Une place vous est proposée dans cette session.",
        "Une place est proposée à {person} dans cette session.",
        "Sans réponse avant le {until}, la place est proposée à la personne suivante.",
    ),
    "accepted": Words(
        "Votre place dans la session {session}",
        "Vous avez accepté la place : elle est à vous.",
        "{person} a accepté la place proposée.",
        "La convocation part {days} jours avant le premier jour, avec les horaires et ce qu’il faut apporter.",
    ),
    "moved": Words(
        "Votre nouvelle session : {session}",
        "Votre organisme de formation vous donne une place dans cette session, à la place de la précédente.",
        "{person} a une place dans cette session, à la place de la précédente.",
        "Votre convocation précédente, si vous l’avez reçue, ne vaut plus. Une autre part {days} jours avant.",
    ),
    "declined": Words(
        "Place laissée : session {session}",
        "Vous avez laissé la place proposée. Rien d’autre n’est à faire.",
        "{person} a laissé la place proposée.",
        "La place est proposée à la personne suivante de la liste d’attente.",
    ),
    "expired": Words(
        "Délai passé : session {session}",
        "Vous n’avez pas répondu à temps : la place est proposée à la personne suivante.",
        "{person} n’a pas répondu à temps : la place est proposée à la personne suivante.",
        "Une nouvelle inscription reste possible, tant que les inscriptions sont ouvertes.",
    ),
    "withdrawn": Words(
        "Désistement enregistré : session {session}",
        "Votre désistement est enregistré.",
        "Le désistement de {person} est enregistré.",
        "Votre convocation, si vous l’avez reçue, ne vaut plus. Ce qui a été fait en ligne est gardé.",
    ),
    "replaced": Words(
        "Remplacement : session {session}",
        "Votre place dans cette session a été donnée à une autre personne de votre structure.",
        "La place de {person} a été donnée à une autre personne de la structure.",
        "Votre convocation, si vous l’avez reçue, ne vaut plus.",
    ),
    "cancelled": Words(
        "Session annulée : {session}",
        "Cette session est annulée. Motif donné par l’organisme : {reason}",
        "Cette session est annulée ; {person} y était inscrit. Motif donné par l’organisme : {reason}",
        "Une autre session peut vous convenir : la page « Trouver une session » les annonce toutes.",
    ),
}
ONCE_A_BATCH = ("registered", "waiting")
"""Told to the référent in one message when she registers several people."""


@task("classroom.tell", atomic=True)
def tell(registration_pk, what):
    registration = Registration.objects.for_pages().get(pk=registration_pk)
    _tell_person(registration, what)
    if what in ONCE_A_BATCH and registration.registered_by_id != registration.person_id:
        return
    for referent in referents_of(registration):
        _tell_referent(registration, referent, what)


def _tell_person(registration, what):
    person = registration.person
    if not person.email or not person.is_active:
        return
    words = WORDS[what]
    link = settings.BASE_URL + reverse("classroom:my_session", args=[registration.public_id])
    if what == "offered":
        link = settings.BASE_URL + reverse("classroom:offer", args=[offer_link_of(registration).token])
    post_mail(
        to=person.email,
        subject=filled(words.subject, registration, person),
        body=body_of(
            registration, words.person, words.after, link, person.time_zone, by=_registrar(registration, what)
        ),
        reason="Vous recevez ce message parce qu’une inscription à une session de formation est à votre nom.",
        key=f"classroom.tell:{what}:{registration.pk}",
        due_at=_when(what, person),
    )


def _tell_referent(registration, referent, what):
    words = WORDS[what]
    link = settings.BASE_URL + reverse("classroom:structure_sessions", args=[registration.employer.public_id])
    post_mail(
        to=referent.email,
        subject=filled(_for_others(words.subject), registration, referent),
        body=body_of(registration, words.referent, words.after, link, referent.time_zone),
        reason=f"Vous recevez ce message parce que vous répondez des inscriptions de {registration.employer}.",
        key=f"classroom.tell:{what}:{registration.pk}:{referent.pk}",
        due_at=_when(what, referent),
    )


@task("classroom.tell_referent", atomic=True)
def tell_referent(by_pk, pks):
    """One message for everybody a référent has just registered."""
    by = Person.objects.get(pk=by_pk)
    found = list(Registration.objects.for_pages().filter(pk__in=pks.split(",")))
    seated = [one.person.full_name for one in found if one.state == Registration.State.REGISTERED]
    waiting = [one.person.full_name for one in found if one.state == Registration.State.WAITING]
    if not found or not by.email or all(one.person_id == by.pk for one in found):
        return
    first = found[0]
    opening = "\n".join(
        line
        for line in (
            seated and f"Inscrits : {', '.join(seated)}.",
            waiting and f"En liste d’attente, dans cet ordre : {', '.join(waiting)}.",
        )
        if line
    )
    link = settings.BASE_URL + reverse("classroom:structure_sessions", args=[first.employer.public_id])
    post_mail(
        to=by.email,
        subject=filled("Inscriptions à la session {session}", first, by),
        body=body_of(first, opening, WORDS["registered"].after, link, by.time_zone),
        reason=f"Vous recevez ce message parce que vous répondez des inscriptions de {first.employer}.",
        key=f"classroom.tell_referent:{first.pk}",
        due_at=next_quiet_end(timezone.now(), by.time_zone),
    )


def referents_of(registration) -> list[Person]:
    """Who answers for the employer today, the one who registered first; never the trainee again."""
    held = Membership.objects.filter(organisation=registration.employer, role=Role.STRUCTURE_REFERENT).active()
    people = [one.person for one in held.select_related("person") if one.person.email and one.person.is_active]
    people = [one for one in people if one.pk != registration.person_id]
    return sorted(people, key=lambda one: (one.pk != registration.registered_by_id, one.pk))[:MOST_REFERENTS]


def _for_others(subject) -> str:
    """« Votre place dans… » becomes « Place dans… »."""
    told = subject.removeprefix("Votre ")
    return told[:1].upper() + told[1:]


def filled(text, registration, reader) -> str:
    session = registration.session
    until = instant(registration.offer_until, reader.time_zone) if registration.offer_until else ""
    return nbsp(
        text.format(
            session=f"«{NBSP}{session.edition.title}{NBSP}», {session.when}",
            person=registration.person.full_name,
            until=until,
            reason=session.cancel_reason,
            days=current(CONVOCATION_DAYS.code),
        )
    )


def _registrar(registration, what) -> Person | None:
    """Who registered somebody else: the first message names them."""
    own = registration.registered_by_id == registration.person_id
    return registration.registered_by if what in ONCE_A_BATCH and not own else None


def body_of(registration, opening, after, link, zone, by=None) -> str:
    session = registration.session
    reader = registration.person
    context = {
        "opening": filled(opening, registration, reader) if "{" in opening else opening,
        "after": filled(after, registration, reader),
        "session": session,
        "hours": hours_lines(session, zone),
        "places": list(dict.fromkeys(place_line(one) for one in session.half_days.all())),
        "employer": registration.employer,
        "by": by,
        "link": link,
    }
    return render_to_string("classroom/mail_place.txt", context)


def _when(what, person):
    """A cancelled session is told at once, whatever the hour."""
    now = timezone.now()
    return now if what == "cancelled" else next_quiet_end(now, person.time_zone)
