"""What the accountant needs to make the invoices: the product makes none."""

import json
from dataclasses import dataclass
from decimal import Decimal

from parcours.classroom.lifecycle import SEATED
from parcours.emargement.documents import hours_of
from parcours.paperwork.documents import kinds
from parcours.paperwork.engine.money import net_of, shares
from parcours.paperwork.lifecycle import ConventionState
from parcours.paperwork.models import Convention, Invoice, Part

HEADINGS = (
    "Session",
    "Début",
    "Fin",
    "Stagiaire",
    "Employeur",
    "Payeur",
    "Nature du payeur",
    "SIRET du payeur",
    "Code service",
    "Numéro d’engagement",
    "Numéro d’accord",
    "Convention",
    "Certificat de réalisation",
    "Heures réalisées",
    "Part hors taxes",
    "TVA",
    "Part toutes taxes comprises",
    "Facture",
)


@dataclass(frozen=True)
class BillingLine:
    """One payer's part of one registration."""

    part: Part
    convention: Convention | None
    certificate: str
    minutes: int
    invoice: Invoice | None
    vat_rate: Decimal

    @property
    def registration(self):
        return self.part.price.registration

    @property
    def net(self) -> Decimal:
        return net_of(self.part.amount, self.vat_rate)

    @property
    def vat(self) -> Decimal:
        return self.part.amount - self.net

    @property
    def service_code(self):
        return self.part.service_code or (self.convention.service_code if self._buyer_pays else "")

    @property
    def engagement_number(self):
        return self.part.engagement_number or (self.convention.engagement_number if self._buyer_pays else "")

    @property
    def _buyer_pays(self):
        return self.convention is not None and self.part.payer_siret == self.convention.buyer_siret

    @property
    def hours(self) -> Decimal:
        """Decimal hours, as accountants count them."""
        return (Decimal(self.minutes) / 60).quantize(Decimal("0.01"))

    def row(self) -> tuple:
        session, part = self.registration.session, self.part
        first, last = (at.astimezone(session.tzinfo).date() for at in (session.starts_at, session.ends_at))
        return (
            session.title,
            first,
            last,
            self.registration.person.full_name,
            str(self.registration.employer),
            part.payer_name,
            part.get_payer_kind_display(),
            part.payer_siret,
            self.service_code,
            self.engagement_number,
            part.agreement,
            self.convention.paper.number if self.convention and self.convention.paper else "",
            self.certificate,
            self.hours,
            self.net,
            self.vat,
            part.amount,
            self.invoice.number if self.invoice else "",
        )


def price_of(registration) -> Decimal:
    """Its share of the convention in force, to the cent, or the price of the session."""
    session = registration.session
    in_force = (ConventionState.SENT, ConventionState.SIGNED)
    convention = (
        session.conventions.filter(buyer=registration.employer_id, state__in=in_force).order_by("version").last()
    )
    if convention is None:
        return session.price
    held = session.registrations.filter(employer=registration.employer_id, state__in=SEATED)
    ranks = list(held.order_by("pk").values_list("pk", flat=True))
    if registration.pk not in ranks:
        return session.price
    parts = shares(convention.gross, max(convention.seats, len(ranks)))
    return parts[ranks.index(registration.pk)]


def billing_of(session) -> list[BillingLine]:
    """Every part of every registration; in a number of queries that does not depend on how many they are."""
    parts = Part.objects.filter(price__registration__session=session)
    parts = parts.select_related("price__registration__person", "price__registration__employer")
    parts = list(parts.order_by("price__registration__employer__name", "price__registration__person__last_name", "pk"))
    for part in parts:
        part.price.registration.session = session
    certificates = certificates_of(session)
    hours = hours_of({part.price.registration_id: part.price.registration for part in parts}.values())
    agreed = conventions_in_force(session)
    billed = _billed(session)
    rate = session.organisation.vat_rate
    return [
        BillingLine(
            part,
            agreed.get(part.price.registration.employer_id),
            certificates.get(part.price.registration_id, ""),
            hours[part.price.registration_id].total_minutes,
            billed.get(part.pk),
            rate,
        )
        for part in parts
    ]


def conventions_in_force(session) -> dict:
    """The last convention sent to each buyer."""
    found = session.conventions.filter(state__in=(ConventionState.SENT, ConventionState.SIGNED))
    return {one.buyer_id: one for one in found.select_related("session_paper__paper").order_by("version")}


def certificates_of(session) -> dict[int, str]:
    """The number of the certificat de réalisation in force, by registration."""
    rows = session.session_papers.of_kind(kinds.CERTIFICATE.code).current()
    return dict(rows.values_list("registration", "paper__number"))


def _billed(session) -> dict[int, Invoice]:
    """By part, the invoice that stands: one that was credited bills no more."""
    found = Invoice.objects.filter(session=session).standing().prefetch_related("parts")
    return {part.pk: one for one in found for part in one.parts.all()}


def as_json(session, lines) -> str:
    """The same lines for a program: amounts as texts with a point, days as 2026-11-22."""
    keys = (
        *("session", "starts_on", "ends_on", "trainee", "employer", "payer", "payer_kind", "payer_siret"),
        *("service_code", "engagement_number", "agreement", "convention", "certificate", "hours"),
        *("net", "vat", "gross", "invoice"),
    )
    rows = [dict(zip(keys, map(_plain, line.row()), strict=True)) for line in lines]
    seller = {"name": str(session.organisation), "siret": session.organisation.siret}
    return json.dumps(
        {"seller": seller, "session": str(session.public_id), "lines": rows}, ensure_ascii=False, indent=2
    )


def _plain(value):
    return value if isinstance(value, str) else str(value)


@dataclass(frozen=True)
class Payer:
    """What one payer owes for the session, and what was already billed."""

    name: str
    siret: str
    due: Decimal
    billed: Decimal

    @property
    def left(self) -> Decimal:
        return self.due - self.billed


def payers_of(lines) -> list[Payer]:
    """Those who pay the most first."""
    found: dict[tuple[str, str], list[BillingLine]] = {}
    for line in lines:
        found.setdefault((line.part.payer_name, line.part.payer_siret), []).append(line)
    payers = [
        Payer(name, siret, _sum(held), _sum(line for line in held if line.invoice))
        for (name, siret), held in found.items()
    ]
    return sorted(payers, key=lambda payer: (-payer.due, payer.name))


def _sum(lines) -> Decimal:
    return sum((line.part.amount for line in lines), Decimal("0.00"))
