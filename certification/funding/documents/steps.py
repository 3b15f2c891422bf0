"""What the employer or the organisme has to do next, in one sentence."""

from dataclasses import dataclass

from certification.funding.lifecycle import Side, State


@dataclass(frozen=True)
class Step:
    """`todo`: answer, service, or nothing when somebody else is awaited."""

    title: str
    text: str
    todo: str = ""


def step_of(demande, side) -> Step | None:
    state = demande.announced_state
    if state in (State.COMPLEMENT, State.ANOMALY):
        return Step("L’OPCO attend votre réponse", "Lisez sa demande ci-dessous, puis répondez.", "answer")
    if state in (State.GRANTED, State.PARTLY_GRANTED):
        return _of_agreement(demande, side)
    return WAITED.get(state)


def _of_agreement(demande, side) -> Step:
    if not demande.session_is_over:
        return Step("Votre demande est acceptée", "Quand la session sera finie, l’organisme déclarera le service fait.")
    if side == Side.TRAINING:
        text = "La session est finie : déclarez ce qui a été fait et facturé, pour que l’OPCO paie."
        return Step("Déclarez le service fait", text, "service")
    return Step("L’organisme déclare le service fait", "La session est finie : l’OPCO paiera ensuite.")


WAITED = {
    State.FILED: Step("L’OPCO examine la demande", "Vous recevrez un e-mail quand il aura répondu."),
    State.SERVICE: Step("L’OPCO contrôle le service fait", "Vous recevrez un e-mail quand il aura répondu."),
    State.VALIDATED: Step("Le service fait est validé", "L’OPCO enregistrera ici ses paiements."),
}
