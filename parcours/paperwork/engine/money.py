"""Amounts in euros, as Decimal: rounded once, to the cent, half up; what is shared out always adds up. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Totals:
    net: Decimal
    vat: Decimal

    @property
    def gross(self) -> Decimal:
        return self.net + self.vat


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def totals(lines: Iterable[tuple[Decimal, Decimal]], rate: Decimal) -> Totals:
    """`lines` of quantity and unit price before VAT; `rate` as a percentage."""
    net = sum((cents(quantity * price) for quantity, price in lines), ZERO)
    return Totals(net, cents(net * rate / 100))


def net_of(gross: Decimal, rate: Decimal) -> Decimal:
    """What is left of an amount all taxes included without its VAT."""
    return cents(gross * 100 / (100 + rate))


def shares(amount: Decimal, count: int) -> list[Decimal]:
    """`count` amounts that add up to `amount`, none more than a cent above another; the first ones get the cents."""
    whole, rest = divmod(int(amount / CENT), count)
    return [(whole + (rank < rest)) * CENT for rank in range(count)]
