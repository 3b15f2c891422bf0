from datetime import timedelta
from decimal import Decimal

from django.db import models
from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from certification.funding.lifecycle import STATES_OF_PILE, Pile, Side, State
from lms.kernel.access import is_signed_in
from lms.kernel.models import PreparedFileQuerySet
from lms.kernel.words import words_of
from lms.organisations.lifecycle import ANSWERING_ROLES, Kind, Role
from lms.organisations.permissions import active_memberships
from lms.organisations.queries import today
from parcours.classroom.queries import homes

SORTS = {
    "ecarts": ("-mismatches", "waiting_since", "pk"),
    "attente": ("waiting_since", "pk"),
    "session": ("starts_on", "pk"),
    "employeur": ("employer__name", "pk"),
    "departement": ("employer__departement", "employer__name", "pk"),
    "organisme": ("session__organisation__name", "starts_on", "pk"),
    "branche": ("idcc", "employer__name", "pk"),
    "echeance": (F("expires_on").asc(nulls_last=True), "pk"),
    "montant": ("-at_stake", "pk"),
}
WORDS = 6
PAYEE = ("name", "antenne", "siret")
MONEY = models.DecimalField(max_digits=12, decimal_places=2)


def of_pile(pile) -> Q:
    """A file that is settled is closed, though it was paid in part."""
    held = Q(state__in=STATES_OF_PILE[pile])
    if pile == Pile.PAY:
        return held & Q(settled=False)
    return held | Q(state=State.PARTLY_PAID, settled=True) if pile == Pile.CLOSED else held


def pile_at(state, settled) -> Pile | None:
    """The same, of one file."""
    pile = next((one for one, states in STATES_OF_PILE.items() if state in states), None)
    return (Pile.CLOSED if state == State.PARTLY_PAID else None) if settled and pile == Pile.PAY else pile


def _numbered(word) -> Q:
    """What is found by a number has a figure in it; words without any are looked for among names alone."""
    if not any(sign.isdigit() for sign in word):
        return Q()
    return Q(number__icontains=word) | Q(agreement_number__icontains=word) | Q(siret__startswith=word) | Q(idcc=word)


class DemandeQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Those of one’s OPCO, once filed; those of the structures and of the sessions one answers for."""
        if not is_signed_in(person):
            return self.none()
        return self.filter(_decided_by(person) | _of_employers(person) | _of_sessions(person))

    def decided_by(self, person):
        """In the space of the OPCO: filed to it, and nothing of another."""
        return self.filter(_decided_by(person)) if is_signed_in(person) else self.none()

    def kept_by_employer(self, person):
        return self.filter(_of_employers(person)) if is_signed_in(person) else self.none()

    def kept_by_training(self, person):
        return self.filter(_of_sessions(person)) if is_signed_in(person) else self.none()

    def in_pile(self, pile):
        return self.filter(of_pile(pile))

    def awaiting(self):
        """All that waits for an officer."""
        return self.filter(of_pile(Pile.DECIDE) | of_pile(Pile.CHECK) | of_pile(Pile.PAY))

    def without_mismatch(self):
        """Neither to explain nor explained: what was explained is read one by one."""
        return self.filter(mismatches=0, explained=0)

    def matching(self, text):
        """Every word of a search: number, employer, SIRET, IDCC, organisme, name of somebody in it."""
        found = self
        for word in text.split()[:WORDS]:
            found = found.filter(_numbered(word) | self._naming(words_of(word)))
        return found

    def _naming(self, parts) -> Q:
        """Organisations and people are looked for by their own indexes, whatever the number of files."""
        if not parts:
            return Q()
        organisations = self.model._meta.get_field("employer").related_model.objects.order_by()
        beneficiaries = self.model._meta.get_field("beneficiaries").related_model.objects.order_by()
        sessions = self.model._meta.get_field("session").related_model.objects.order_by()
        named = organisations.filter(*(Q(search_key__contains=part) for part in parts))
        people = beneficiaries.filter(*(Q(registration__person__name_key__contains=part) for part in parts))
        held = sessions.filter(organisation__in=named.filter(kind=Kind.TRAINING))
        return Q(employer__in=named) | Q(session__in=held) | Q(pk__in=people.values("demande"))

    def filtered(
        self, *, pile="", q="", departement="", type=None, organisme=None, idcc="", mismatch="", pending=False, **bounds
    ):
        """`type`: of the employer. `bounds`: age, least, most, officer, expires, as `within` reads them."""
        found = self.matching(q)
        if pile:
            found = found.in_pile(pile)
        asked = {
            "idcc": idcc,
            "employer__departement": departement,
            "employer__structure_type": type,
            "session__organisation": organisme,
        }
        found = found.filter(**{name: value for name, value in asked.items() if value})
        if mismatch == "oui":
            found = found.filter(mismatches__gt=0)
        elif mismatch == "explique":
            found = found.filter(mismatches=0, explained__gt=0)
        elif mismatch == "non":
            found = found.without_mismatch()
        return (found.to_notify() if pending else found).within(**bounds)

    def within(self, *, age=None, least=None, most=None, officer=None, nobody=False, expires=None, days=None):
        """`age` in days since the file waits, amounts in euros, `expires` in days from now: agreements running out.

        `days`: the first and the last between which something was decided or paid.
        """
        found = self
        if age:
            found = found.filter(waiting_since__lte=timezone.now() - timedelta(days=age))
        if least is not None or most is not None:
            found = found.with_amount()
        if least is not None:
            found = found.filter(at_stake__gte=least)
        if most is not None:
            found = found.filter(at_stake__lte=most)
        if officer:
            found = found.filter(officer=officer)
        if nobody:
            found = found.filter(officer=None)
        if days:
            found = found.decided_between(*days)
        return found.running_out(expires) if expires else found

    def decided_between(self, first, last):
        """Something was decided of them between these days, both included, and was not taken back."""
        decisions = self.model._meta.get_field("decisions").related_model.objects.standing()
        decided = decisions.filter(demande=OuterRef("pk"), at__date__gte=first, at__date__lte=last)
        return self.filter(Exists(decided))

    def to_notify(self):
        """Something was decided of them that still can be taken back."""
        decisions = self.model._meta.get_field("decisions").related_model.objects.pending()
        return self.filter(Exists(decisions.filter(demande=OuterRef("pk"))))

    def running_out(self, days):
        """Granted, not declared yet, and whose agreement ends within so many days, or has ended."""
        last = timezone.localdate() + timedelta(days=days)
        return self.in_pile(Pile.RUNNING).filter(expires_on__lte=last)

    def with_amount(self):
        """Annotates `at_stake`, in euros: what is due, else granted, else asked."""
        return self.annotate(at_stake=Coalesce("due_amount", "granted_amount", "cost", output_field=MONEY))

    def sorted_by(self, sort):
        found = self.with_amount() if sort == "montant" else self
        return found.order_by(*SORTS.get(sort, SORTS["ecarts"]))

    def offered(self) -> dict:
        """What the filters of this list may ask for: only what is in it."""
        found = self.order_by()
        places = ("departement", "departement__name", "structure_type", "structure_type__label")
        employers = list(self._of_these("employer").values_list(*places).distinct())
        sessions = self._of_these("session").values_list("organisation", "organisation__name").distinct()
        branches = found.exclude(idcc="").values_list("idcc", flat=True).distinct()
        return {
            "departement": _choices(row[:2] for row in employers),
            "type": _choices(row[2:] for row in employers),
            "organisme": _choices(sessions),
            "idcc": [(one, one) for one in sorted(branches)],
        }

    def _of_these(self, name):
        """The employers, or the sessions, of these files: each read once, however many files it has."""
        related = self.model._meta.get_field(name).related_model
        return related.objects.order_by().filter(pk__in=self.order_by().values(name))

    def counted(self, soon) -> dict:
        """By pile: how many, since when, how many to explain, whose agreement ends within so many days; one query."""
        told = {"count": Count("pk"), "oldest": Min("waiting_since")}
        told["mismatched"] = Count("pk", filter=Q(mismatches__gt=0))
        told["ending"] = Count("pk", filter=Q(expires_on__lte=timezone.localdate() + timedelta(days=soon)))
        found = {pile: {"count": 0, "oldest": None, "mismatched": 0, "ending": 0} for pile in Pile}
        for row in self.order_by().values("state", "settled").annotate(**told):
            if pile := pile_at(row.pop("state"), row.pop("settled")):
                oldest = min(filter(None, (found[pile]["oldest"], row.pop("oldest"))))
                found[pile] = {name: found[pile][name] + count for name, count in row.items()} | {"oldest": oldest}
        return found

    def for_list(self):
        told = self.select_related("employer", "session__edition", "session__organisation", "officer")
        beneficiaries = self.model._meta.get_field("beneficiaries").related_model.objects
        counted = beneficiaries.order_by().filter(demande=OuterRef("pk")).values("demande").annotate(count=Count("pk"))
        people = Coalesce(Subquery(counted.values("count")), 0)
        return told.defer("session__edition__content").annotate(people=people)

    def for_batch(self):
        """The list, with what their pieces are compared to."""
        return self.for_list().prefetch_related("opco", "session__half_days")

    def with_paid(self):
        """Annotates `paid`, in euros: what was paid and not taken back."""
        payments = self.model._meta.get_field("payments").related_model.objects.standing()
        total = payments.filter(demande=OuterRef("pk")).order_by().values("demande").annotate(total=Sum("amount"))
        return self.annotate(paid=Coalesce(Subquery(total.values("total")), Decimal(0), output_field=MONEY))

    def for_page(self):
        """What every page of a file reads; the rest where it is shown: ten joined tables take long to plan."""
        told = self.select_related("employer", "session__edition", "session__organisation", "opco")
        return told.defer("session__edition__content")

    def for_payment(self):
        """Whom to pay what is left, and on which invoice."""
        own = ("public_id", "number", "state", "settled", "mismatches", "due_amount", "subrogation", "waiting_since")
        told = self.select_related("employer", "session__organisation", "invoice").only(
            *(*own, "opco", "created_by", "filed_by", "employer", "session__organisation", "invoice__number"),
            *(f"{payee}__{name}" for payee in ("employer", "session__organisation") for name in PAYEE),
        )
        return told.with_paid()

    def asked(self):
        """Filed, without any agreement yet."""
        return self.filter(state__in=(State.FILED, State.COMPLEMENT), service_declared_at=None)

    def to_watch(self):
        """Whose pieces still count for what comes next."""
        watched = (*STATES_OF_PILE[Pile.CHECK], State.ANOMALY, State.VALIDATED, State.PARTLY_PAID)
        return self.filter(state__in=(*watched, State.COMPLEMENT)).exclude(service_declared_at=None)


def _choices(rows) -> list[tuple[str, str]]:
    """Keys and words, once each, in the order of the words."""
    told = {(str(code), str(words)) for code, words in rows if code is not None}
    return sorted(told, key=lambda row: (row[1], row[0]))


def branches_of(person) -> dict[int, frozenset | None]:
    """By OPCO where the person is an officer today: the IDCC followed, None for all of them; read once per person."""
    if "_funding_branches" not in person.__dict__:
        held = [one for one in active_memberships(person) if one.role == Role.OPCO_OFFICER]
        person.__dict__["_funding_branches"] = _branches_in_force(held) if held else {}
    return person.__dict__["_funding_branches"]


def _branches_in_force(memberships) -> dict[int, frozenset | None]:
    followed = idcc_followed(memberships)
    return {one.organisation_id: followed[one.pk] for one in memberships}


def idcc_followed(memberships) -> dict[int, frozenset | None]:
    """By membership; None for the whole OPCO."""
    model = memberships[0]._meta.get_field("branches_followed").related_model
    rows = model.objects.filter(membership__in=memberships, starts_on__lte=today()).order_by("starts_on", "pk")
    last = {one.membership_id: one.idcc for one in rows}
    return {one.pk: frozenset(last.get(one.pk, ())) or None for one in memberships}


def _decided_by(person) -> Q:
    followed = Q(pk__in=())
    for opco, idcc in branches_of(person).items():
        followed |= Q(opco=opco) if idcc is None else Q(opco=opco, idcc__in=sorted(idcc))
    return followed & ~Q(filed_at=None)


def with_merged(model, organisations) -> set[int]:
    """These organisations, and those that were merged into them since: `model` is theirs."""
    found = new = set(organisations)
    while new:
        new = set(model.objects.filter(merged_into__in=new).values_list("pk", flat=True)) - found
        found = found | new
    return found


def _of_employers(person) -> Q:
    own = ~Q(filed_at=None) | Q(side=Side.EMPLOYER)
    return Q(employer__in=_standing_for(person, *ANSWERING_ROLES)) & own


def _of_sessions(person) -> Q:
    own = ~Q(filed_at=None) | Q(side=Side.TRAINING)
    return Q(session__organisation__in=homes(person, Role.TRAINING_MANAGER)) & own


def _standing_for(person, *roles) -> set[int]:
    held = homes(person, *roles)
    organisation = person._meta.get_field("memberships").related_model._meta.get_field("organisation").related_model
    return with_merged(organisation, held)


class BeneficiaryQuerySet(models.QuerySet):
    def for_file(self):
        told = self.select_related("registration__person", "registration__session", "explained_by")
        return told.order_by("registration__person__last_name", "registration__person__first_name", "pk")


class DecisionQuerySet(models.QuerySet):
    def pending(self):
        """Decided, not notified yet, not withdrawn."""
        return self.filter(notified_at=None, withdrawn_at=None)

    def standing(self):
        return self.filter(withdrawn_at=None)

    def announced(self):
        return self.exclude(notified_at=None)

    def for_history(self):
        return self.select_related("by", "answered_by", "withdrawn_by")

    def due(self, now=None):
        return self.pending().filter(notify_at__lte=now or timezone.now())


class PaymentQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(decision__withdrawn_at=None)

    def to_correct(self):
        """Neither taken back, nor a correction, nor corrected already."""
        corrected = Q(corrections__decision__withdrawn_at=None, corrections__isnull=False)
        return self.standing().filter(corrects=None).exclude(pk__in=self.model.objects.filter(corrected).values("pk"))

    def total(self):
        return self.standing().aggregate(total=Sum("amount"))["total"] or 0


class ConfirmationQuerySet(models.QuerySet):
    def of(self, opco):
        return self.filter(opco=opco).select_related("by").order_by("at")


class CredentialQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)


class BordereauQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Those of one’s OPCO all of whose files one sees."""
        if not is_signed_in(person):
            return self.none()
        demande = self.model._meta.get_field("lines").related_model._meta.get_field("demande").related_model
        found = self.filter(opco__in=branches_of(person))
        if all(idcc is None for idcc in branches_of(person).values()):
            return found
        unseen = demande.objects.filter(bordereau_lines__bordereau=OuterRef("pk"))
        return found.exclude(Exists(unseen.exclude(pk__in=demande.objects.decided_by(person).values("pk"))))

    def standing(self):
        return self.filter(cancelled_at=None)

    def for_list(self):
        told = self.select_related("opco", "made_by")
        total = Coalesce(Sum("lines__amount"), Decimal(0), output_field=MONEY)
        paid = Count("lines", filter=Q(lines__payment__isnull=False, lines__payment__decision__withdrawn_at=None))
        return told.annotate(count=Count("lines"), paid=paid, total=total).order_by("-made_at", "-pk")


class BordereauLineQuerySet(models.QuerySet):
    def to_pay(self):
        """Neither cancelled nor paid, or whose payment was taken back."""
        unpaid = Q(payment=None) | Q(payment__decision__withdrawn_at__isnull=False)
        return self.filter(unpaid, bordereau__cancelled_at=None)

    def for_page(self):
        told = self.select_related("demande__employer", "demande__session__organisation", "payment__decision")
        return told.order_by("payee", "demande__number", "pk")


class AskedBy:
    def visible_to(self, person):
        """Only whoever asked for it."""
        return self.filter(by=person) if is_signed_in(person) else self.none()


class BatchQuerySet(AskedBy, models.QuerySet):
    def with_turns(self):
        """Annotates `waits`: whether the turn of some of its files is to come."""
        lines = self.model._meta.get_field("lines").related_model.objects.waiting()
        return self.annotate(waits=Exists(lines.filter(batch=OuterRef("pk"))))


class BatchLineQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(decided=None).order_by("pk")


class DemandeExportQuerySet(AskedBy, PreparedFileQuerySet):
    pass
