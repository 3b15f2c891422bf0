"""Declared facts that wait for somebody to look at their proof, the oldest first."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from certification.habilitation.lifecycle import FactKind
from certification.habilitation.models import Fact, Habilitation, ImportedLine
from lms.accounts.models import Person
from lms.kernel.formats import date_long, number, plural
from lms.kernel.words import words_of
from lms.organisations.models import Organisation


@dataclass(frozen=True)
class Waiting:
    fact: Fact
    may_decide: bool

    @property
    def since(self):
        days = (timezone.now() - self.fact.declared_at).days
        return "aujourd’hui" if days == 0 else plural(days, "jour", "jours")

    @property
    def by(self):
        if self.fact.declared_by_id == self.fact.person_id:
            return "la personne elle-même"
        return self.fact.declarer or "inconnu"

    @property
    def told(self) -> list[tuple[str, str]]:
        fact, trained = self.fact, self.trained_on
        return [
            ("Résultats envoyés le", date_long(fact.on)),
            ("Formation", date_long(trained) if trained else "pas encore connue"),
            ("Déclaré par", f"{self.by}, le {date_long(timezone.localdate(fact.declared_at))}"),
            ("Adresse pour Pix", fact.person.pix_email or fact.person.email or "inconnue"),
        ]

    @property
    def remarks(self) -> list[str]:
        """What deserves a second look before confirming."""
        trained = self.trained_on
        if trained and self.fact.on < trained:
            return ["Le test est daté d’avant la formation : c’est possible, les deux faits viennent en tout ordre."]
        return []

    @property
    def trained_on(self) -> date | None:
        return min(filter(None, (one.trained_on for one in self.fact.person.habilitations.all())), default=None)

    @property
    def structures(self) -> list[str]:
        return [str(one.organisation) for one in self.fact.person.habilitations.all()]

    def habilitations(self) -> list[Habilitation]:
        return list(self.fact.person.habilitations.select_related("organisation"))


def waiting_facts(q="", before=None):
    """In order, to be read by pages."""
    found = Fact.objects.waiting().filter(kind=FactKind.PIX)
    for word in q.casefold().split()[:6]:
        found = found.filter(person__in=_about(word))
    return found.filter(declared_at__lte=before) if before else found


def shown_facts():
    """All that a line says."""
    return Fact.objects.for_page().prefetch_related("person__habilitations__organisation")


def _about(word):
    """People, by their name or address, or by the name or town of one of their structures: each by its own index."""
    parts = words_of(word)
    said = Q(*(("name_key__contains", part) for part in parts)) if parts else Q(pk__in=())
    named = Person.objects.filter(said | Q(email__contains=word)).order_by().values("pk")
    if not parts:
        return named
    structures = Organisation.objects.filter(*(Q(search_key__contains=part) for part in parts)).order_by()
    followed = Habilitation.objects.filter(organisation__in=structures).order_by()
    return named.union(followed.values("person"), all=True)


def beside_queue(person) -> str:
    """In the menu: how many wait."""
    count = Fact.objects.waiting().filter(kind=FactKind.PIX).count()
    return f"{number(count)} en attente" if count else ""


def beside_doubts(person) -> str:
    """In the menu: how many lines wait for somebody to say whom they are about."""
    count = ImportedLine.objects.to_decide().recorded().count()
    return f"{number(count)} en attente" if count else ""
