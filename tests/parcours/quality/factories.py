"""An organisme with somebody who answers for it, a trainer, a session over, and what was said of it."""

import datetime
import io
import uuid

from django.core.management import call_command
from django.utils import timezone

from lms.organisations.models import Role
from lms.organisations.queries import today
from parcours.classroom.models import Session
from parcours.quality import actions
from parcours.quality.models import Complaint, Hazard, Improvement
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import EditionFactory
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.parcours.classroom.factories import RegistrationFactory, SessionFactory, in_days

NIR = "1 85 05 78 006 084 36"


def number():
    return uuid.uuid4().hex


def organisme(**values):
    return OrganisationFactory(training=True, **{"name": "Formation Armor"} | values)


def manager_of(organisation, **values):
    return MembershipFactory(
        organisation=organisation, role=Role.TRAINING_MANAGER, person=PersonFactory(**values)
    ).person


def trainer_of(organisation, **values):
    return MembershipFactory(organisation=organisation, role=Role.TRAINER, person=PersonFactory(**values)).person


def load():
    """The framework and the questionnaires, as `load_catalogue` brings them."""
    call_command("load_quality", stdout=io.StringIO())


def held_session(organisation=None, *, people=0, days_ago=10, trainers=(), **values):
    """A session that is over, with so many people who came."""
    organisation = organisation or organisme()
    edition = values.pop("edition", None) or EditionFactory(parcours__organisation=organisation)
    session = SessionFactory(
        organisation=organisation,
        edition=edition,
        parcours=edition.parcours,
        first_day=in_days(-days_ago),
        trainers=trainers,
        state=Session.State.CLOSED,
        **values,
    )
    for _ in range(people):
        RegistrationFactory(session=session)
    return session


def complain(organisation=None, **values) -> Complaint:
    told = {
        "capacity": "trainee",
        "subject": "La salle était fermée",
        "text": "Nous avons attendu une heure devant la porte.",
        "email": "lea@exemple.fr",
        "client_id": number(),
    }
    return actions.complain(organisation=organisation, **told | values)


def hazard(organisation, by, **values):
    told = {"organisation": organisation, "on": today(), "what": "Panne de chauffage.", "done": "Salle changée."}
    return actions.record_entry(Hazard, values=told | values, by=by)


def improvement(organisation, by, **values):
    told = {
        "organisation": organisation,
        "on": today(),
        "what": "Afficher un numéro de téléphone sur la porte.",
        "origin": "team",
        "owner": by,
        "due_on": today() + datetime.timedelta(days=30),
    }
    return actions.record_entry(Improvement, values=told | values, by=by)


def now():
    return timezone.now()
