"""A bordereau as the accounts read it: a file of payments, whose page prints the same."""

from lms.kernel.tables import write

HEADINGS = (
    "Bordereau",
    "Dossier",
    "Accord",
    "Bénéficiaire du paiement",
    "SIRET",
    "Facture",
    "Montant",
    "Payé le",
    "Référence",
)


def write_bordereau(out, form, bordereau) -> None:
    """Bodies and amounts; nobody who was trained is named."""
    write(out, form, HEADINGS, (_row(bordereau, line) for line in bordereau.lines.for_page()), title=bordereau.number)


def _row(bordereau, line):
    paid = line.payment if line.payment and not line.payment.decision.withdrawn_at else None
    return (
        bordereau.number,
        line.demande.number,
        line.demande.agreement_number,
        line.payee,
        line.siret,
        line.invoice,
        line.amount,
        paid.paid_on if paid else None,
        paid.reference if paid else "",
    )
