from lms.kernel.lifecycle import Lifecycle, Transition
from lms.kernel.models.paper import PaperState

LIFECYCLE = Lifecycle(
    Transition("seal_paper", (PaperState.RESERVED,), PaperState.SEALED),
    Transition("revoke_paper", (PaperState.SEALED,), PaperState.REVOKED, label="Révoquer"),
)
