"""What the pieces of a file say of each person, side by side, and what does not match, in words. Pure.

Durations are in minutes, amounts in euros. What is not known is None.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

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


def findings_of_invoice(granted: Decimal | None, billed: Decimal | None, *, standing: bool) -> list[Finding]:
    """`standing`: it was not wholly credited since."""
    if billed is None:
        return [Finding("no_invoice")]
    if not standing:
        return [Finding("credited")]
    if granted is not None and billed > granted:
        return [Finding("money_beyond", cents(billed - granted))]
    return []


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
    counted = min(minutes, int(caps.get("hours_per_person") or minutes) * 60 or minutes)
    return (Decimal(str(caps["per_hour"])) * counted / 60 * people).quantize(Decimal("0.01"))


def payable(granted: Decimal | None, billed: Decimal | None) -> Decimal:
    """What is billed, within what was granted."""
    known = [one for one in (granted, billed) if one is not None]
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
    "longer": lambda m: f"{hours(m)} demandée{_plural(m)} de plus que la session n’en prévoit",
    "dearer": lambda amount: f"{euros(amount)} demandés au-delà du plafond",
    "late": lambda _: "déposée après le début de la session",
}
