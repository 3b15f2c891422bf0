"""What the pieces of a file say of each person, side by side, and what does not match, in words. Pure.

Durations are in minutes, amounts in euros. What is not known is None.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal

CENT = Decimal("0.01")
NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Told:
    """What each piece says of one person: the agreement, the signed half-days, the étapes finished online, the
    certificat de réalisation, the invoice."""

    granted: int | None = None
    signed: int = 0
    online: int = 0
    certified: int | None = None
    billed: int | None = None
    locked: bool = True

    @property
    def done(self) -> int:
        return self.signed + self.online


@dataclass(frozen=True)
class Finding:
    """`amount`: minutes, or cents for those that speak of money."""

    code: str
    amount: int = 0

    @property
    def key(self) -> str:
        return f"{self.code}:{self.amount}"

    @property
    def words(self) -> str:
        return WORDS[self.code](self.amount)

    @property
    def remedy(self) -> str:
        """What somebody may do about it, or nothing when the words say it."""
        return REMEDIES.get(self.code, "")


def findings(told: Told) -> list[Finding]:
    """What does not match for one person, the gravest first; nothing while nothing is billed nor certified."""
    found = []
    if not told.locked and (told.billed or told.certified):
        found.append(Finding("unlocked"))
    if told.billed is not None:
        found += _of_billing(told)
    if told.certified is not None and told.certified != told.done:
        found.append(Finding("certificate", told.certified - told.done))
    return found


def _of_billing(told: Told) -> list[Finding]:
    found = []
    if told.billed > told.done:
        found.append(Finding("not_done", told.billed - told.done))
    if told.granted is not None and told.billed > told.granted:
        found.append(Finding("beyond", told.billed - told.granted))
    if told.billed and told.certified is None:
        found.append(Finding("no_certificate"))
    return found


@dataclass(frozen=True)
class Bill:
    """What an invoice asks for the people of one file, in euros: `amount` is None without any invoice.

    `most`: what it may ask at all; `earned`: what the hours that it bills are worth by the agreement.
    `standing`: it was not wholly credited since; `elsewhere`: the same invoice, whole, is that of another file.
    """

    amount: Decimal | None = None
    most: Decimal | None = None
    earned: Decimal | None = None
    standing: bool = True
    elsewhere: bool = False


def findings_of_invoice(bill: Bill) -> list[Finding]:
    if bill.amount is None:
        return [Finding("no_invoice")]
    if not bill.standing:
        return [Finding("credited")]
    if not bill.amount:
        return [Finding("nothing_billed")]
    found = [Finding("elsewhere")] if bill.elsewhere else []
    within = bill.amount
    if bill.most is not None and bill.amount > bill.most:
        found.append(Finding("money_beyond", cents(bill.amount - bill.most)))
        within = bill.most
    if bill.earned is not None and within > bill.earned:
        found.append(Finding("dear_hours", cents(within - bill.earned)))
    return found


def earned(amount: Decimal | None, hours_of_people: Iterable[tuple[int | None, int | None]]) -> Decimal | None:
    """The part of `amount` that the minutes billed of each person are worth: granted, then billed; rounded up."""
    known = [(granted, billed or 0) for granted, billed in hours_of_people if granted]
    whole = sum(granted for granted, _ in known)
    if amount is None or not whole:
        return None
    done = sum(min(granted, billed) for granted, billed in known)
    return (amount * done / whole).quantize(CENT, ROUND_UP)


@dataclass(frozen=True)
class Validity:
    """What an organisme declared of a credential: `known`, and whether it holds on the day of the filing, then from the
    first day to the last of the session."""

    known: bool = False
    at_filing: bool = False
    at_session: bool = False

    @property
    def code(self) -> str:
        if not self.known:
            return "unknown"
        if not self.at_filing:
            return "not_filing"
        return "" if self.at_session else "not_session"


def findings_of_organisme(qualiopi: Validity, nda: Validity) -> list[Finding]:
    """Known not to hold: a mismatch. The dates of a declaration of activity may be unsaid: its number is enough."""
    found = []
    for name, one in (("qualiopi", qualiopi), ("nda", nda)):
        if one.known and one.code:
            found.append(Finding(f"{name}_{one.code}"))
    return found


def notes_of_organisme(qualiopi: Validity) -> list[Finding]:
    """To verify elsewhere: it is no mismatch that nobody said it here."""
    return [] if qualiopi.known else [Finding("qualiopi_unknown")]


def findings_of_asking(
    *, minutes: int, planned: int, cost: Decimal, ceiling: Decimal | None, late: bool
) -> list[Finding]:
    """Before any agreement: what is asked, beside what the session plans and what the rules allow."""
    found = []
    if minutes > planned:
        found.append(Finding("longer", minutes - planned))
    if ceiling is not None and cost > ceiling:
        found.append(Finding("dearer", cents(cost - ceiling)))
    if late:
        found.append(Finding("late"))
    return found


def ceiling(minutes: int, people: int, caps: dict) -> Decimal | None:
    """The most that the rules grant: so many euros an hour, within so many hours for each person."""
    if not caps.get("per_hour"):
        return None
    most = Decimal(str(caps.get("hours_per_person") or 0)) * 60
    counted = min(minutes, most) if most else minutes
    return (Decimal(str(caps["per_hour"])) * counted / 60 * people).quantize(CENT, ROUND_HALF_UP)


def payable(granted: Decimal | None, billed: Decimal | None, worth: Decimal | None = None) -> Decimal:
    """What is billed, within what was granted and, when it is known, what the hours billed are worth."""
    known = [one for one in (granted, billed, worth) if one is not None]
    return min(known) if known else Decimal("0.00")


def key_of(found: Iterable[Finding]) -> str:
    """What an explanation is bound to: it holds no longer once something else differs."""
    return ",".join(sorted(one.key for one in found))


def cents(amount: Decimal) -> int:
    return int((amount * 100).to_integral_value())


def hours(minutes: int) -> str:
    whole, rest = divmod(abs(minutes), 60)
    if not whole:
        return f"{rest}{NBSP}min"
    return f"{whole}{NBSP}h{NBSP}{rest:02d}" if rest else f"{whole}{NBSP}h"


def euros(amount: int) -> str:
    return f"{amount / 100:,.2f}".replace(",", NBSP).replace(".", ",") + f"{NBSP}€"


def _plural(minutes: int) -> str:
    """« 1 h 20 facturée », « 40 min facturées », « 3 h 30 facturées »."""
    whole, rest = divmod(minutes, 60)
    return "" if whole == 1 or (not whole and rest == 1) else "s"


def _certificate(minutes: int) -> str:
    way = "de plus" if minutes > 0 else "de moins"
    return f"certificat{NBSP}: {hours(minutes)} {way} que les heures faites"


WORDS = {
    "unlocked": lambda _: "une demi-journée n’est pas verrouillée",
    "not_done": lambda m: f"{hours(m)} facturée{_plural(m)} non faite{_plural(m)}",
    "beyond": lambda m: f"{hours(m)} facturée{_plural(m)} au-delà de l’accord",
    "no_certificate": lambda _: "certificat de réalisation absent",
    "certificate": _certificate,
    "no_invoice": lambda _: "aucune facture enregistrée",
    "credited": lambda _: "la facture a été annulée par un avoir",
    "money_beyond": lambda amount: f"{euros(amount)} facturés au-delà de l’accord",
    "nothing_billed": lambda _: "cette facture ne demande rien au payeur de ce dossier",
    "elsewhere": lambda _: "cette facture est aussi celle d’un autre dossier",
    "dear_hours": lambda amount: f"{euros(amount)} facturés de plus que ne valent les heures facturées",
    "longer": lambda m: f"{hours(m)} demandée{_plural(m)} de plus que la session n’en prévoit",
    "dearer": lambda amount: f"{euros(amount)} demandés au-delà du plafond",
    "late": lambda _: "déposée après le début de la session",
}

WORDS |= {
    "no_expenses": lambda _: "relevé de dépenses de l’employeur absent",
    "expired": lambda _: "service fait déclaré après la fin de l’accord",
    "qualiopi_unknown": lambda _: "certificat Qualiopi non renseigné par l’organisme",
    "qualiopi_not_filing": lambda _: "certificat Qualiopi non valable le jour du dépôt",
    "qualiopi_not_session": lambda _: "certificat Qualiopi non valable pendant toute la session",
    "nda_not_filing": lambda _: "déclaration d’activité non valable le jour du dépôt",
    "nda_not_session": lambda _: "déclaration d’activité non valable pendant toute la session",
}
JUDGED = ("expired", "dear_hours", "no_expenses")
"""What an officer may admit with a sentence, as the rules of her OPCO allow; the rest is for its author to correct."""
_RENEW = "Demandez à l’organisme le justificatif qui couvre ces dates, par un complément."
OF_ASKING = {
    "longer": "Accordez en partie les heures prévues, ou demandez le programme qui porte les autres.",
    "dearer": "Accordez en partie, dans la limite du plafond, ou dites pourquoi vous allez au-delà.",
    "late": "La formation a déjà commencé : la demande reste recevable si votre OPCO l’admet.",
    "qualiopi_unknown": "Vérifiez-le sur la liste publique des organismes, ou demandez-le par un complément.",
    "qualiopi_not_filing": _RENEW,
    "qualiopi_not_session": _RENEW,
    "nda_not_filing": _RENEW,
    "nda_not_session": _RENEW,
}
OF_SERVICE = {
    "expired": "Demandez pourquoi, admettez-le si votre OPCO prolonge l’accord, ou rejetez le paiement.",
    "nothing_billed": "Demandez une facture adressée à qui paie l’organisme, selon l’accord.",
    "elsewhere": "Demandez une facture par dossier, ou une facture détaillée par personne.",
    "dear_hours": "Demandez une facture corrigée, ou admettez-le si votre OPCO finance au forfait.",
    "no_expenses": "L’employeur a avancé : demandez-le-lui par un complément, ou admettez-le.",
}
REMEDIES = OF_ASKING | OF_SERVICE
