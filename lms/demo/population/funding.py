"""The files of the demonstration OPCO: every pile has some, two do not match among those to control."""

import io
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_DOWN, Decimal
from itertools import cycle, islice

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from reportlab.pdfgen import canvas

from certification.funding import actions
from certification.funding.lifecycle import CredentialKind, PieceKind, Side, Why
from certification.funding.models import Decision, Demande
from lms.accounts.models import Person
from lms.demo.population.draw import identity
from lms.demo.population.institutions import SEED, institution
from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.actions import add_member
from lms.organisations.models import Role
from parcours.assistance.engine.files import CheckedFile
from parcours.classroom.lifecycle import RegistrationState, SessionState
from parcours.classroom.models import Registration
from parcours.emargement.documents import hours_of
from parcours.paperwork import actions as papers
from parcours.paperwork.lifecycle import PayerKind

HELD = (
    *("mismatch", "service", "validated", "paid", "service", "mismatch", "explained", "part", "anomaly", "paid"),
    *("service", "validated", "late", "rejected", "paid", "service", "validated", "paid", "service", "part"),
    *("validated", "paid", "service", "paid", "validated", "paid", "service", "paid", "validated", "paid"),
)
COMING = (
    *("decide", "complement", "granted", "decide", "refused", "decide", "draft", "decide", "granted", "decide"),
    *("complement", "dear", "granted", "cancelled", "decide", "granted", "refused", "decide", "complement"),
    *("decide", "granted", "decide", "granted", "decide", "refused", "granted", "complement", "decide", "granted"),
    "decide",
)
FEWEST, MOST, WHOLE_POPULATION = 12, 300, 400
IDCC = ("1518", "2941", "9999", "1518", "1261")
STANDING = (SessionState.PUBLISHED, SessionState.CLOSED)
EXTRA_MINUTES = 210


@dataclass(frozen=True)
class Cast:
    """Who does what in these files; `devis` is the file each of them bears."""

    opco: object
    officer: Person
    manager: Person
    devis: CheckedFile


def populate_funding(*, people) -> int:
    """How many files; a second run adds none."""
    opco = institution("opco")
    if Demande.objects.filter(opco=opco).exists():
        return 0
    devis = CheckedFile("devis.pdf", "application/pdf", _pdf())
    cast = Cast(opco, _persona("gestionnaire-opco"), _manager(), devis)
    if cast.officer is None or cast.manager is None:
        return 0
    _credentials(cast)
    count = how_many(people)
    made = _files(cast, islice(cycle(HELD), count // 2), _groups(held=True, wanted=count // 2))
    coming = count - made
    made += _files(cast, islice(cycle(COMING), coming), _groups(held=False, wanted=coming))
    if made:
        _share(cast)
    return made


def how_many(people) -> int:
    """The pile of a real officer for the whole population, a short one for a small population."""
    return min(MOST, max(FEWEST, people**2 * MOST // WHOLE_POPULATION**2))


def _credentials(cast):
    """The organisme shows its Qualiopi certificate: it holds for most of the sessions."""
    home, today = institution("training"), timezone.localdate()
    if home.credentials.exists():
        return
    told = {"number": "QUAL-FICTIF-0001", "issuer": "Certificateur qualité fictif", "by": cast.manager}
    dates = {"starts_on": today - timedelta(days=900), "ends_on": today + timedelta(days=190)}
    actions.record_credential(home, kind=CredentialKind.QUALIOPI, **told, **dates)


def _share(cast):
    """Two files in three are followed by the officer, or were by a colleague; the others by nobody."""
    pks = list(
        Demande.objects.filter(opco=cast.opco).exclude(filed_at=None).order_by("pk").values_list("pk", flat=True)
    )
    Demande.objects.filter(pk__in=pks).update(officer=None)
    Demande.objects.filter(pk__in=pks[::3]).update(officer=cast.officer)
    Demande.objects.filter(pk__in=pks[1::3]).update(officer=_colleague(cast.opco))


def _files(cast, stages, groups) -> int:
    """One file for each stage, in the groups that may bear it."""
    made, groups = 0, list(groups)
    for rank, stage in enumerate(stages):
        while groups:
            try:
                with transaction.atomic():
                    _file(cast, stage, rank, groups.pop(0))
            except TransitionRefused:
                continue
            made += 1
            break
    return made


def _groups(*, held, wanted) -> list[list[Registration]]:
    """The seated people of one employer in one session: several first, in the sessions nearest to today.

    When they are fewer than `wanted`, each of the last people has a file of their own.
    """
    found = Registration.objects.filter(
        session__organisation=institution("training"),
        session__state__in=STANDING,
        state=RegistrationState.REGISTERED,
        price=None,
        enrolment__isnull=False,
    ).exclude(employer__siret="")
    now = timezone.now()
    found = found.filter(session__ends_at__lt=now) if held else found.filter(session__starts_at__gt=now)
    told = found.select_related("session__edition", "session__organisation", "employer", "person")
    groups: dict[tuple[int, int], list[Registration]] = {}
    for one in told.order_by("-session__starts_at" if held else "session__starts_at", "pk"):
        groups.setdefault((one.session_id, one.employer_id), []).append(one)
    together = sorted(groups.values(), key=lambda group: -min(len(group), 2))
    alone = []
    while together and len(together) + len(alone) < wanted:
        alone += [[one] for one in together.pop()]
    return together + alone


def _file(cast, stage, rank, group):
    first = group[0]
    referent = first.employer.memberships.active().filter(role=Role.STRUCTURE_REFERENT).first()
    side = Side.EMPLOYER if referent and rank % 2 else Side.TRAINING
    by = referent.person if side == Side.EMPLOYER else cast.manager
    demande = actions.start(first.session, employer=first.employer, opco=cast.opco, side=side, by=by)
    actions.choose_people(demande, group, by=by)
    cost = first.session.price * len(group) * (2 if stage == "dear" else 1)
    actions.describe(demande, by=by, idcc=IDCC[rank % len(IDCC)], cost=cost)
    actions.add_piece(demande, cast.devis, kind=PieceKind.DEVIS, side=side, by=by)
    if stage == "draft":
        return
    actions.file(demande, by=by)
    _go_on(cast, stage, demande, by)
    _date(demande, stage, rank)


def _go_on(cast, stage, demande, by):
    officer = cast.officer
    if stage in ("decide", "dear", "late"):
        return
    if stage == "cancelled":
        actions.cancel(demande, reason="La session ne convenait plus à l’équipe.", by=by)
    elif stage == "complement":
        said = "La convention n’est pas signée par l’employeur : joignez l’exemplaire signé des deux parties."
        actions.ask_complement(demande, by=officer, sentence=said)
    elif stage == "refused":
        told = {
            "reason": "l’enveloppe de l’année est épuisée",
            "sentence": "Vous pourrez déposer de nouveau en janvier.",
        }
        actions.refuse(demande, by=officer, **told)
    else:
        actions.grant(demande, by=officer)
        _notify(demande)
        if stage != "granted":
            _after_session(cast, stage, demande)
    _notify(demande)


def _after_session(cast, stage, demande):
    beneficiaries = list(demande.beneficiaries.select_related("registration__session", "registration__person"))
    hours = hours_of([one.registration for one in beneficiaries])
    billed = {one.pk: hours[one.registration_id].total_minutes for one in beneficiaries}
    if stage in ("mismatch", "anomaly", "explained"):
        billed[beneficiaries[0].pk] += EXTRA_MINUTES
    for one in beneficiaries:
        if billed[one.pk]:
            papers.issue_certificate(one.registration, by=cast.manager)
    invoice = _invoice(cast, demande, beneficiaries, billed)
    actions.declare_service(demande, invoice=invoice, billed=billed, by=cast.manager)
    if stage == "explained":
        actions.explain(beneficiaries[0], why=Why.SICK, note="", by=cast.manager)
    elif stage == "anomaly":
        said = "Des heures facturées ne sont pas prouvées : joignez une facture corrigée, ou expliquez l’écart."
        actions.signal_anomaly(demande, by=cast.officer, sentence=said)
    elif stage in ("validated", "part", "paid", "rejected"):
        actions.validate(demande, by=cast.officer)
        _notify(demande)
        _pay(cast, stage, demande)


def _invoice(cast, demande, beneficiaries, billed):
    """The OPCO pays the price of each, in proportion to the hours billed."""
    told = {"payer_kind": PayerKind.OPCO, "payer_name": str(cast.opco), "payer_siret": cast.opco.siret}
    parts = []
    for one in beneficiaries:
        share = Decimal(min(billed[one.pk], demande.minutes)) / demande.minutes
        amount = (demande.session.price * share).quantize(Decimal("0.01"), ROUND_DOWN)
        if not amount:
            continue
        price = papers.set_parts(one.registration, [told | {"amount": amount}], by=cast.manager, amount=amount)
        parts += price.parts.all()
    if not parts:
        raise TransitionRefused(["Rien n’est à facturer."])
    values = {
        "number": f"F-{demande.session.ends_at:%Y}-{1000 + demande.pk}",
        "issued_on": (demande.session.ends_at + timedelta(days=6)).date(),
        "payer_name": str(cast.opco),
        "net": sum(part.amount for part in parts),
        "vat": Decimal(0),
    }
    return papers.record_invoice(demande.session, parts=parts, by=cast.manager, **values)


def _pay(cast, stage, demande):
    if stage == "rejected":
        told = {"reason": "les pièces demandées n’ont pas été fournies", "sentence": "Le relevé de dépenses manque."}
        actions.reject(demande, by=cast.officer, **told)
    elif stage != "validated":
        left = actions.left_to_pay(Demande.objects.get(pk=demande.pk))
        amount = left if stage == "paid" else (left / 2).quantize(Decimal("0.01"))
        paid_on = timezone.localdate() - timedelta(days=demande.pk % 20)
        reference = f"VIR-{demande.pk:05d}"
        actions.pay(demande, amount=amount, paid_on=paid_on, reference=reference, by=cast.officer)


def _notify(demande):
    for decision in Decision.objects.filter(demande=demande).pending():
        actions.notify(decision.pk)


def _date(demande, stage, rank):
    """As if it had been filed before its session, and waited since for a while."""
    now = timezone.now()
    late, start = stage == "late", demande.session.starts_at
    filed_at = min(start + timedelta(days=2) if late else start - timedelta(days=21), now - timedelta(days=rank % 17))
    declared = min(demande.session.ends_at + timedelta(days=7), now - timedelta(days=1 + rank % 3))
    times = [
        min(filed_at + timedelta(days=5), now),
        *(min(declared + timedelta(days=3 * step), now) for step in (1, 2)),
    ]
    last = filed_at
    for at, decision in zip(times, demande.decisions.order_by("pk"), strict=False):
        Decision.objects.filter(pk=decision.pk).update(at=at, notify_at=at, notified_at=at)
        last = at
    held = Demande.objects.filter(pk=demande.pk)
    held.exclude(service_declared_at=None).update(service_declared_at=declared)
    held.exclude(agreed_on=None).update(agreed_on=times[0].date())
    since = max(last, declared) if stage in HELD and not late else last
    held.update(created_at=filed_at, filed_at=filed_at, filed_late=late, waiting_since=since)
    actions.recheck(demande)


def _persona(code) -> Person | None:
    return Person.objects.filter(public_id=identity(SEED, "persona", code)).first()


def _colleague(opco) -> Person:
    """Nobody signs in as this colleague, whose files are there to be taken over."""
    told = {"first_name": "Inès", "last_name": "Marchand", "email": "ines.marchand@opco-cohesion.example"}
    found, new = Person.objects.get_or_create(public_id=identity(SEED, "colleague", "opco"), defaults=told)
    if new:
        EmailAddress.objects.create(user=found, email=found.email, verified=True, primary=True)
        add_member(found, opco, role=Role.OPCO_OFFICER, by=None)
    return found


def _manager() -> Person | None:
    held = institution("training").memberships.active().filter(role=Role.TRAINING_MANAGER)
    first = held.select_related("person").first()
    return first and first.person


def _pdf() -> bytes:
    out = io.BytesIO()
    page = canvas.Canvas(out)
    page.setTitle("Devis fictif")
    page.drawString(72, 760, "Devis fictif, pour la démonstration.")
    page.save()
    return out.getvalue()
