from django.db import transaction
from django.utils import timezone

from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from parcours.classroom.lifecycle import SEATED
from parcours.paperwork.actions.issuing import issue, refuse_if, retire
from parcours.paperwork.actions.signing import sign
from parcours.paperwork.documents import conventions, kinds
from parcours.paperwork.documents.mentions import buyer_refusals, mentions_refusals
from parcours.paperwork.documents.pieces import digest, nbsp
from parcours.paperwork.engine.money import Totals
from parcours.paperwork.lifecycle import AGREEING, ConventionState, Party
from parcours.paperwork.models import Convention, PaperSignature

OPEN = (ConventionState.DRAFT, ConventionState.SENT, ConventionState.SIGNED)
NEWER = "une nouvelle version la remplace."
CHANGED = (
    "Depuis l’envoi, la session ou la liste des stagiaires a changé : l’organisme doit vous envoyer une nouvelle "
    "version de la convention."
)
CONTENT_STATEMENT = "Pour {party}, je signe cette convention ; l’empreinte de ce qu’elle dit est {sha256}."


@transaction.atomic
def draft_convention(session, buyer, *, seats, totals: Totals, by, quote=None, replaces=None, **terms) -> Convention:
    """A first version, or the next one of a convention already sent.

    `terms`: payment_terms, buyer_siret, service_code, engagement_number, terms. Raises TransitionRefused.
    """
    if replaces is None and session.conventions.filter(buyer=buyer, state__in=OPEN).exists():
        raise TransitionRefused(
            [f"{buyer} a déjà une convention pour cette session : préparez-en une nouvelle version."]
        )
    if replaces and (replaces.state not in (ConventionState.SENT, ConventionState.SIGNED) or replaces.has_next):
        raise TransitionRefused(
            ["Cette convention a déjà une version suivante, ou n’a pas été envoyée : modifiez celle-là."]
        )
    if replaces:
        Convention.objects.filter(replaces=replaces, state=ConventionState.CANCELLED).update(replaces=None)
    convention = Convention.objects.create(
        session=session,
        buyer=buyer,
        seats=seats,
        vat_rate=session.organisation.vat_rate,
        net=totals.net,
        vat=totals.vat,
        gross=totals.gross,
        quote=quote,
        replaces=replaces,
        version=replaces.version + 1 if replaces else 1,
        created_by=by,
        **terms,
    )
    record("paperwork.draft_convention", convention, by=by, after={"version": convention.version, "buyer": buyer.pk})
    return convention


@transaction.atomic
def amend_convention(convention, *, seats, totals: Totals, by, quote=None, **terms) -> Convention:
    """Change a draft; what was sent is changed by a new version. Raises TransitionRefused."""
    locked = Convention.objects.select_for_update(of=("self",), no_key=True).get(pk=convention.pk)
    if locked.state != ConventionState.DRAFT:
        raise TransitionRefused(["Cette convention est déjà envoyée : préparez-en une nouvelle version."])
    locked.seats, locked.quote = seats, quote
    locked.net, locked.vat, locked.gross = totals.net, totals.vat, totals.gross
    for name, value in terms.items():
        setattr(locked, name, value)
    locked.save()
    record("paperwork.amend_convention", locked, by=by)
    return locked


def trainees_of(convention) -> list[str]:
    seated = convention.session.registrations.filter(employer=convention.buyer, state__in=SEATED)
    found = seated.select_related("person").order_by("person__last_name", "person__first_name", "pk")
    return [one.person.full_name for one in found]


def sending_refusals(convention) -> list[str]:
    """What a convention lacks before the organisme signs it."""
    names = trainees_of(convention)
    missing = [*mentions_refusals(convention.session.organisation, kinds.CONVENTION), *buyer_refusals(convention.buyer)]
    if not names:
        missing.append(f"Personne de {convention.buyer} n’est inscrit à cette session.")
    elif len(names) != convention.seats:
        missing.append(
            f"La convention compte {convention.seats} stagiaires et {len(names)} sont inscrits : accordez les deux."
        )
    return missing


@transaction.atomic
def send_convention(convention, *, by, factor="") -> Convention:
    """The organisme signs what it freezes, then the buyer is told. Raises TransitionRefused with the list."""
    refuse_if(sending_refusals(convention))
    organisation = convention.session.organisation
    with AGREEING.moving(convention, "send_convention", by=by) as locked:
        content = conventions.convention_content(convention, trainees_of(convention))
        locked.content_sha256 = digest(content)
        first = PaperSignature(
            party=Party.ISSUER, name=organisation.signatory_name, role=organisation.signatory_role, at=timezone.now()
        )
        first.factor = factor
        about = {"employer": convention.buyer}
        if takes_over_at_once(convention):
            about |= {"replaces": convention.replaces.session_paper, "reason": NEWER}
        locked.session_paper = issue(
            kinds.CONVENTION,
            convention.session,
            key=f"paperwork.convention:{convention.pk}",
            content=conventions.sent_content(convention, content, first),
            by=by,
            **about,
        )
        _sign_for_issuer(locked, first, by)
    if takes_over_at_once(convention):
        with AGREEING.moving(convention.replaces, "replace_convention", by=by):
            pass
    post("paperwork.tell_buyer", "convention", locked.pk, key=f"paperwork.tell_buyer:convention:{locked.pk}")
    return locked


def takes_over_at_once(convention) -> bool:
    """A version nobody has signed yet is over as soon as the next is sent; a signed one binds until the next is."""
    return convention.replaces is not None and convention.replaces.state == ConventionState.SENT


def _take_over(convention, by):
    old = convention.replaces
    if old is None or old.state != ConventionState.SIGNED:
        return
    with AGREEING.moving(old, "replace_convention", by=by):
        pass
    rows = (convention.session_paper, old.session_paper), (convention.signed_paper, old.signed_paper)
    for row, before in rows:
        row.replaces, row.reason = before, NEWER
        row.save(update_fields=["replaces", "reason"])
        retire(before.paper, by=by)


def _sign_for_issuer(convention, first, by):
    told = CONTENT_STATEMENT.format(party=convention.session.organisation, sha256=convention.content_sha256)
    sign(
        convention.session_paper,
        Party.ISSUER,
        by=by,
        name=first.name,
        role=first.role,
        statement=nbsp(told),
        sha256=convention.content_sha256,
        factor=first.factor,
        at=first.at,
    )


def has_changed(convention) -> bool:
    """Whether what was sent is no longer what would be sent."""
    now = conventions.convention_content(convention, trainees_of(convention))
    return digest(now) != convention.content_sha256


@transaction.atomic
def sign_convention(convention, *, by, name, role, factor="", file=None) -> Convention:
    """The buyer signs, online or by the signed file; a copy with both signatures is then made.

    Raises TransitionRefused: signed already, replaced, changed since it was sent.
    """
    refuse_if([CHANGED] if convention.state == ConventionState.SENT and has_changed(convention) else [])
    with AGREEING.moving(convention, "sign_convention", by=by) as locked:
        paper = convention.paper
        sign(
            convention.session_paper,
            Party.BUYER,
            by=by,
            name=name,
            role=role,
            statement=conventions.statement(convention.buyer, paper),
            sha256=paper.sha256,
            factor=factor,
            file=file,
        )
        locked.signed_paper = issue_signed_copy(convention, by=by)
    _take_over(locked, by)
    post("paperwork.tell_issuer", "convention", locked.pk, key=f"paperwork.tell_issuer:convention:{locked.pk}")
    return locked


def issue_signed_copy(convention, *, by):
    signatures = list(convention.session_paper.signatures.all())
    return issue(
        kinds.SIGNED_CONVENTION,
        convention.session,
        key=f"paperwork.convention_signed:{convention.pk}",
        content=conventions.signed_content(convention, signatures),
        by=by,
        employer=convention.buyer,
    )


@transaction.atomic
def cancel_convention(convention, *, by) -> Convention:
    with AGREEING.moving(convention, "cancel_convention", by=by) as locked:
        pass
    return locked


def next_convention(convention, *, by) -> Convention:
    """The draft of the next version, with the terms of this one and as many trainees as there are now."""
    names = ("payment_terms", "buyer_siret", "service_code", "engagement_number", "terms")
    return draft_convention(
        convention.session,
        convention.buyer,
        seats=len(trainees_of(convention)) or convention.seats,
        totals=Totals(convention.net, convention.vat),
        quote=convention.quote,
        replaces=convention,
        by=by,
        **{name: getattr(convention, name) for name in names},
    )
