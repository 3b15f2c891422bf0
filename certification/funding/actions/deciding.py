"""What an officer decides is notified after a delay; until then she takes it back, and nothing was sent."""

import hashlib
import uuid
from contextlib import contextmanager
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from certification.funding.actions.checking import recheck
from certification.funding.actions.refusals import held, refuse_if
from certification.funding.documents.comparison import comparison_of, due_of
from certification.funding.documents.evidence import evidence_of
from certification.funding.documents.offers import awaited_words
from certification.funding.documents.rules import WITHDRAWAL
from certification.funding.lifecycle import FUNDING, Origin, State, Verdict
from certification.funding.models import Decision, Demande
from certification.funding.permissions import conflict_of
from lms.kernel.files import gone_with_commit
from lms.kernel.formats import time_short
from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.kernel.rules import current

PENDING = "La décision précédente part à {at} : retirez-la, ou attendez qu’elle soit notifiée."
TOO_LATE = "La décision est notifiée : elle ne se retire plus. Écrivez à l’employeur et à l’organisme de formation."
NONE_PENDING = "Aucune décision n’attend d’être notifiée."
NOTHING_GRANTED = "Rien ne serait accordé : donnez des heures et un montant, ou refusez la demande."
NO_MORE_HOURS = "Les heures accordées dépassent celles qui sont demandées : corrigez-les."
NO_MORE_MONEY = "Le montant accordé dépasse celui qui est demandé : corrigez-le."
NOT_PART = "Tout ce qui est demandé serait accordé : choisissez « Accorder », ou réduisez les heures ou le montant."
NOT_WHOLE = "Ce montant ou ces heures sont en dessous de la demande : choisissez « Accorder en partie »."
NO_NUMBER = "Un accord transcrit porte le numéro que votre système lui a donné : écrivez-le."
TO_COME = "La date de l’accord est à venir : notez ce qui est déjà décidé."
EXPIRED = "L’accord expirerait avant la fin de l’action : choisissez une date plus lointaine."


@contextmanager
def deciding(demande, move, verdict, *, by, **said):
    """Lock, look for a conflict and for another decision to notify, move, and post the notification.

    Yields the row and the decision; whoever decides of a file that nobody has takes it in charge.
    `said`: reason, sentence, reply_by, evidence.
    """
    with transaction.atomic():
        locked = held(demande)
        refuse_if(conflict_of(by, locked))
        waiting = locked.decisions.pending().first()
        refuse_if(PENDING.format(at=time_short(timezone.localtime(waiting.notify_at))) if waiting else "")
        refuse_if(awaited_words(locked))
        with FUNDING.moving(locked, move, by=by, after={"verdict": str(verdict)}) as moved:
            now = timezone.now()
            notify_at = now + timedelta(minutes=max(0, current(WITHDRAWAL.code)))
            decision = Decision.objects.create(
                demande=moved, verdict=verdict, by=by, at=now, notify_at=notify_at, **said
            )
            moved.waiting_since = now
            moved.officer = moved.officer or by
            yield moved, decision
        key = f"funding.notify_decision:{decision.pk}"
        post("funding.notify_decision", decision.pk, key=key, due_at=notify_at)


@transaction.atomic
def grant(demande, *, by, partly=False, minutes=None, amount=None, people=None, **agreement) -> Demande:
    """Record an agreement, taken here or transcribed. `minutes` for each of `people`, all of them by default.

    `agreement`: origin, number, agreed_on, file, subrogation, expires_on, sentence. Raises TransitionRefused.
    """
    sentence = agreement.pop("sentence", "")
    demande = held(demande)
    minutes = demande.minutes if minutes is None else minutes
    amount = demande.cost if amount is None else amount
    everybody = set(demande.beneficiaries.values_list("pk", flat=True))
    chosen = everybody if people is None else {one.pk for one in people} & everybody
    whole = minutes == demande.minutes and amount == demande.cost and chosen == everybody
    refuse_if(_agreement_refusals(demande, minutes, amount, agreement))
    refuse_if((NOT_PART if partly else "") if whole else ("" if partly else NOT_WHOLE))
    move, verdict = ("part", Verdict.PART) if partly else ("grant", Verdict.GRANT)
    with deciding(demande, move, verdict, by=by, sentence=sentence) as (moved, _):
        _hold(moved, amount, **agreement)
        moved.beneficiaries.exclude(pk__in=chosen).update(granted_minutes=0)
        moved.beneficiaries.filter(pk__in=chosen).update(granted_minutes=minutes)
    return moved


def _agreement_refusals(demande, minutes, amount, agreement):
    yield "" if minutes and amount else NOTHING_GRANTED
    yield NO_MORE_HOURS if minutes > demande.minutes else ""
    yield NO_MORE_MONEY if amount > demande.cost else ""
    transcribed = agreement.get("origin") == Origin.TRANSCRIBED
    yield NO_NUMBER if transcribed and not agreement.get("number") else ""
    on = agreement.get("agreed_on")
    yield TO_COME if on and on > timezone.localdate() else ""
    expires_on = agreement.get("expires_on")
    yield EXPIRED if expires_on and demande.ends_on and expires_on < demande.ends_on else ""


def _hold(
    moved, amount, *, origin=Origin.HERE, number="", agreed_on=None, file=None, subrogation=None, expires_on=None
):
    transcribed = origin == Origin.TRANSCRIBED
    moved.agreement_origin = origin
    moved.agreement_number = number if transcribed else moved.number
    moved.agreed_on = agreed_on if transcribed and agreed_on else timezone.localdate()
    moved.granted_amount = amount
    moved.subrogation = moved.subrogation_asked if subrogation is None else subrogation
    days = moved.rules.get("agreement_days") or 365
    moved.expires_on = expires_on or max(moved.agreed_on, moved.ends_on) + timedelta(days=days)
    if transcribed and file is not None:
        moved.agreement_sha256 = hashlib.sha256(file.data).hexdigest()
        moved.agreement_file.save(f"{uuid.uuid4()}.pdf", ContentFile(file.data), save=False)


def refuse(demande, *, by, reason, sentence) -> Demande:
    with deciding(demande, "refuse", Verdict.REFUSE, by=by, reason=reason, sentence=sentence) as (moved, _):
        pass
    return moved


def ask_complement(demande, *, by, sentence, reply_by=None) -> Demande:
    said = {"sentence": sentence, "reply_by": reply_by}
    with deciding(demande, "complement", Verdict.COMPLEMENT, by=by, **said) as (moved, _):
        pass
    return moved


@transaction.atomic
def validate(demande, *, by) -> Demande:
    """The pieces are read once more: raises TransitionRefused when something to explain is left."""
    recheck(demande)
    with deciding(demande, "validate", Verdict.VALIDATE, by=by) as (moved, _):
        moved.due_amount = _due(moved)
    return moved


def _due(demande):
    known = held(demande)
    return due_of(known, comparison_of(known))


@transaction.atomic
def signal_anomaly(demande, *, by, sentence, reply_by=None) -> Demande:
    """What the pieces say at this moment is kept with it, and the fingerprint of each of them."""
    said = {"sentence": sentence, "reply_by": reply_by, "evidence": evidence_of(held(demande))}
    with deciding(demande, "anomaly", Verdict.ANOMALY, by=by, **said) as (moved, _):
        pass
    return moved


def reject(demande, *, by, reason, sentence) -> Demande:
    with deciding(demande, "reject", Verdict.REJECT, by=by, reason=reason, sentence=sentence) as (moved, _):
        pass
    return moved


@transaction.atomic
def withdraw(demande, *, by) -> Demande:
    """Take back what is not notified yet: nothing leaves, the file is where it was."""
    locked = held(demande)
    refuse_if(conflict_of(by, locked))
    decision = locked.decisions.pending().first()
    last = locked.decisions.standing().last()
    refuse_if("" if decision else (TOO_LATE if last else NONE_PENDING))
    refuse_if(TOO_LATE if decision.notify_at <= timezone.now() else "")
    move = f"back_to_{locked.announced_state}"
    with FUNDING.moving(locked, move, by=by, after={"decision": decision.pk}) as moved:
        decision.withdrawn_at, decision.withdrawn_by = timezone.now(), by
        decision.save(update_fields=["withdrawn_at", "withdrawn_by"])
        _undo(moved, decision)
        moved.waiting_since = _since(moved)
    return moved


def _since(demande):
    """When it came where it is: the last thing that was said of it, and not taken back."""
    told = demande.decisions.announced().order_by("pk").values_list("at", "answered_at").last() or ()
    return max(at for at in (demande.filed_at, demande.service_declared_at, *told) if at)


def _undo(moved, decision):
    if decision.verdict in (Verdict.GRANT, Verdict.PART):
        moved.agreement_origin = moved.agreement_number = moved.agreement_sha256 = ""
        gone_with_commit(moved.agreement_file)
        moved.agreement_file = ""
        moved.agreed_on = moved.granted_amount = moved.subrogation = moved.expires_on = None
        moved.beneficiaries.update(granted_minutes=None)
    elif decision.verdict == Verdict.VALIDATE:
        moved.due_amount = None
    elif decision.verdict in (Verdict.PAY, Verdict.CORRECT):
        moved.settled = is_settled(moved)


def is_settled(demande) -> bool:
    """A payment that still counts closed the file for less than what was due."""
    return demande.payments.to_correct().filter(settles=True).exists()


@transaction.atomic
def notify(decision_pk) -> Decision | None:
    """Tell the employer and the organisme; nothing when it was withdrawn, or is notified already."""
    decision = Decision.objects.select_related("demande").get(pk=decision_pk)
    demande = held(decision.demande)
    decision.refresh_from_db()
    if not decision.is_pending:
        return None
    decision.notified_at = timezone.now()
    decision.save(update_fields=["notified_at"])
    Demande.objects.filter(pk=demande.pk).update(announced_state=demande.state)
    if demande.state == State.REFUSED:
        demande.beneficiaries.update(live=False)
    elif demande.state in (State.ANOMALY, State.REJECTED):
        Demande.objects.filter(pk=demande.pk).update(due_amount=None)
    record("funding.notify", demande, after={"decision": decision.pk, "state": demande.state})
    return decision
