"""What a devis says: who buys, what, at what price, until when."""

from lms.kernel.formats import date_long, number
from parcours.paperwork.documents.pieces import (
    content_of,
    dates_lines,
    euros,
    facts,
    lines,
    parties,
    planned,
    rate,
    table,
)


def quote_content(quote) -> dict:
    session = quote.session
    told = session.organisation
    blocks = [
        facts(
            [
                ("Client", [str(quote.buyer), quote.buyer.full_address, _siret(quote.buyer)]),
                ("Formation", session.title),
                ("Durée", planned(session)),
                ("Dates et lieux", dates_lines(session)),
                ("Stagiaires", number(quote.seats)),
                ("Valable jusqu’au", date_long(quote.valid_until)),
            ]
        ),
        priced(quote),
        facts([("TVA", told.vat_mention), ("Règlement", told.payment_terms), ("Précisions", quote.note)]),
        lines(
            "Pour accepter : en ligne, dans l’espace de votre structure, ou en y déposant ce devis signé, précédé de "
            "la mention « bon pour accord ». Le représentant indique son nom et sa qualité.",
            title="Acceptation",
        ),
        parties(
            (f"Pour {told}", [told.signatory_name, told.signatory_role]),
            (f"Pour {quote.buyer}", ["Nom, qualité, date et signature, si le devis est accepté sur papier."]),
        ),
    ]
    return content_of(session, blocks, holder=str(quote.buyer))


def priced(quote) -> dict:
    totals = quote.totals
    rows = [
        (
            line.label,
            number(line.quantity, 0 if line.quantity == int(line.quantity) else 2),
            euros(line.unit_price),
            euros(line.quantity * line.unit_price),
        )
        for line in quote.lines.all()
    ]
    rows += [
        ("Total hors taxes", "", "", euros(totals.net)),
        (f"TVA, {rate(quote.vat_rate)}", "", "", euros(totals.vat)),
    ]
    return table(
        ("Désignation", "Quantité", "Prix unitaire hors taxes", "Montant hors taxes"),
        rows,
        widths=(80, 20, 35, 35),
        right=(1, 2, 3),
        title="Prix",
        total=("Total toutes taxes comprises", "", "", euros(totals.gross)),
    )


def _siret(organisation):
    return f"SIRET {organisation.spaced_siret}" if organisation.siret else ""
