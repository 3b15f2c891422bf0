"""A demande is prepared step by step, each saved, then filed; it is given up with a reason."""

import hashlib
import uuid

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from certification.funding.actions.checking import recheck
from certification.funding.actions.refusals import held, moved_by_parties, refuse_if
from certification.funding.documents.pieces import lacks_of_pieces
from certification.funding.documents.rules import AGREEMENT_DAYS, CAPS
from certification.funding.lifecycle import FUNDING, State
from certification.funding.models import Beneficiary, Demande, Piece
from certification.funding.models.demande import IDCC
from lms.kernel.counters import next_number
from lms.kernel.files import gone_with_commit
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.rules import current
from lms.organisations.engine.identifiers import nda_refusal, siret_refusal
from lms.organisations.lifecycle import Kind
from parcours.classroom.lifecycle import SEATED
from parcours.paperwork.documents.billing import price_of
from parcours.paperwork.documents.pieces import live_minutes, online_minutes

NOT_A_DRAFT = "Cette demande est déposée : elle ne se modifie plus. L’OPCO peut demander un complément."
NOT_AN_OPCO = "Cette organisation n’est pas un OPCO : choisissez celui dont relève l’employeur."
NOBODY = "Personne n’est choisi : cochez au moins une personne inscrite à cette session."
NOT_SEATED = "Une personne choisie n’a plus de place dans cette session : rechargez la page."
SEAT_LOST = "{who} n’a plus de place dans cette session : changez les personnes."
ELSEWHERE = (
    "{who} : déjà dans une autre demande pour cette session, déposée ou en préparation. Décochez, ou voyez avec "
    "l’employeur ou l’organisme de formation."
)
PIECE_GONE = "Cette pièce est déjà retirée."
MOST_PIECES = 12
ENOUGH_PIECES = f"Une demande porte {MOST_PIECES} pièces au plus : retirez-en une."


@transaction.atomic
def start(session, *, employer, opco, side, by) -> Demande:
    """A draft, filled with what is known; a second one for the same people is refused when they are chosen."""
    refuse_if("" if opco.kind == Kind.OPCO else NOT_AN_OPCO)
    first, last = (at and at.astimezone(session.tzinfo).date() for at in (session.starts_at, session.ends_at))
    demande = Demande.objects.create(
        session=session,
        employer=employer,
        opco=opco,
        side=side,
        siret=employer.siret,
        starts_on=first,
        ends_on=last,
        minutes=live_minutes(session) + online_minutes(session),
        created_by=by,
    )
    record("funding.start", demande, by=by, after={"session": session.pk, "employer": employer.pk, "opco": opco.pk})
    return demande


@transaction.atomic
def choose_people(demande, registrations, *, by) -> Demande:
    """Raises TransitionRefused: nobody, somebody who left, somebody of another demande."""
    locked = _draft(demande)
    chosen = list(eligible(locked).filter(pk__in=[one.pk for one in registrations]))
    refuse_if(NOBODY if not registrations else "")
    refuse_if(NOT_SEATED if len(chosen) < len(registrations) else "")
    refuse_if(_elsewhere(locked, chosen))
    locked.beneficiaries.exclude(registration__in=chosen).delete()
    known = set(locked.beneficiaries.values_list("registration", flat=True))
    try:
        with transaction.atomic():
            Beneficiary.objects.bulk_create(
                Beneficiary(demande=locked, registration=one) for one in chosen if one.pk not in known
            )
    except IntegrityError as error:
        raise TransitionRefused([ELSEWHERE.format(who="Une personne choisie")]) from error
    if not locked.cost:
        locked.cost = sum(price_of(one) for one in chosen)
        locked.save(update_fields=["cost"])
    record("funding.choose_people", locked, by=by, after={"registrations": sorted(one.pk for one in chosen)})
    return locked


def _elsewhere(demande, registrations) -> str:
    taken = Beneficiary.objects.filter(registration__in=registrations, live=True).exclude(demande=demande)
    who = [one.registration.person.full_name for one in taken.for_file()]
    return ELSEWHERE.format(who=", ".join(who)) if who else ""


def eligible(demande):
    """The people of this employer, or of the one it was merged into, who hold a seat in this session."""
    employers = {demande.employer_id, demande.employer.standing().pk}
    held_seats = demande.session.registrations.filter(employer__in=employers, state__in=SEATED)
    told = held_seats.select_related("person", "session", "employer")
    return told.order_by("person__last_name", "person__first_name", "pk")


@transaction.atomic
def describe(demande, *, by, **values) -> Demande:
    """`values`: siret, idcc, starts_on, ends_on, minutes, cost, subrogation_asked."""
    locked = _draft(demande)
    before = {name: _plain(getattr(locked, name)) for name in values}
    for name, value in values.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(values))
    record("funding.describe", locked, by=by, before=before, after={k: _plain(v) for k, v in values.items()})
    return locked


def _plain(value):
    return value if isinstance(value, bool | int | str | None) else str(value)


@transaction.atomic
def add_piece(demande, file, *, kind, side, by) -> Piece:
    """`file`: a CheckedFile. Pieces are added until the file is closed."""
    locked = held(demande)
    standing = locked.pieces.filter(withdrawn_at=None)
    closed = locked.state in (State.PAID, State.REJECTED, State.REFUSED, State.CANCELLED)
    refuse_if("Ce dossier est clos : il ne reçoit plus de pièce." if closed else "")
    refuse_if(ENOUGH_PIECES if standing.count() >= MOST_PIECES else "")
    piece = Piece(
        demande=locked,
        kind=kind,
        side=side,
        name=file.name,
        content_type=file.content_type,
        sha256=hashlib.sha256(file.data).hexdigest(),
        size=len(file.data),
        added_by=by,
    )
    piece.file.save(f"{uuid.uuid4()}", ContentFile(file.data), save=False)
    piece.save(force_insert=True)
    record("funding.add_piece", piece, by=by, after={"demande": locked.pk, "kind": kind, "sha256": piece.sha256})
    return piece


@transaction.atomic
def withdraw_piece(piece, *, by) -> Piece:
    """From a draft only: what was filed stays. Nobody reads the file any more: it goes."""
    _draft(piece.demande)
    piece = Piece.objects.select_related("demande").get(pk=piece.pk)
    refuse_if(PIECE_GONE if piece.withdrawn_at else "")
    gone_with_commit(piece.file)
    piece.withdrawn_at, piece.file = timezone.now(), ""
    piece.save(update_fields=["withdrawn_at", "file"])
    record("funding.withdraw_piece", piece, by=by, after={"demande": piece.demande_id})
    return piece


def filing_refusals(demande) -> list[str]:
    """All that lacks, at once."""
    if refusals := FUNDING.refusals(demande, "file"):
        return refusals
    return [one for one in _lacks(demande) if one]


def _lacks(demande):
    yield "" if demande.beneficiaries.exists() else NOBODY
    yield from _without_a_seat(demande)
    yield siret_refusal(demande.siret) or ""
    yield "" if IDCC.regex.search(demande.idcc) else IDCC.message
    yield "" if demande.starts_on and demande.ends_on else "Les dates de l’action manquent : donnez-les."
    yield "" if demande.minutes else "La durée par personne manque : donnez-la."
    yield "" if demande.cost else "Le coût demandé manque : donnez-le."
    yield from lacks_of_pieces(demande)
    if not demande.session.organisation.nda or nda_refusal(demande.session.organisation.nda):
        yield "L’organisme de formation n’a pas de numéro de déclaration d’activité : il doit le donner d’abord."


def _without_a_seat(demande):
    gone = demande.beneficiaries.for_file().exclude(registration__in=eligible(demande).values("pk"))
    for one in gone:
        yield SEAT_LOST.format(who=one.registration.person.full_name)


@transaction.atomic
def file(demande, *, by) -> Demande:
    """Number it and hand it to the OPCO. After the session has begun, it is filed all the same, and says so.

    Raises TransitionRefused with all that lacks.
    """
    locked = held(demande)
    refuse_if(filing_refusals(locked))
    with moved_by_parties(locked, "file", by=by) as moved:
        now = timezone.now()
        moved.filed_by, moved.filed_at = by, now
        moved.filed_late = locked.session_has_begun
        moved.rules = {"caps": current(CAPS.code), "agreement_days": current(AGREEMENT_DAYS.code)}
        year = timezone.localdate(now).year
        moved.number = f"{year}-{next_number(f'funding:{year}'):05d}"
    return recheck(moved)


@transaction.atomic
def cancel(demande, *, reason, by) -> Demande:
    with moved_by_parties(demande, "cancel", by=by) as moved:
        moved.cancel_reason = reason.strip()[:300]
    moved.beneficiaries.update(live=False)
    return moved


def _draft(demande) -> Demande:
    locked = held(demande)
    refuse_if("" if locked.state == State.DRAFT else NOT_A_DRAFT)
    return locked
