"""After the session: the organisme declares what was done and billed, explains what differs, answers the OPCO."""

from django.db import transaction
from django.utils import timezone

from certification.funding.actions.checking import recheck
from certification.funding.actions.drafting import add_piece
from certification.funding.actions.refusals import IN_HAND, held, moved_by_parties, refuse_if
from certification.funding.documents.comparison import comparison_of
from certification.funding.documents.invoices import invoices_for
from certification.funding.engine.comparing import key_of
from certification.funding.lifecycle import CLOSED, State, Why
from certification.funding.models import Beneficiary, Demande
from lms.kernel.journal import record

NO_CERTIFICATE = "Certificat de réalisation absent pour {who} : délivrez-le dans « Documents », puis déclarez."
NO_INVOICE = "Aucune facture n’est choisie : enregistrez-la dans « Documents », « Facturation », puis choisissez-la."
NOT_OURS = "Cette facture n’est pas de ce dossier : choisissez-en une de la session adressée à l’OPCO ou à l’employeur."
NOTHING = "Rien ne diffère pour cette personne : il n’y a rien à expliquer."
NO_WHY = "Choisissez la raison de l’écart."
SAY_MORE = "Dites en une phrase ce qui s’est passé."
NO_ANSWER = "Votre réponse est vide : écrivez-la."
EXPLAIN_LATER = "Un écart s’explique après la déclaration de service fait, tant que le dossier n’est pas clos."


@transaction.atomic
def declare_service(demande, *, invoice, billed, by) -> Demande:
    """`billed`: minutes by beneficiary. Raises TransitionRefused with the list of what lacks."""
    locked = held(demande)
    refuse_if("" if locked.is_announced else IN_HAND)
    with moved_by_parties(locked, "declare_service", by=by) as moved:
        refuse_if(_bill(locked, invoice, billed))
        moved.invoice, moved.service_declared_at = invoice, timezone.now()
    return recheck(moved)


def _bill(demande, invoice, billed) -> list[str]:
    """Keep what is billed for each; what lacks."""
    lines = comparison_of(demande).lines
    without = [one for one in lines if billed.get(one.beneficiary.pk) and not one.certificate]
    lacks = [NO_CERTIFICATE.format(who=one.person.full_name) for one in without]
    if invoice is None:
        lacks.append(NO_INVOICE)
    elif not invoices_for(demande).filter(pk=invoice.pk).exists():
        lacks.append(NOT_OURS)
    if not lacks:
        for line in lines:
            line.beneficiary.billed_minutes = billed.get(line.beneficiary.pk, 0)
        Beneficiary.objects.bulk_update([line.beneficiary for line in lines], ["billed_minutes"])
    return lacks


@transaction.atomic
def explain(beneficiary, *, why, note, by) -> Demande:
    """Attach a reason to what differs now; it falls when something else differs later."""
    demande = held(beneficiary.demande)
    closed = demande.service_declared_at is None or demande.state in CLOSED
    refuse_if(EXPLAIN_LATER if closed else "")
    refuse_if("" if why in Why.values else NO_WHY)
    refuse_if(SAY_MORE if why == Why.OTHER and not note.strip() else "")
    line = next(one for one in comparison_of(demande).lines if one.beneficiary.pk == beneficiary.pk)
    refuse_if("" if line.findings else NOTHING)
    held_row = line.beneficiary
    held_row.explanation, held_row.explanation_note = why, note.strip()[:300]
    held_row.explained_findings, held_row.explained_by = key_of(line.findings), by
    held_row.explained_at = timezone.now()
    held_row.save()
    codes = {"demande": demande.pk, "why": why, "findings": held_row.explained_findings}
    record("funding.explain", held_row, by=by, after=codes)
    return recheck(demande)


@transaction.atomic
def answer(demande, *, text, by, piece=None, invoice=None, billed=None) -> Demande:
    """To a complement or an anomaly; after the service was declared, the invoice may be another one.

    `piece`: file, kind and side of what is joined. Raises TransitionRefused, and then joins nothing.
    """
    refuse_if("" if text.strip() else NO_ANSWER)
    locked = held(demande)
    refuse_if("" if locked.is_announced else IN_HAND)
    with moved_by_parties(locked, _answering(locked), by=by) as moved:
        if piece is not None:
            add_piece(locked, by=by, **piece)
        _keep_answer(moved, text, by)
        if billed is not None and moved.service_declared_at:
            refuse_if(_bill(locked, invoice, billed))
            moved.invoice = invoice
    return recheck(moved)


def _answering(demande) -> str:
    if demande.state == State.ANOMALY:
        return "answer_anomaly"
    return "answer_service" if demande.service_declared_at else "answer_demande"


def _keep_answer(demande, text, by):
    decision = demande.decisions.announced().order_by("pk").last()
    decision.answer, decision.answered_by, decision.answered_at = text.strip()[:2000], by, timezone.now()
    decision.save(update_fields=["answer", "answered_by", "answered_at"])
