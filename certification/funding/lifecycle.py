"""When a demande de prise en charge is filed, decided, checked, paid; what can be taken back before it is notified."""

from django.db import models

from lms.kernel.lifecycle import Lifecycle, Transition


class State(models.TextChoices):
    DRAFT = "draft", "brouillon"
    FILED = "filed", "déposée"
    COMPLEMENT = "complement", "complément demandé"
    GRANTED = "granted", "accordée"
    PARTLY_GRANTED = "partly_granted", "accordée en partie"
    REFUSED = "refused", "refusée"
    SERVICE = "service", "service fait déclaré"
    ANOMALY = "anomaly", "anomalie signalée"
    VALIDATED = "validated", "service fait validé"
    PAID = "paid", "payée"
    PARTLY_PAID = "partly_paid", "payée en partie"
    REJECTED = "rejected", "paiement rejeté"
    CANCELLED = "cancelled", "annulée"


class Side(models.TextChoices):
    """Who keeps the file of a demande."""

    EMPLOYER = "employer", "employeur"
    TRAINING = "training", "organisme de formation"


class Origin(models.TextChoices):
    HERE = "here", "pris ici"
    TRANSCRIBED = "transcribed", "transcrit du système de l’OPCO"


class Verdict(models.TextChoices):
    """What an officer says of a file."""

    GRANT = "grant", "accord"
    PART = "part", "accord en partie"
    REFUSE = "refuse", "refus"
    COMPLEMENT = "complement", "demande de complément"
    VALIDATE = "validate", "service fait validé"
    ANOMALY = "anomaly", "anomalie signalée"
    PAY = "pay", "paiement"
    REJECT = "reject", "rejet du paiement"
    CORRECT = "correct", "paiement corrigé"


class PieceKind(models.TextChoices):
    DEVIS = "devis", "devis"
    CONVENTION = "convention", "convention"
    PROGRAMME = "programme", "programme"
    INVOICE = "invoice", "facture"
    EXPENSES = "expenses", "relevé de dépenses"
    OTHER = "other", "autre pièce"


class CredentialKind(models.TextChoices):
    """What an organisme de formation shows to be paid by an OPCO."""

    QUALIOPI = "qualiopi", "certificat Qualiopi"
    NDA = "nda", "déclaration d’activité"


class Why(models.TextChoices):
    """Why what the pieces say differs."""

    SICK = "sick", "congé maladie"
    LEFT = "left", "départ de la structure"
    FORCE = "force", "force majeure"
    MISTAKE = "mistake", "erreur corrigée depuis"
    OTHER = "other", "autre raison"


WITH_AGREEMENT = (State.GRANTED, State.PARTLY_GRANTED)
TO_PAY = (State.VALIDATED, State.PAID, State.PARTLY_PAID)
WITH_SERVICE = (State.SERVICE, State.ANOMALY, State.REJECTED, *TO_PAY)
DEAD = (State.REFUSED, State.CANCELLED)
"""The registrations of these may be in another demande."""
CLOSED = (State.REFUSED, State.PAID, State.REJECTED, State.CANCELLED)
SETTLED = "Ce dossier est soldé : rien d’autre n’est à payer."


def not_settled(demande):
    return SETTLED if demande.settled else None


def asked_before_the_agreement(demande):
    if demande.service_declared_at:
        return "Le complément porte sur le service fait : répondez sur cette demande."
    return None


def asked_after_the_service(demande):
    if not demande.service_declared_at:
        return "Le complément porte sur la demande : répondez avant la déclaration de service fait."
    return None


def before_the_service(demande):
    if demande.service_declared_at:
        return "Le service fait est déclaré : rejetez plutôt le paiement."
    return None


def after_the_service(demande):
    if not demande.service_declared_at:
        return "Aucun service fait n’est déclaré : refusez plutôt la demande."
    return None


def session_is_over(demande):
    if not demande.session_is_over:
        return "La session n’est pas finie : le service fait se déclare ensuite."
    return None


def nothing_to_explain(demande):
    if demande.mismatches:
        many = "s" if demande.mismatches > 1 else ""
        return (
            f"{demande.mismatches} écart{many} à expliquer : demandez un complément, signalez une anomalie, "
            "ou attendez une facture corrigée."
        )
    return None


def differs_since(demande):
    if demande.state == State.VALIDATED and not demande.mismatches:
        return "Le service fait est validé et rien n’a changé depuis : il n’y a rien à signaler."
    return None


_S = State
_BACK = {
    _S.COMPLEMENT: (_S.REFUSED, _S.REJECTED),
    _S.ANOMALY: (_S.REJECTED,),
    _S.FILED: (_S.GRANTED, _S.PARTLY_GRANTED, _S.REFUSED, _S.COMPLEMENT),
    _S.SERVICE: (_S.VALIDATED, _S.ANOMALY, _S.REJECTED, _S.COMPLEMENT),
    _S.VALIDATED: (_S.PAID, _S.PARTLY_PAID, _S.ANOMALY, _S.REJECTED),
    _S.PARTLY_PAID: (_S.PAID, _S.PARTLY_PAID, _S.VALIDATED),
    _S.PAID: (_S.VALIDATED, _S.PARTLY_PAID),
}
FUNDING = Lifecycle(
    Transition("file", (_S.DRAFT,), _S.FILED, label="Déposer la demande"),
    Transition("grant", (_S.FILED,), _S.GRANTED, label="Accorder"),
    Transition("part", (_S.FILED,), _S.PARTLY_GRANTED, label="Accorder en partie"),
    Transition("refuse", (_S.FILED, _S.COMPLEMENT), _S.REFUSED, (before_the_service,), "Refuser"),
    Transition("complement", (_S.FILED, _S.SERVICE), _S.COMPLEMENT, label="Demander un complément"),
    Transition(
        "answer_demande",
        (_S.COMPLEMENT,),
        _S.FILED,
        (asked_before_the_agreement,),
        "Répondre à la demande de complément",
    ),
    Transition(
        "answer_service",
        (_S.COMPLEMENT,),
        _S.SERVICE,
        (asked_after_the_service,),
        "Répondre à la demande de complément",
    ),
    Transition("declare_service", WITH_AGREEMENT, _S.SERVICE, (session_is_over,), "Déclarer le service fait"),
    Transition("validate", (_S.SERVICE,), _S.VALIDATED, (nothing_to_explain,), "Valider le service fait"),
    Transition("anomaly", (_S.SERVICE, _S.VALIDATED), _S.ANOMALY, (differs_since,), "Signaler une anomalie"),
    Transition("answer_anomaly", (_S.ANOMALY,), _S.SERVICE, label="Répondre à l’anomalie"),
    Transition("pay", (_S.VALIDATED, _S.PARTLY_PAID), _S.PAID, (not_settled,), "Enregistrer un paiement"),
    Transition("pay_part", (_S.VALIDATED, _S.PARTLY_PAID), _S.PARTLY_PAID, (not_settled,), "Enregistrer un paiement"),
    Transition("correct", (_S.PAID, _S.PARTLY_PAID), _S.VALIDATED, label="Corriger un paiement"),
    Transition("correct_part", (_S.PAID, _S.PARTLY_PAID), _S.PARTLY_PAID, label="Corriger un paiement"),
    Transition(
        "reject",
        (_S.SERVICE, _S.VALIDATED, _S.COMPLEMENT, _S.ANOMALY),
        _S.REJECTED,
        (after_the_service,),
        "Rejeter le paiement",
    ),
    Transition(
        "cancel",
        (_S.DRAFT, _S.FILED, _S.COMPLEMENT, *WITH_AGREEMENT),
        _S.CANCELLED,
        label="Annuler la demande",
    ),
    *(
        Transition(f"back_to_{state.value}", sources, state, label="Retirer la décision")
        for state, sources in _BACK.items()
    ),
)


class Pile(models.TextChoices):
    """What an officer has before her; the values stand in addresses."""

    DECIDE = "a-decider", "À décider"
    WAITING = "complement", "Complément attendu"
    CHECK = "service-fait", "Service fait à contrôler"
    PAY = "a-payer", "À payer"
    CLOSED = "closes", "Closes"
    RUNNING = "accordees", "Accordées, formation à venir ou en cours"


STATES_OF_PILE = {
    Pile.DECIDE: (State.FILED,),
    Pile.WAITING: (State.COMPLEMENT, State.ANOMALY),
    Pile.CHECK: (State.SERVICE,),
    Pile.PAY: (State.VALIDATED, State.PARTLY_PAID),
    Pile.CLOSED: CLOSED,
    Pile.RUNNING: WITH_AGREEMENT,
}
