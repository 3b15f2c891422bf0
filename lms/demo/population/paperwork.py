"""The papers of two sessions that were held, a devis and a convention that wait for the référente: not of all."""

import datetime
from decimal import Decimal

from django.db.models import Count, Q
from django.utils import timezone

from lms.accounts.models import Person
from lms.demo.population.draw import identity
from lms.demo.population.institutions import SEED, institution
from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.models import Organisation, Role
from parcours.classroom.lifecycle import SEATED, SessionState
from parcours.classroom.models import Session
from parcours.paperwork import actions
from parcours.paperwork.documents.texts import default_text
from parcours.paperwork.engine.money import totals
from parcours.paperwork.lifecycle import PayerKind, TextKind
from parcours.paperwork.models import Convention, Delivery, HouseText, Invoice, SessionPaper

SESSIONS, MOST_PEOPLE = 2, 14
HELD = (SessionState.PUBLISHED, SessionState.CLOSED)
VALID_DAYS = 45


def populate_paperwork() -> int:
    """How many papers are ordered; their bytes are made by jobs. A second run orders none."""
    organisation = institution("training")
    manager = Person.objects.filter(
        memberships__organisation=organisation, memberships__role=Role.TRAINING_MANAGER
    ).first()
    if manager is None or HouseText.objects.filter(organisation=organisation).exists():
        return 0
    for kind in TextKind:
        actions.publish_text(organisation, kind, default_text(kind), by=manager)
    for session in _held(organisation):
        actions.order_batch(session, by=manager)
        _bill(session, manager)
        _hand(session)
    _ask_the_referente(organisation, manager)
    return SessionPaper.objects.count() + len(TextKind)


def _held(organisation):
    """Small ones, over, with every half-day locked."""
    found = Session.objects.filter(organisation=organisation, state__in=HELD, ends_at__lt=timezone.now())
    found = found.exclude(half_days__sheet=None).exclude(half_days__sheet__state="running")
    seated = Count("registrations", filter=Q(registrations__state__in=SEATED), distinct=True)
    found = found.annotate(people=seated).filter(people__range=(1, MOST_PEOPLE))
    return list(found.order_by("-starts_at")[:SESSIONS])


def _hand(session):
    """Every trainee had the texts the week before; all but one said so."""
    handed = session.starts_at - datetime.timedelta(days=7)
    read = handed + datetime.timedelta(days=2)
    seated = list(session.registrations.filter(state__in=SEATED).order_by("pk"))
    texts = HouseText.objects.newest(session.organisation).values()
    Delivery.objects.bulk_create(
        Delivery(
            registration=one,
            text=text,
            delivered_at=handed,
            opened_at=read,
            acknowledged_at=None if one == seated[0] else read,
        )
        for one in seated
        for text in texts
    )


def _bill(session, manager):
    """Employers pay; of the first person, an OPCO pays a third."""
    seated = session.registrations.filter(state__in=SEATED).select_related("session", "employer")
    first, *others = seated.order_by("pk")
    for registration in others:
        actions.price_registration(registration, by=manager)
    if not session.price:
        return
    opco = institution("opco")
    share = (session.price / 3).quantize(Decimal("0.01"))
    told = {"payer_name": str(opco), "payer_siret": opco.siret, "agreement": "ACC-2026-00417"}
    parts = [
        _part(PayerKind.EMPLOYER, first.employer, session.price - share),
        {"payer_kind": PayerKind.OPCO, "amount": share} | told,
    ]
    price = actions.set_parts(first, parts, by=manager)
    if not Invoice.objects.exists():
        on = session.ends_at.date() + datetime.timedelta(days=6)
        values = {"number": "F-2026-0118", "issued_on": on, "payer_name": str(opco), "net": share, "vat": Decimal(0)}
        actions.record_invoice(session, parts=[price.parts.get(payer_kind=PayerKind.OPCO)], by=manager, **values)


def _part(kind, payer, amount):
    return {"payer_kind": kind, "payer_name": str(payer), "payer_siret": payer.siret, "amount": amount}


def _ask_the_referente(organisation, manager):
    """For a session to come where her structure sends somebody: a devis to accept, a convention to sign."""
    public_id = identity(SEED, "persona", "referente")
    structure = Organisation.objects.filter(
        memberships__person__public_id=public_id, memberships__role=Role.STRUCTURE_REFERENT
    ).first()
    if structure is None or not structure.siret or not structure.address:
        return
    coming = Session.objects.filter(organisation=organisation, starts_at__gt=timezone.now())
    session = coming.filter(registrations__employer=structure, registrations__state__in=SEATED).first()
    if session is None:
        return
    seats = session.registrations.filter(employer=structure, state__in=SEATED).count()
    until = timezone.localdate() + datetime.timedelta(days=VALID_DAYS)
    lines = [(f"{session.title}, par stagiaire"[:200], Decimal(seats), session.price)]
    actions.send_quote(session, structure, seats=seats, lines=lines, valid_until=until, by=manager)
    _convention(session, structure, seats, manager)


def _convention(session, structure, seats, manager):
    convention = actions.draft_convention(
        session,
        structure,
        seats=seats,
        totals=totals([(Decimal(seats), session.price)], session.organisation.vat_rate),
        by=manager,
        payment_terms=session.organisation.payment_terms,
        buyer_siret=structure.siret,
        service_code="FORMATION",
        engagement_number="EJ-2026-0042",
        terms="",
    )
    try:
        actions.send_convention(Convention.objects.for_page().get(pk=convention.pk), by=manager)
    except TransitionRefused:
        actions.cancel_convention(convention, by=manager)
