"""Records that may be one: structures of one SIRET, people of one name in one structure; and what a merge moves."""

from collections import defaultdict
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Max, Min

from certification.habilitation.models import ExternalId, Fact, Habilitation, Merge
from lms.accounts.models import Person
from lms.kernel.formats import plural
from lms.organisations.models import Kind, Membership, Organisation
from parcours.classroom.models import Registration, Session, Survey
from parcours.colleagues.models import EnrolmentList, Invitation, RegisterExport
from parcours.learning.models import Enrolment
from parcours.paperwork.models import Convention, Quote, SessionPaper

MOST = 200
REMEMBERED_SECONDS = 300
LAST = 20
MERGED_PEOPLE = ("kept_person", "merged_person", "by")
MERGED_PLACES = ("kept_organisation", "merged_organisation")
OF_PEOPLE = ((ExternalId, "person"), (Membership, "person"))
OF_STRUCTURES = (
    (Membership, "organisation"),
    (Enrolment, "employer"),
    (Registration, "employer"),
    (Survey, "employer"),
    (Session, "intra_for"),
    (EnrolmentList, "organisation"),
    (Invitation, "organisation"),
    (RegisterExport, "organisation"),
    (Quote, "buyer"),
    (Convention, "buyer"),
    (SessionPaper, "employer"),
)


@dataclass(frozen=True)
class Group:
    """Two records at least, and why they look alike."""

    why: str
    members: tuple


def structure_groups() -> list[str]:
    """Each SIRET that several bear; two antennas of one body share it too, which is why a person decides."""
    shared = _bearing_a_siret().values("siret").annotate(count=Count("pk")).filter(count__gt=1)
    return list(shared.order_by("siret").values_list("siret", flat=True)[:MOST])


def structures_in(sirets) -> list[Group]:
    """The groups of a page, as they are shown."""
    groups = defaultdict(list)
    for one in _bearing_a_siret().filter(siret__in=list(sirets)).order_by("siret", "pk"):
        groups[one.siret].append(one)
    return [Group(_alike(members), tuple(members)) for members in groups.values()]


def _bearing_a_siret():
    return Organisation.objects.structures().exclude(siret="")


def _alike(members):
    names = {one.match_key for one in members}
    return "même SIRET et même nom" if len(names) < len(members) else "même SIRET, noms différents : antennes ?"


def people_groups() -> list[tuple[int, list[int]]]:
    """Of one name, followed for one structure under two addresses: the key of the structure, those of the people.

    Remembered until somebody else is followed or a merge is made or undone: everybody’s name is read to find them.
    """
    last = Habilitation.objects.order_by("pk").values_list("pk", flat=True).last()
    merged = Merge.objects.aggregate(made=Count("pk"), undone=Count("undone_at"))
    state = f"habilitation:namesakes:{last}:{merged['made']}:{merged['undone']}"
    return cache.get_or_set(state, _namesakes, REMEMBERED_SECONDS)


def _namesakes() -> list[tuple[int, list[int]]]:
    known = Habilitation.objects.filter(person__merged_into=None, person__is_active=True).exclude(person__last_name="")
    alike = (
        known.values_list("organisation", "person__name_key")
        .annotate(count=Count("pk"), first=Min("person"), last=Max("person"))
        .filter(count__gt=1)
        .order_by("person__name_key", "organisation")[:MOST]
    )
    groups = {(organisation, name): [] if count > 2 else people for organisation, name, count, *people in alike}
    many = [key for key, people in groups.items() if not people]
    structures, names = {key[0] for key in many}, {key[1] for key in many}
    found = known.filter(organisation__in=structures, person__name_key__in=names).order_by("pk")
    for organisation, name, person in found.values_list("organisation", "person__name_key", "person"):
        if (organisation, name) in many:
            groups[organisation, name].append(person)
    return [(organisation, people) for (organisation, _), people in groups.items()]


def people_in(groups) -> list[Group]:
    """The groups of a page, as they are shown; nobody whose account was closed since they were found."""
    keys = [one for _, members in groups for one in members]
    people = Person.objects.filter(is_active=True, merged_into=None).in_bulk(keys)
    structures = Organisation.objects.in_bulk([key for key, _ in groups])
    told = ((structures[key], tuple(people[one] for one in members if one in people)) for key, members in groups)
    return [Group(f"même nom, {structure}", members) for structure, members in told if len(members) > 1]


def merge_refusals(kept, merged) -> list[str]:
    """Why two records cannot be made one."""
    refusals = []
    if kept.pk == merged.pk:
        return ["Choisissez deux fiches différentes."]
    for one in (kept, merged):
        if one.merged_into_id:
            refusals.append(f"« {one} » est déjà fusionnée avec une autre fiche.")
    if isinstance(merged, Person) and not (kept.is_active and merged.is_active):
        refusals.append("Un de ces comptes est fermé ou effacé : il ne se fusionne pas.")
    if not isinstance(merged, Person) and {kept.kind, merged.kind} != {Kind.STRUCTURE}:
        refusals.append("Seules des structures se fusionnent : ni un organisme de formation, ni un financeur.")
    if isinstance(merged, Person) and _has_lived(merged):
        refusals.append(
            f"« {merged} » a suivi un parcours ou une session ici sous cette fiche : gardez-la, et fusionnez l’autre."
        )
    return refusals


def _has_lived(person) -> bool:
    return (
        Enrolment.objects.filter(person=person).exists()
        or Registration.objects.filter(person=person).exists()
        or person.memberships.active().exclude(role="learner").exists()
    )


def preview(merged) -> list[str]:
    """What would move, in words."""
    if isinstance(merged, Person):
        told = [
            (Habilitation.objects.filter(person=merged).count(), "habilitation suivie", "habilitations suivies"),
            (Fact.objects.filter(person=merged).count(), "fait daté", "faits datés"),
            (Membership.objects.filter(person=merged).count(), "appartenance", "appartenances"),
        ]
    else:
        told = [
            (Habilitation.objects.filter(organisation=merged).count(), "habilitation suivie", "habilitations suivies"),
            (Membership.objects.filter(organisation=merged).count(), "appartenance", "appartenances"),
            (Enrolment.objects.filter(employer=merged).count(), "inscription", "inscriptions"),
            (Registration.objects.filter(employer=merged).count(), "place en session", "places en session"),
            (EnrolmentList.objects.filter(organisation=merged).count(), "liste d’inscription", "listes d’inscription"),
            (Quote.objects.filter(buyer=merged).count(), "devis", "devis"),
            (Convention.objects.filter(buyer=merged).count(), "convention", "conventions"),
            (SessionPaper.objects.filter(employer=merged).count(), "document de session", "documents de session"),
        ]
    return [plural(count, one, several) for count, one, several in told if count]


def last_merges() -> list[Merge]:
    """The latest first, with the names a line shows: people and structures each read once, however many columns."""
    found = list(Merge.objects.order_by("-pk")[:LAST])
    for model, columns in ((Person, MERGED_PEOPLE), (Organisation, MERGED_PLACES)):
        known = model.objects.in_bulk({getattr(one, f"{column}_id") for one in found for column in columns} - {None})
        for one in found:
            for column in columns:
                setattr(one, column, known.get(getattr(one, f"{column}_id")))
    return found
