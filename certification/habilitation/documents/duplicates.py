"""Records that may be one: structures of one SIRET, people of one name in one structure; and what a merge moves."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count

from certification.habilitation.models import ExternalId, Fact, Habilitation, Merge
from lms.accounts.models import Person
from lms.kernel.formats import plural
from lms.organisations.models import Kind, Membership, Organisation
from lms.organisations.models.organisation import match_key
from parcours.classroom.models import Registration
from parcours.learning.models import Enrolment

MOST = 200
OF_PEOPLE = ((ExternalId, "person"), (Membership, "person"))
OF_STRUCTURES = (
    (Membership, "organisation"),
    (Enrolment, "employer"),
    (Registration, "employer"),
)


@dataclass(frozen=True)
class Group:
    """Two records at least, and why they look alike."""

    why: str
    members: tuple


def structure_groups() -> list[Group]:
    """By SIRET; two antennas of one body share it too, which is why a person decides."""
    standing = Organisation.objects.structures().exclude(siret="")
    shared = standing.values("siret").annotate(count=Count("pk")).filter(count__gt=1).order_by("siret")[:MOST]
    groups = defaultdict(list)
    found = standing.filter(siret__in=[one["siret"] for one in shared]).annotate(people=Count("habilitations"))
    for one in found.select_related("departement").order_by("siret", "pk"):
        groups[one.siret].append(one)
    return [Group(_alike(members), tuple(members)) for members in groups.values()]


def _alike(members):
    names = {one.match_key for one in members}
    return "même SIRET et même nom" if len(names) < len(members) else "même SIRET, noms différents : antennes ?"


def people_groups() -> list[Group]:
    """Of one name, followed for one structure under two addresses."""
    rows = (
        Habilitation.objects.filter(person__merged_into=None, person__is_active=True)
        .values("organisation", "person__last_name", "person__first_name")
        .annotate(count=Count("pk"))
        .filter(count__gt=1)
        .exclude(person__last_name="")
        .order_by("person__last_name", "organisation")[:MOST]
    )
    wanted = {(one["organisation"], one["person__last_name"], one["person__first_name"]) for one in rows}
    found = Habilitation.objects.filter(
        organisation__in={key[0] for key in wanted}, person__last_name__in={key[1] for key in wanted}
    ).filter(person__merged_into=None, person__is_active=True)
    groups = defaultdict(list)
    for one in found.select_related("person", "organisation").order_by("pk"):
        key = (one.organisation_id, match_key(one.person.first_name, one.person.last_name))
        groups[key].append(one)
    return [
        Group(f"même nom, {members[0].organisation}", tuple(one.person for one in members))
        for members in groups.values()
        if len(members) > 1
    ]


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
        ]
    return [plural(count, one, several) for count, one, several in told if count]


def merges():
    return Merge.objects.select_related(
        "kept_person", "merged_person", "kept_organisation", "merged_organisation", "by", "undone_by"
    )
