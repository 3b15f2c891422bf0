"""A file read piece by piece: agreement, signed half-days, online hours, certificats de réalisation, invoice."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone

from certification.funding.engine import comparing
from certification.funding.engine.comparing import Bill, Finding, Told, Validity
from certification.funding.lifecycle import CredentialKind, PieceKind, State, Why
from certification.funding.models import Beneficiary, Credential, Demande, Piece
from lms.kernel.formats import NBSP
from lms.kernel.models import Paper
from parcours.emargement.documents import Hours, hours_of
from parcours.paperwork.documents import kinds
from parcours.paperwork.documents.pieces import live_minutes, online_minutes
from parcours.paperwork.models import Invoice, Part, SessionPaper


@dataclass(frozen=True)
class Line:
    """One person: what each piece says, and what is found."""

    beneficiary: Beneficiary
    told: Told
    hours: Hours
    certificate: str
    findings: list[Finding]

    @property
    def person(self):
        return self.beneficiary.registration.person

    @property
    def is_explained(self):
        return bool(self.findings) and self.beneficiary.explained_findings == comparing.key_of(self.findings)

    @property
    def is_open(self):
        return bool(self.findings) and not self.is_explained

    @property
    def words(self) -> str:
        return " ; ".join(one.words for one in self.findings).replace(" ;", f"{NBSP};")

    @property
    def why(self) -> str:
        return Why(self.beneficiary.explanation).label if self.beneficiary.explanation else ""


@dataclass
class Comparison:
    lines: list[Line] = field(default_factory=list)
    of_file: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    """To verify, without being a mismatch."""
    admitted_keys: frozenset[str] = frozenset()
    bill: Bill = field(default_factory=Bill)

    @property
    def says_nothing_yet(self) -> bool:
        """Nobody has signed, worked online or been billed, and nothing is to be looked at: names are enough."""
        proven = any(line.told.signed or line.told.online or line.told.billed is not None for line in self.lines)
        return not proven and not any(line.findings for line in self.lines)

    @property
    def mismatches(self) -> int:
        return len(self.to_explain) + len(self.open_of_file)

    @property
    def explained(self) -> int:
        return sum(line.is_explained for line in self.lines) + len(self.admitted)

    @property
    def open_of_file(self) -> list[Finding]:
        return [one for one in self.of_file if one.key not in self.admitted_keys]

    @property
    def admitted(self) -> list[Finding]:
        """What an officer let pass, with a sentence; it holds for that amount alone."""
        return [one for one in self.of_file if one.key in self.admitted_keys]

    @property
    def to_judge(self) -> list[Finding]:
        return [one for one in self.open_of_file if one.code in comparing.JUDGED]

    @property
    def to_explain(self) -> list[Line]:
        return [line for line in self.lines if line.is_open]


def compared(demandes) -> dict[int, Comparison]:
    """By demande; in a number of queries that does not depend on how many they are, nor on how many people."""
    demandes = {one.pk: one for one in demandes}
    held = list(Beneficiary.objects.filter(demande__in=demandes).for_file())
    hours = hours_of({one.registration_id: one.registration for one in held}.values())
    certificates = _certificates({one.registration_id for one in held})
    found = {pk: Comparison(admitted_keys=frozenset(one.admitted.split(","))) for pk, one in demandes.items()}
    for one in held:
        demande = demandes[one.demande_id]
        found[demande.pk].lines.append(_line(one, demande, hours[one.registration_id], certificates))
    invoices, credentials = Invoices(demandes.values()), Credentials(demandes.values())
    for pk, demande in demandes.items():
        found[pk].bill = invoices.bill(demande, found[pk].lines)
        found[pk].of_file = _of_file(demande, found[pk], invoices, credentials)
        if is_asked(demande):
            found[pk].notes = comparing.notes_of_organisme(credentials.validity(demande, CredentialKind.QUALIOPI))
    return found


def comparison_of(demande) -> Comparison:
    return compared([demande])[demande.pk]


def _line(beneficiary, demande, hours, certificates) -> Line:
    number, certified = certificates.get(beneficiary.registration_id, ("", None))
    told = Told(
        granted=beneficiary.granted_minutes,
        signed=hours.signed_minutes,
        online=hours.distance_minutes,
        certified=certified,
        billed=beneficiary.billed_minutes,
        locked=hours.all_locked,
    )
    found = comparing.findings(told) if demande.service_declared_at else []
    return Line(beneficiary, told, hours, number, found)


def _certificates(registrations) -> dict[int, tuple[str, int]]:
    """Number and minutes of the certificat de réalisation in force, by registration."""
    rows = SessionPaper.objects.filter(registration__in=registrations).of_kind(kinds.CERTIFICATE.code).current()
    rows = rows.exclude(paper__state=Paper.State.REVOKED)
    told = rows.values_list("registration", "paper__number", "paper__content__minutes_done")
    return {registration: (number, minutes) for registration, number, minutes in told}


def is_asked(demande) -> bool:
    return demande.state in (State.FILED, State.COMPLEMENT) and not demande.service_declared_at


def _of_file(demande, comparison, invoices, credentials) -> list[Finding]:
    if demande.service_declared_at:
        late = [Finding("expired")] if demande.has_expired else []
        bare = [Finding("no_expenses")] if demande.subrogation is False and not invoices.has_expenses(demande) else []
        return late + comparing.findings_of_invoice(comparison.bill) + bare
    if is_asked(demande):
        kinds = (CredentialKind.QUALIOPI, CredentialKind.NDA)
        valid = [credentials.validity(demande, kind) for kind in kinds]
        return asked_findings(demande, len(comparison.lines)) + comparing.findings_of_organisme(*valid)
    return []


def asked_findings(demande, people) -> list[Finding]:
    return comparing.findings_of_asking(
        minutes=demande.minutes,
        planned=live_minutes(demande.session) + online_minutes(demande.session),
        cost=demande.cost,
        ceiling=ceiling_of(demande, people),
        late=demande.filed_late,
    )


def ceiling_of(demande, people) -> Decimal | None:
    """By the rules that stood when it was filed."""
    return comparing.ceiling(demande.minutes, people, demande.rules.get("caps", {}))


def due_of(demande, comparison) -> Decimal:
    """What the OPCO pays: what is billed, within the agreement and, unless admitted, the worth of the hours."""
    forgiven = any(one.code == "dear_hours" for one in comparison.admitted)
    worth = None if forgiven else worth_of(demande.granted_amount, comparison.lines)
    return comparing.payable(demande.granted_amount, comparison.bill.amount, worth)


def worth_of(amount, lines) -> Decimal | None:
    return comparing.earned(amount, ((line.told.granted, line.told.billed) for line in lines))


def invoice_is_ours(demande) -> bool:
    """Nobody else’s amount stands on it: only then may the OPCO open the file."""
    registrations = set(demande.beneficiaries.values_list("registration", flat=True))
    return demande.invoice_id is not None and Invoices([demande]).is_whole(demande, registrations)


class Credentials:
    """What the organismes of these files declared, read in one query; in none when none is before its agreement."""

    def __init__(self, demandes):
        self.known = defaultdict(list)
        wanted = {one.session.organisation_id for one in demandes if is_asked(one)}
        for one in Credential.objects.standing().filter(organisation__in=wanted) if wanted else ():
            self.known[one.organisation_id, one.kind].append(one)

    def validity(self, demande, kind) -> Validity:
        held = self.known[demande.session.organisation_id, kind]
        filed = timezone.localdate(demande.filed_at) if demande.filed_at else timezone.localdate()
        days = [day for day in (demande.starts_on, demande.ends_on) if day]
        return Validity(
            known=bool(held),
            at_filing=any(one.covers(filed) for one in held),
            at_session=all(any(one.covers(day) for one in held) for day in days),
        )


class Invoices:
    """What the invoices of these files bill, read in a few queries; without parts, an invoice is of its payer whole."""

    def __init__(self, demandes):
        demandes = list(demandes)
        wanted = {one.invoice_id for one in demandes if one.invoice_id}
        back = Sum("credits__gross", default=Decimal(0))
        self.known = {one.pk: one for one in Invoice.objects.filter(pk__in=wanted).annotate(back=back)}
        self.parts = {pk: [] for pk in wanted}
        names = ("invoices", "price", "payer_siret", "payer_name", "amount")
        for invoice, *part in Part.objects.filter(invoices__in=wanted).values_list(*names):
            self.parts[invoice].append(part)
        self.users = self._users([pk for pk, parts in self.parts.items() if not parts])
        self.with_expenses = self._with_expenses([one.pk for one in demandes if one.subrogation is False])

    def _users(self, whole) -> Counter:
        """How many files that are or may be paid rest on each of these invoices."""
        rows = Demande.objects.filter(invoice__in=whole).exclude(state=State.REJECTED)
        return Counter(rows.order_by().values_list("invoice", flat=True) if whole else ())

    def _with_expenses(self, pks) -> set[int]:
        handed = Piece.objects.filter(demande__in=pks, kind=PieceKind.EXPENSES, withdrawn_at=None)
        return set(handed.values_list("demande", flat=True)) if pks else set()

    def has_expenses(self, demande) -> bool:
        return demande.pk in self.with_expenses

    def bill(self, demande, lines) -> Bill:
        """To the OPCO, within the agreement; without subrogation to the employer, within the cost."""
        invoice = self.known.get(demande.invoice_id)
        if invoice is None:
            return Bill()
        most = demande.granted_amount if demande.subrogation else demande.cost
        return Bill(
            amount=self._amount(demande, invoice, {line.beneficiary.registration_id for line in lines}),
            most=most,
            earned=worth_of(most, lines),
            standing=invoice.back < invoice.gross,
            elsewhere=self.users[invoice.pk] > 1,
        )

    def _amount(self, demande, invoice, registrations) -> Decimal:
        if not self.parts[invoice.pk]:
            return invoice.gross - invoice.back
        ours = (amount for *part, amount in self.parts[invoice.pk] if is_ours(part, demande, registrations))
        return sum(ours, Decimal(0))

    def is_whole(self, demande, registrations) -> bool:
        return all(is_ours(part, demande, registrations) for *part, _ in self.parts[demande.invoice_id])


def is_ours(part, demande, registrations) -> bool:
    """Whether a part is of somebody of the file, paid by this OPCO or, without subrogation, by the employer."""
    registration, siret, name = part
    payers = [demande.opco] if demande.subrogation else [demande.employer, demande.employer.standing()]
    return registration in registrations and any(siret == one.siret if siret else name == str(one) for one in payers)
