from decimal import Decimal

from django.db import models
from django.db.models import Count, Min, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from certification.funding.lifecycle import STATES_OF_PILE, Pile, Side, State
from lms.organisations.lifecycle import ANSWERING_ROLES, Role
from parcours.classroom.queries import homes

SORTS = {
    "ecarts": ("-mismatches", "waiting_since", "pk"),
    "attente": ("waiting_since", "pk"),
    "session": ("starts_on", "pk"),
    "employeur": ("employer__name", "pk"),
    "montant": ("-cost", "pk"),
}
WORDS = 6
MONEY = models.DecimalField(max_digits=12, decimal_places=2)


def signs_in(person):
    return person.is_authenticated and person.is_active


def of_pile(pile) -> Q:
    """A file that is settled is closed, though it was paid in part."""
    held = Q(state__in=STATES_OF_PILE[pile])
    if pile == Pile.PAY:
        return held & Q(settled=False)
    return held | Q(state=State.PARTLY_PAID, settled=True) if pile == Pile.CLOSED else held


class DemandeQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Those of one’s OPCO, once filed; those of the structures and of the sessions one answers for."""
        if not signs_in(person):
            return self.none()
        return self.filter(_decided_by(person) | _of_employers(person) | _of_sessions(person))

    def decided_by(self, person):
        """In the space of the OPCO: filed to it, and nothing of another."""
        return self.filter(_decided_by(person)) if signs_in(person) else self.none()

    def kept_by_employer(self, person):
        return self.filter(_of_employers(person)) if signs_in(person) else self.none()

    def kept_by_training(self, person):
        return self.filter(_of_sessions(person)) if signs_in(person) else self.none()

    def in_pile(self, pile):
        return self.filter(of_pile(pile))

    def awaiting(self):
        """All that waits for an officer."""
        return self.filter(of_pile(Pile.DECIDE) | of_pile(Pile.CHECK) | of_pile(Pile.PAY))

    def without_mismatch(self):
        """Neither to explain nor explained: what was explained is read one by one."""
        return self.filter(mismatches=0, explained=0)

    def matching(self, text):
        """Every word of a search: number, employer, SIRET, IDCC, organisme, surname of somebody in it."""
        found = self
        for word in text.split()[:WORDS]:
            people = self.model.objects.filter(beneficiaries__registration__person__last_name__icontains=word)
            found = found.filter(
                Q(number__icontains=word)
                | Q(agreement_number__icontains=word)
                | Q(employer__name__icontains=word)
                | Q(siret__startswith=word)
                | Q(idcc=word)
                | Q(session__organisation__name__icontains=word)
                | Q(pk__in=people.values("pk"))
            )
        return found

    def filtered(self, *, pile="", q="", idcc="", mismatch="", state=""):
        found = self.matching(q)
        if pile:
            found = found.in_pile(pile)
        if state:
            found = found.filter(state=state)
        if idcc:
            found = found.filter(idcc=idcc)
        if mismatch == "oui":
            found = found.filter(mismatches__gt=0)
        elif mismatch == "explique":
            found = found.filter(mismatches=0, explained__gt=0)
        elif mismatch == "non":
            found = found.without_mismatch()
        return found

    def sorted_by(self, sort):
        return self.order_by(*SORTS.get(sort, SORTS["ecarts"]))

    def counted(self) -> dict:
        """By pile: how many, since when the oldest waits, how many have something to explain; one query."""
        asked = {}
        for pile in Pile:
            held, key = of_pile(pile), pile.name.lower()
            asked[f"{key}_count"] = Count("pk", filter=held)
            asked[f"{key}_oldest"] = Min("waiting_since", filter=held)
            asked[f"{key}_mismatched"] = Count("pk", filter=held & Q(mismatches__gt=0))
        found = self.order_by().aggregate(**asked)
        names = ("count", "oldest", "mismatched")
        return {pile: {name: found[f"{pile.name.lower()}_{name}"] for name in names} for pile in Pile}

    def for_list(self):
        told = self.select_related("employer", "session__edition", "session__organisation", "opco")
        return told.defer("session__edition__content").annotate(people=Count("beneficiaries", distinct=True))

    def for_batch(self):
        """The list, with what their pieces are compared to."""
        return self.for_list().prefetch_related("session__half_days")

    def with_paid(self):
        """Annotates `paid`, in euros: what was paid and not taken back."""
        payments = self.model._meta.get_field("payments").related_model.objects.standing()
        total = payments.filter(demande=OuterRef("pk")).order_by().values("demande").annotate(total=Sum("amount"))
        return self.annotate(paid=Coalesce(Subquery(total.values("total")), Decimal(0), output_field=MONEY))

    def for_page(self):
        told = self.select_related("employer", "session__edition", "session__organisation", "opco", "filed_by")
        told = told.select_related("invoice", "created_by").defer("session__edition__content")
        return told.prefetch_related("session__half_days")

    def to_watch(self):
        """Whose pieces still count for what comes next."""
        watched = (*STATES_OF_PILE[Pile.CHECK], State.ANOMALY, State.VALIDATED, State.PARTLY_PAID)
        return self.filter(state__in=(*watched, State.COMPLEMENT)).exclude(service_declared_at=None)


def _decided_by(person) -> Q:
    return Q(opco__in=homes(person, Role.OPCO_OFFICER)) & ~Q(filed_at=None)


def _of_employers(person) -> Q:
    own = ~Q(filed_at=None) | Q(side=Side.EMPLOYER)
    return Q(employer__in=homes(person, *ANSWERING_ROLES)) & own


def _of_sessions(person) -> Q:
    own = ~Q(filed_at=None) | Q(side=Side.TRAINING)
    return Q(session__organisation__in=homes(person, Role.TRAINING_MANAGER)) & own


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

    def due(self, now=None):
        return self.pending().filter(notify_at__lte=now or timezone.now())


class PaymentQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(decision__withdrawn_at=None)

    def total(self):
        return self.standing().aggregate(total=Sum("amount"))["total"] or 0


class ConfirmationQuerySet(models.QuerySet):
    def of(self, opco):
        return self.filter(opco=opco).select_related("by").order_by("at")
