"""What an officer may do with a file now: one thing first, the others after, or a sentence."""

from dataclasses import dataclass, field, replace
from datetime import date

from django.utils import timezone

from certification.funding.lifecycle import State, Verdict
from certification.funding.models import BordereauLine, Decision
from lms.kernel.formats import date_short

V = Verdict
LABELS = {
    V.GRANT: "Accorder",
    V.PART: "Accorder en partie",
    V.REFUSE: "Refuser",
    V.COMPLEMENT: "Demander un complément",
    V.VALIDATE: "Valider le service fait",
    V.ANOMALY: "Signaler une anomalie",
    V.PAY: "Enregistrer un paiement",
    V.REJECT: "Rejeter le paiement",
}
SLUGS = {
    V.GRANT: "accorder",
    V.PART: "accorder-en-partie",
    V.REFUSE: "refuser",
    V.COMPLEMENT: "demander-un-complement",
    V.VALIDATE: "valider",
    V.ANOMALY: "signaler-une-anomalie",
    V.PAY: "payer",
    V.REJECT: "rejeter",
}
AWAITING = (State.COMPLEMENT, State.ANOMALY)
VERDICT_OF_SLUG = {slug: verdict for verdict, slug in SLUGS.items()}
AWAITED = "Une réponse est attendue jusqu’au {day} : vous pourrez conclure sans elle ensuite."
IN_BORDEREAU = "Ce dossier est dans le bordereau {number}, pas encore payé : notez-y plutôt son paiement."
UNANSWERED = "Personne n’a répondu, et rien n’oblige à attendre plus longtemps : vous pouvez conclure."
WAITS = {
    State.GRANTED: "Rien à décider : l’organisme déclarera le service fait quand la session sera finie.",
    State.PARTLY_GRANTED: "Rien à décider : l’organisme déclarera le service fait quand la session sera finie.",
    State.REFUSED: "Ce dossier est clos : la demande est refusée.",
    State.PAID: "Ce dossier est clos : il est payé.",
    State.PARTLY_PAID: "Ce dossier est clos : il est soldé, payé en partie.",
    State.REJECTED: "Ce dossier est clos : le paiement est rejeté.",
    State.CANCELLED: "Ce dossier est clos : la demande est annulée.",
}


@dataclass(frozen=True)
class Choice:
    label: str
    slug: str


ADMIT = Choice("Admettre l’écart, avec une phrase", "admettre")


@dataclass(frozen=True)
class Offer:
    """`pending`: a decision to take back. `sentence`: why there is no more."""

    first: Choice | None = None
    others: list[Choice] = field(default_factory=list)
    sentence: str = ""
    pending: Decision | None = None


def offer_of(demande, comparison, conflict, decisions) -> Offer:
    """`conflict`: why this person cannot decide at all, or nothing."""
    if conflict:
        return Offer(sentence=conflict)
    if pending := next((one for one in decisions if one.is_pending), None):
        return Offer(pending=pending)
    if demande.state == State.FILED:
        return _offer(V.GRANT, V.PART, V.COMPLEMENT, V.REFUSE)
    if demande.state == State.SERVICE:
        return _of_service(comparison)
    if demande.state in AWAITING:
        return _of_silence(demande)
    if demande.state == State.VALIDATED:
        return _of_payment(demande, comparison)
    if demande.state == State.PARTLY_PAID and not demande.settled:
        return _offer(V.PAY, sentence=_changed(comparison) or _in_bordereau(demande))
    return Offer(sentence=WAITS[demande.state])


def awaited_until(demande) -> date | None:
    """The last day left to answer what was asked; None once it has passed, or when none was given."""
    if demande.state not in AWAITING:
        return None
    asked = demande.decisions.announced().order_by("pk").last()
    day = asked and asked.reply_by
    return day if day and day >= timezone.localdate() else None


def awaited_words(demande) -> str:
    day = awaited_until(demande)
    return AWAITED.format(day=date_short(day)) if day else ""


def _of_silence(demande) -> Offer:
    if awaited := awaited_words(demande):
        return Offer(sentence=awaited)
    end = V.REJECT if demande.service_declared_at else V.REFUSE
    return Offer(others=[_choice(end)], sentence=UNANSWERED)


def _of_service(comparison) -> Offer:
    if not comparison.mismatches:
        return _offer(V.VALIDATE, V.COMPLEMENT, V.ANOMALY, V.REJECT)
    return _admitting(comparison, _offer(V.COMPLEMENT, V.ANOMALY, V.REJECT, sentence=_blocked(comparison)))


def _of_payment(demande, comparison) -> Offer:
    if changed := _changed(comparison):
        return _admitting(comparison, _offer(V.ANOMALY, V.PAY, V.REJECT, sentence=changed))
    return _offer(V.PAY, V.REJECT, sentence=_in_bordereau(demande))


def _admitting(comparison, found) -> Offer:
    return replace(found, others=[*found.others, ADMIT]) if comparison.to_judge else found


def _blocked(comparison) -> str:
    names = [line.person.full_name for line in comparison.to_explain]
    if not names:
        way = "corrigé, ou que vous l’aurez admis" if comparison.to_judge else "corrigé"
        return f"Le dossier pourra être validé quand ce qui diffère sera {way}."
    whose = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} et {names[-1]}"
    what = "l’écart" if len(names) == 1 else "les écarts"
    verb = "sera expliqué" if len(names) == 1 else "seront expliqués"
    return f"Le dossier pourra être validé quand {what} de {whose} {verb}, ou la facture corrigée."


def _in_bordereau(demande) -> str:
    line = BordereauLine.objects.to_pay().filter(demande=demande).select_related("bordereau").first()
    return IN_BORDEREAU.format(number=line.bordereau) if line else ""


def _changed(comparison) -> str:
    if not comparison.mismatches:
        return ""
    return "Les pièces ont changé depuis la validation : lisez l’écart avant de payer."


def _offer(first, *others, sentence="") -> Offer:
    return Offer(_choice(first), [_choice(one) for one in others], sentence)


def _choice(verdict) -> Choice:
    return Choice(LABELS[verdict], SLUGS[verdict])
