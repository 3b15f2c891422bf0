"""What a file says of itself, in pairs of a term and a value."""

from certification.funding.documents.comparison import due_of
from certification.funding.lifecycle import TO_PAY, Origin
from lms.kernel.formats import NBSP, date_short, duration, instant
from parcours.paperwork.documents.conventions import spaced
from parcours.paperwork.documents.pieces import euros


def facts_of(demande, left=None, ceiling=None, fictional=False, announced=False) -> list[tuple[str, str]]:
    """`announced`: as the employer and the organisme read it, nothing that is not notified."""
    session = demande.session
    told = [
        ("Organisme de formation", f"{session.organisation}, déclaration d’activité {session.organisation.nda or '–'}"),
        ("Employeur", f"{demande.employer}, SIRET {spaced(demande.siret) or '–'}, IDCC{NBSP}{demande.idcc or '–'}"),
        ("OPCO", str(demande.opco)),
        ("Action", f"{session.title}, {_dates(demande)}"),
        ("Durée par personne", duration(demande.minutes)),
        ("Coût demandé", euros(demande.cost)),
    ]
    if ceiling is not None:
        told.append(("Plafond au dépôt", f"{euros(ceiling)}{' (règle fictive, à confirmer)' if fictional else ''}"))
    if demande.agreement_is_announced if announced else demande.has_agreement:
        told += _agreement(demande)
    if left is not None and demande.state in TO_PAY:
        told.append(("À payer", f"{euros(demande.due_amount)}, dont {euros(left)} restent dus"))
    if demande.filed_late:
        told.append(("Dépôt", "formation déjà commencée"))
    return told


def amounts_of(demande, comparison) -> list[tuple[str, str]]:
    """What is granted, billed and worth, side by side; nothing before the service is declared."""
    if not demande.service_declared_at:
        return []
    bill = comparison.bill
    told = [
        ("Montant accordé", euros(demande.granted_amount)),
        ("Facturé pour ce dossier", "–" if bill.amount is None else euros(bill.amount)),
    ]
    if bill.earned is not None:
        told.append(("Valeur des heures facturées", euros(bill.earned)))
    if demande.due_amount is None and bill.amount is not None:
        told.append(("Serait à payer", euros(due_of(demande, comparison))))
    return told


def _dates(demande) -> str:
    if not (demande.starts_on and demande.ends_on):
        return "dates à donner"
    if demande.starts_on == demande.ends_on:
        return f"le {date_short(demande.starts_on)}"
    return f"du {date_short(demande.starts_on)} au {date_short(demande.ends_on)}"


def _agreement(demande) -> list[tuple[str, str]]:
    paid = (
        f"{demande.session.organisation}, par subrogation"
        if demande.subrogation
        else f"{demande.employer}, qui a payé l’organisme et se fait rembourser"
    )
    number = f"numéro {demande.agreement_number}, du {date_short(demande.agreed_on)}"
    return [
        ("Accord", f"{Origin(demande.agreement_origin).label}{NBSP}: {number}"),
        ("Montant accordé", euros(demande.granted_amount)),
        ("Payeur effectif de l’organisme", str(demande.opco if demande.subrogation else demande.employer)),
        ("L’OPCO paie", paid),
        ("Reste à la charge de l’employeur", euros(demande.left_to_employer)),
        ("Accord valable jusqu’au", date_short(demande.expires_on) if demande.expires_on else "–"),
    ]


def anomaly_facts(demande, decision) -> list[tuple[str, str]]:
    session = demande.session
    return [
        ("Signalé le", instant(decision.at)),
        ("Par", f"{decision.by.full_name}, {demande.opco}"),
        ("Organisme de formation", f"{session.organisation}, déclaration d’activité {session.organisation.nda or '–'}"),
        ("Employeur", f"{demande.employer}, SIRET {spaced(demande.siret) or '–'}"),
        ("Action", f"{session.title}, {_dates(demande)}"),
        ("Accord", f"numéro {demande.agreement_number or '–'}"),
        ("Facture", demande.invoice.number if demande.invoice else "–"),
    ]
