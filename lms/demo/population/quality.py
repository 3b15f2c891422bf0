"""What an organisme keeps of its quality: two complaints, opinions of the sessions that are over, registers, files."""

import datetime

from django.core.management import call_command
from django.utils import timezone

from lms.accounts.models import Person
from lms.demo.population.draw import data, identity, lot
from lms.demo.population.institutions import SEED, institution
from lms.organisations.models import Role
from lms.organisations.queries import today
from parcours.assistance.engine.files import CheckedFile
from parcours.classroom.models import Registration, Session
from parcours.quality import actions
from parcours.quality.lifecycle import Audience, Moment
from parcours.quality.models import (
    Appreciation,
    Complaint,
    DisabilityReferent,
    Hazard,
    Improvement,
    Questionnaire,
    SurveyRequest,
    TrainerDocument,
    Watch,
)

ANSWERING = 0.8  # share of the trainees asked who answer
OPINIONS = (4, 4, 4, 4, 3, 3, 3, 2)
OPEN_DAYS = 30


def populate_quality(*, seed) -> int:
    """Load the framework, then what the file tells; a second run adds nothing."""
    call_command("load_quality", verbosity=0)
    organisation = institution("training")
    manager = Person.objects.filter(public_id=identity(SEED, "persona", "formatrice")).first()
    if manager is None or Complaint.objects.exists():
        return 0
    told = data("qualite")
    complaints = [_complaint(organisation, manager, one, rank) for rank, one in enumerate(told["reclamations"])]
    _registers(organisation, manager, told, complaints[0])
    opinions = _opinions(organisation, told["avis"], seed)
    _audits(organisation, manager, told)
    for parcours in Session.objects.values_list("parcours", flat=True).order_by().distinct():
        actions.publish_results(parcours)
    return len(complaints) + opinions


def _complaint(organisation, manager, told, rank) -> Complaint:
    complaint = actions.complain(
        organisation=organisation,
        capacity=told["qualite"],
        name=told["nom"],
        email=told["adresse"],
        subject=told["objet"],
        text=told["texte"],
        client_id=identity(SEED, "complaint", rank).hex,
    )
    if "reponse" in told:
        number = identity(SEED, "complaint-answer", rank).hex
        complaint = actions.answer_complaint(complaint, text=told["reponse"], client_id=number, by=manager, close=True)
    return complaint


def _registers(organisation, manager, told, complaint):
    base = {"organisation": organisation}
    for one in told["veille"]:
        values = {"topic": one["domaine"], "source": one["source"], "learnt": one["retenu"], "use": one["usage"]}
        actions.record_entry(Watch, values=base | values | {"on": _ago(one["jours"])}, by=manager)
    for one in told["ameliorations"]:
        values = {"what": one["action"], "origin": one["origine"], "owner": manager, "on": _ago(one["jours"])}
        values["due_on"] = _ago(one["jours"] - 45)
        values["complaint"] = complaint if one["origine"] == "complaint" else None
        entry = actions.record_entry(Improvement, values=base | values, by=manager)
        if "effet" in one:
            actions.finish(entry, done_on=_ago(one["jours"] - 20), by=manager)
            actions.measure(entry, effect=one["effet"], measured_on=today(), by=manager)
    for one in told["aleas"]:
        values = {"what": one["fait"], "done": one["suite"], "on": _ago(one["jours"]), "solved_on": _ago(one["jours"])}
        actions.record_entry(Hazard, values=base | values, by=manager)
    _people(organisation, manager, told)


def _people(organisation, manager, told):
    """The file of each trainer, and the référent handicap."""
    trainers = Person.objects.filter(memberships__organisation=organisation, memberships__role=Role.TRAINER)
    for trainer in trainers.distinct().order_by("pk"):
        for one in told["pieces"]:
            _piece(organisation, manager, trainer, one)
    held = organisation.memberships.active().filter(role=Role.DISABILITY_REFERENT).select_related("person").first()
    if held:
        told = told["handicap"]
        values = {"organisation": organisation, "person": held.person, "on": _ago(400), "training": told["formation"]}
        values |= {"trained_on": _ago(380), "network": told["reseau"]}
        actions.record_entry(DisabilityReferent, values=values, by=manager)


def _piece(organisation, manager, trainer, one):
    values = {"organisation": organisation, "trainer": trainer, "kind": one["nature"], "title": one["titre"]}
    values |= {"on": _ago(one["jours"]), "expires_on": _ago(one["expire"]) if "expire" in one else None}
    text = f"{one['titre']}\n\nPièce de démonstration : aucune donnée n’est réelle.\n"
    piece = CheckedFile("piece.txt", "text/plain", text.encode())
    actions.record_entry(TrainerDocument, values=values, piece=piece, by=manager)


def _audits(organisation, manager, told):
    """The pack of the last session that was held, and an auditor for each of the last: one read, one is yet to read."""
    held = Session.objects.filter(organisation=organisation, ends_at__lt=timezone.now()).exclude(half_days__sheet=None)
    sessions = list(held.exclude(published_at=None).order_by("-starts_at", "-pk").distinct()[: len(told["audits"])])
    for session, one in zip(sessions, told["audits"], strict=False):
        until = today() + datetime.timedelta(days=one["jours"])
        given = {"name": one["auditeur"], "email": "", "until": until, "indicators": one["indicateurs"]}
        access = actions.give_audit(organisation, session=session, by=manager, **given)
        for what in one["lu"]:
            actions.note_view(access, what=what, session=session)
    if sessions:
        actions.order_pack(sessions[0], by=manager)


def _opinions(organisation, texts, seed) -> int:
    """Of the trainees of the sessions that are over: rows alone, so that nobody is written to."""
    questionnaire = Questionnaire.objects.on(today()).filter(audience=Audience.TRAINEE, moment=Moment.HOT).first()
    over = Session.objects.filter(ends_at__lt=timezone.now()).exclude(state=Session.State.CANCELLED)
    seated = Registration.objects.filter(session__in=over, state=Registration.State.REGISTERED)
    requests, given = [], []
    for one in seated.select_related("session", "person").order_by("pk"):
        draw = lot(seed, "opinion", one.pk)
        asked_at, answers = one.session.ends_at + datetime.timedelta(hours=2), draw.random() < ANSWERING
        requests.append(_request(one, questionnaire, asked_at, answers))
        if answers:
            given.append(_given(one.session, questionnaire, draw, texts, asked_at))
    SurveyRequest.objects.bulk_create(requests, batch_size=500, ignore_conflicts=True)
    Appreciation.objects.bulk_create(given, batch_size=500)
    return len(given)


def _request(registration, questionnaire, asked_at, answered):
    session, person = registration.session, registration.person
    return SurveyRequest(
        key=f"{session.pk}:{questionnaire.moment}:{questionnaire.audience}:personne-{person.pk}",
        session=session,
        questionnaire=questionnaire,
        audience=questionnaire.audience,
        moment=questionnaire.moment,
        person=person,
        asked_at=asked_at,
        answered_at=asked_at + datetime.timedelta(hours=20) if answered else None,
        closes_on=(asked_at + datetime.timedelta(days=OPEN_DAYS)).date(),
    )


def _given(session, questionnaire, draw, texts, asked_at):
    asked = ("ensemble", "besoin", "rythme", "formateur", "acces")
    answers = {code: draw.choice(OPINIONS) for code in asked}
    if draw.random() < 0.3:
        answers["suite"] = draw.choice(texts)
    return Appreciation(
        session=session,
        questionnaire=questionnaire,
        audience=questionnaire.audience,
        moment=questionnaire.moment,
        answers=answers,
        answered_on=(asked_at + datetime.timedelta(hours=20)).date(),
    )


def _ago(days) -> datetime.date:
    return today() - datetime.timedelta(days=days)
