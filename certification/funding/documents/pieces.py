"""The pieces of a file and where each comes from: sealed here, or handed over."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from certification.funding.documents.comparison import invoice_is_ours
from certification.funding.lifecycle import PieceKind, State
from certification.funding.models import Piece
from lms.kernel.formats import weight
from lms.kernel.models import Paper
from lms.kernel.papers import kind_of
from parcours.emargement.models import Attendance
from parcours.paperwork.documents import kinds
from parcours.paperwork.lifecycle import ConventionState
from parcours.paperwork.models import SessionPaper

AGREED = (PieceKind.DEVIS, PieceKind.CONVENTION)


@dataclass(frozen=True)
class PieceShown:
    """`detail`: where it comes from. `paper`: the number of a paper sealed here; `piece`: a file handed over.

    `kind` names nobody, where `label` may.
    """

    label: str
    detail: str
    paper: str = ""
    piece: Piece | None = None
    at: datetime | None = None
    kind: str = ""
    sha256: str = ""

    @property
    def weight(self):
        return weight(self.piece.size) if self.piece else ""


def agreements_of(demande):
    """The devis and conventions sealed here for this employer, or for the one it was merged into, in this session."""
    return _standing().filter(_agreement(demande))


def papers_of(demande):
    """What an officer may open: agreements, the programme, the certificats of these people, their own sheets.

    A sheet that names somebody of another file is not one of them.
    """
    open_to = _agreement(demande) | _programme(demande) | _certificate(demande) | _sheet(demande)
    return (
        _standing()
        .filter(open_to)
        .defer("paper__content", "paper__twin_html")
        .select_related("paper", "registration__person", "half_day__session")
        .order_by("paper__kind", "pk")
    )


def _standing():
    return SessionPaper.objects.current().sealed()


def _agreement(demande) -> Q:
    employers = {demande.employer_id, demande.employer.standing().pk}
    agreed = (kinds.QUOTE.code, kinds.CONVENTION.code, kinds.SIGNED_CONVENTION.code)
    asked = Q(session=demande.session_id, employer__in=employers, paper__kind__in=agreed)
    return asked & ~Q(convention__state__in=(ConventionState.DRAFT, ConventionState.CANCELLED))


def _programme(demande) -> Q:
    return Q(session=demande.session_id, paper__kind=kinds.PROGRAMME.code)


def _certificate(demande) -> Q:
    whose = demande.beneficiaries.order_by().values("registration")
    return Q(registration__in=whose, paper__kind=kinds.CERTIFICATE.code) & ~Q(paper__state=Paper.State.REVOKED)


def _sheet(demande) -> Q:
    ours = demande.beneficiaries.order_by().values("registration")
    lines = Attendance.objects.order_by().filter(sheet__half_day__session=demande.session_id)
    named = lines.exclude(registration__in=ours).values("sheet__half_day")
    return Q(session=demande.session_id, paper__kind=kinds.SHEET.code) & ~Q(half_day__in=named)


def lacks_of_pieces(demande) -> list[str]:
    handed = demande.pieces.filter(kind__in=AGREED, withdrawn_at=None)
    if handed.exists() or agreements_of(demande).exists():
        return []
    return ["Ni devis ni convention : joignez l’un des deux, ou faites-le préparer ici par l’organisme de formation."]


def pieces_of(demande) -> list[PieceShown]:
    """Sealed here first, then what was handed over."""
    sealed = [
        PieceShown(
            _label(row),
            "délivré ici, scellé",
            paper=row.paper.number,
            at=row.paper.issued_at,
            kind=_kind(row),
            sha256=row.paper.sha256,
        )
        for row in papers_of(demande)
    ]
    handed = demande.pieces.filter(withdrawn_at=None)
    return sealed + [
        PieceShown(
            one.get_kind_display().capitalize(),
            f"remis par l’{one.get_side_display()}",
            piece=one,
            at=one.added_at,
            kind=one.get_kind_display().capitalize(),
            sha256=one.sha256,
        )
        for one in handed
    ]


def _kind(row) -> str:
    label = kind_of(row.paper).label
    return f"{label[:1].upper()}{label[1:]}"


def _label(row) -> str:
    if row.registration_id:
        return f"{_kind(row)} de {row.registration.person.full_name}"
    if row.half_day_id:
        return f"{_kind(row)} du {row.half_day.day:%d/%m/%Y}"
    return f"{_kind(row)} {row.paper.number}"


def invoice_is_open(demande) -> bool:
    """Whether the OPCO may open the file of the invoice: recorded with one, and with nobody else’s amount."""
    if demande.invoice_id is None or not demande.invoice.file or demande.announced_state == State.DRAFT:
        return False
    return invoice_is_ours(demande)
