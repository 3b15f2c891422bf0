"""The kinds of paper this product issues; each room registers its own."""

from dataclasses import dataclass

from lms.kernel.models.paper import PaperState


@dataclass(frozen=True)
class PaperKind:
    """`prefix` begins every number. `purpose` and `is_not` open the paper: what it is for, what it is not."""

    code: str
    label: str
    prefix: str
    pdf_template: str
    twin_template: str
    purpose: str
    is_not: str
    feminine: bool = False


KINDS: dict[str, PaperKind] = {}


def register(kind: PaperKind) -> PaperKind:
    for known in KINDS.values():
        if known != kind and (known.code == kind.code or known.prefix == kind.prefix):
            raise ValueError(f"Two kinds of paper are called {kind.code} or numbered {kind.prefix}")
    KINDS[kind.code] = kind
    return kind


def kind_of(paper) -> PaperKind:
    return KINDS[paper.kind]


def state_label(paper) -> str:
    """The state in a word that agrees with the name of the paper."""
    label = PaperState(paper.state).label
    return f"{label}e" if paper.is_revoked and kind_of(paper).feminine else label
