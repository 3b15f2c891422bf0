"""Demandes made by the actions: prepared, filed, granted, declared, as each test needs them."""

import datetime
import html
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from certification.funding import actions
from certification.funding.lifecycle import CredentialKind, PieceKind, Side
from certification.funding.models import Decision, Demande
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import Job
from lms.organisations.models import Role
from parcours.paperwork import actions as papers
from parcours.paperwork.lifecycle import PayerKind
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.parcours.paperwork.factories import (
    PDF,
    hold,
    live_session,
    manager_of,
    organisme,
    pdf_file,
    referent_of,
    seat,
)

COST = Decimal("450.00")
MINUTES = 420


def an_opco(**values):
    return OrganisationFactory(kind="opco", **({"name": "OPCO d’essai"} | values))


def officer_of(opco):
    return MembershipFactory(organisation=opco, role=Role.OPCO_OFFICER).person


def credential_of(organisation, *, kind=CredentialKind.QUALIOPI, first=-200, last=900, **values):
    """A Qualiopi certificate from `first` to `last`, in days from now."""
    told = {"number": "Q-2026-1", "starts_on": in_days(first), "ends_on": in_days(last), "file": pdf_file()}
    return actions.record_credential(organisation, kind=kind, by=manager_of(organisation), **told | values)


def fresh(demande) -> Demande:
    return Demande.objects.for_page().get(pk=demande.pk)


def draft(*, opco=None, employer=None, session=None, people=1, days=20, by=None, side=Side.TRAINING) -> Demande:
    """`days`: from today to the session; negative once it is over."""
    session = session or live_session(organisme(), days=days)
    employer = employer or OrganisationFactory(name="CCAS de Dol")
    registrations = [seat(session, employer) for _ in range(people)]
    by = by or manager_of(session.organisation)
    demande = actions.start(session, employer=employer, opco=opco or an_opco(), side=side, by=by)
    actions.choose_people(demande, registrations, by=by)
    actions.describe(demande, by=by, idcc="1518", siret=employer.siret, minutes=MINUTES, cost=COST * people)
    actions.add_piece(demande, pdf_file(), kind=PieceKind.DEVIS, side=side, by=by)
    return fresh(demande)


def filed(**values) -> Demande:
    demande = draft(**values)
    return actions.file(demande, by=demande.created_by)


def announced(demande) -> Demande:
    """Its decision is notified, whatever the delay."""
    for decision in Decision.objects.filter(demande=demande).pending():
        actions.notify(decision.pk)
    return fresh(demande)


def granted(*, officer=None, **values) -> Demande:
    demande = filed(**values)
    return announced(actions.grant(demande, by=officer or officer_of(demande.opco)))


def held(*, absent=(), people=1, billed=None, **values) -> Demande:
    """Granted, held, certified, billed: the people at the ranks of `absent` missed the second half-day."""
    demande = granted(people=people, **({"days": -10} | values))
    by = manager_of(demande.session.organisation)
    whose = list(demande.beneficiaries.order_by("pk"))
    away = {(whose[rank].registration, 2) for rank in absent}
    hold(demande.session, *(one.registration for one in whose), absent=away)
    for one in whose:
        papers.issue_certificate(one.registration, by=by)
    invoice = invoice_of(demande, by=by)
    minutes = MINUTES if billed is None else billed
    bills = {one.pk: minutes for one in whose}
    return fresh(actions.declare_service(demande, invoice=invoice, billed=bills, by=by))


def invoice_of(demande, *, by, number=None, amount=None):
    """The OPCO pays all of it."""
    parts = []
    for one in demande.beneficiaries.select_related("registration__session", "registration__employer"):
        part = {
            "payer_kind": PayerKind.OPCO,
            "payer_name": str(demande.opco),
            "payer_siret": demande.opco.siret,
            "amount": COST,
        }
        parts += papers.set_parts(one.registration, [part], by=by, amount=COST).parts.all()
    values = {"number": number or f"F-{demande.number}", "issued_on": timezone.localdate(), "vat": Decimal(0)}
    told = values | {"payer_name": str(demande.opco), "net": amount or COST * len(parts)}
    return papers.record_invoice(demande.session, parts=parts if amount is None else [], by=by, **told)


def validated(**values) -> Demande:
    demande = held(**values)
    return announced(actions.validate(demande, by=officer_of(demande.opco)))


def today():
    return timezone.localdate()


def in_days(days):
    return today() + datetime.timedelta(days=days)


# --- What every test says ---------------------------------------------------------------------------------------------


def refused(act, *args, **values) -> str:
    with pytest.raises(TransitionRefused) as error:
        act(*args, **values)
    return " ".join(error.value.sentences)


def later(minutes):
    """What is to notify is due."""
    Decision.objects.pending().update(notify_at=timezone.now() - datetime.timedelta(minutes=minutes))
    Job.objects.filter(name="funding.notify_decision").update(due_at=timezone.now())


def pay(demande, amount, **values):
    told = {"amount": Decimal(amount), "paid_on": today(), "reference": "VIR-1"}
    return actions.pay(demande, by=officer_of(demande.opco), **told | values)


def plain(response) -> str:
    """The text of a page, its unbreakable spaces as spaces."""
    return html.unescape(response.content.decode()).replace("\u00a0", " ")


def pdf(name="devis.pdf"):
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def at(demande, slug=""):
    return f"/financement/dossiers/{demande.public_id}/{slug}{'/' if slug else ''}"


__all__ = ["referent_of"]
