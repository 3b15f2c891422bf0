"""Each training organisation has a library in the CMS: its pages, its media, a group that writes, a group that reviews.

Who belongs to the two groups follows the memberships of the day; nobody is put there by hand.
"""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from lms.accounts.models import Person
from lms.kernel.journal import record
from lms.organisations.models import Kind, Membership, Organisation, Role
from parcours.catalogue.actions.loading_media import collection as national_collection
from parcours.catalogue.actions.shelves import library as national_library
from parcours.catalogue.models import CataloguePage, LibraryPage, ParcoursPage, Review

WRITES, PUBLISHES = ("add_page", "change_page"), ("publish_page", "lock_page", "unlock_page")
FILLS = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")
CHOOSES = ("choose_image", "choose_document")
WORDS = ("add_facet", "change_facet", "add_competence", "change_competence")
GROUP_OF_ROLE = {Role.TRAINER: "authors", Role.TRAINING_MANAGER: "reviewers", Role.REVIEWER: "reviewers"}
STOCK = ("Editors", "Moderators")
"""The groups Wagtail comes with: they hold the root of the pages and of the media, hence every library."""
LABELS = {"authors": "Auteurs", "reviewers": "Relecteurs"}
IN_TRAINING = Q(organisation__kind=Kind.TRAINING, role__in=GROUP_OF_ROLE)
IN_ANCT = Q(organisation__kind=Kind.ANCT, role=Role.REVIEWER)


@transaction.atomic
def open_libraries() -> None:
    """The national library, and that of every organisation whose people write; what was altered is put right."""
    remove_stock_groups()
    open_library()
    writing = Membership.objects.active().filter(IN_TRAINING).values("organisation")
    for organisation in Organisation.objects.filter(Q(library__isnull=False) | Q(pk__in=writing)).order_by("pk"):
        open_library(organisation)
    settle_access()


def remove_stock_groups() -> None:
    for group in Group.objects.filter(name__in=STOCK):
        record("catalogue.stock_group_removed", group, after={"people": group.user_set.count()})
        group.delete()


@transaction.atomic
def open_library(organisation: Organisation | None = None) -> LibraryPage | None:
    """The library of a training organisation, or the national one, with exactly its rights.

    None as long as `load_catalogue` has not planted the tree.
    """
    catalogue = CataloguePage.objects.select_for_update().first()
    if catalogue is None:
        return None
    library = found(organisation) or plant(catalogue, organisation)
    if library is None:
        return None
    name = str(organisation or library.title)
    give_collection(library, name)
    give_groups(library, name)
    grant_pages(library, catalogue)
    grant_media(library)
    give_workflow(library, name, catalogue if organisation is None else library)
    return library


def found(organisation) -> LibraryPage | None:
    return LibraryPage.objects.filter(organisation=organisation).first() if organisation else national_library()


def plant(catalogue, organisation) -> LibraryPage | None:
    if organisation is None:
        return None
    page = LibraryPage(title=str(organisation)[:255], slug=f"bibliotheque-{organisation.pk}", organisation=organisation)
    library = catalogue.add_child(instance=page)
    record("catalogue.library_opened", library, after={"organisation": organisation.pk})
    return library


def give_collection(library, name) -> None:
    if library.collection_id:
        return
    root = Collection.get_first_root_node()
    library.collection = root.add_child(name=name[:255]) if library.organisation_id else national_collection()
    library.save(update_fields=["collection"])


def give_groups(library, name) -> None:
    for kind, label in LABELS.items():
        if getattr(library, f"{kind}_id") is None:
            group = Group.objects.create(name=f"{label}, {name[:100]} (bibliothèque n° {library.pk})")
            setattr(library, kind, group)
            library.save(update_fields=[kind])
        getattr(library, kind).permissions.set(permissions_of(library, kind))


def permissions_of(library, kind) -> list[Permission]:
    """To enter the CMS; national reviewers also keep the words of the catalogue."""
    enter = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    if kind != "reviewers" or library.organisation_id:
        return [enter]
    return [enter, *Permission.objects.filter(content_type__app_label="catalogue", codename__in=WORDS)]


def grant_pages(library, catalogue) -> None:
    """Authors write, reviewers also publish; the national ones answer for the parcours beside their library too."""
    pages = [library.pk]
    if library.organisation_id is None:
        pages += ParcoursPage.objects.child_of(catalogue).values_list("pk", flat=True)
    exactly(library.authors, GroupPagePermission, "page_id", {(pk, code) for pk in pages for code in WRITES})
    rights = {(pk, code) for pk in pages for code in WRITES + PUBLISHES}
    exactly(library.reviewers, GroupPagePermission, "page_id", rights)


def grant_media(library) -> None:
    rights = {(national_collection().pk, code) for code in CHOOSES}
    rights |= {(library.collection_id, code) for code in FILLS}
    for group in (library.authors, library.reviewers):
        exactly(group, GroupCollectionPermission, "collection_id", rights)


def exactly(group, model, place, wanted) -> None:
    """Write the rights that are missing, delete those nobody decided."""
    held = {
        (getattr(row, place), row.permission.codename): row
        for row in model.objects.filter(group=group).select_related("permission")
    }
    for key in held.keys() - wanted:
        held[key].delete()
    missing = wanted - held.keys()
    if missing:
        libraries = ("wagtailcore", "wagtailimages", "wagtaildocs")
        permissions = Permission.objects.filter(content_type__app_label__in=libraries)
        keys = {permission.codename: permission.pk for permission in permissions}
        model.objects.bulk_create(
            model(group=group, permission_id=keys[code], **{place: pk}) for pk, code in sorted(missing)
        )


def give_workflow(library, name, page) -> None:
    """One step: a reviewer of the library publishes, or asks for changes."""
    if WorkflowPage.objects.filter(page=page).exists():
        return
    label = f"Relecture, {name}"[:255]
    task = Review.objects.create(name=label)
    task.groups.set([library.reviewers])
    workflow = Workflow.objects.create(name=label)
    WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr, sort_order=0)
    WorkflowPage.objects.create(page=page, workflow=workflow)


def is_settled(person: Person) -> bool:
    """Whether the groups of a person already say what their memberships say today."""
    return wanted_access((person,)).keys() == held_access((person,)).keys()


@transaction.atomic
def settle_access(*people: Person, by=None) -> int:
    """Make the groups say what memberships say today, for these people or for everybody; how many rights changed."""
    wanted, held = wanted_access(people), held_access(people)
    through = Person.groups.through
    for person, group in sorted(held.keys() - wanted.keys()):
        through.objects.filter(person=person, group=group).delete()
        note("catalogue.access_taken_back", person, held[person, group], by)
    for person, group in sorted(wanted.keys() - held.keys()):
        through.objects.get_or_create(person_id=person, group_id=group)
        note("catalogue.access_given", person, wanted[person, group], by)
    return len(held.keys() ^ wanted.keys())


def wanted_access(people) -> dict:
    """(person, group) → (library, kind of group), from the memberships of the day."""
    writing = Membership.objects.active().filter(IN_TRAINING | IN_ANCT, person__is_active=True)
    if people:
        writing = writing.filter(person__in=people)
    wanted, libraries = {}, {}
    for membership in writing.select_related("organisation"):
        owner = membership.organisation if membership.organisation.kind == Kind.TRAINING else None
        if owner not in libraries:
            known = found(owner)
            libraries[owner] = known if known and known.reviewers_id else open_library(owner)
        library, kind = libraries[owner], GROUP_OF_ROLE[membership.role]
        if library:
            wanted[membership.person_id, getattr(library, f"{kind}_id")] = (library.pk, kind)
    return wanted


def held_access(people) -> dict:
    groups = {}
    for pk, authors, reviewers in LibraryPage.objects.values_list("pk", "authors", "reviewers"):
        groups |= {authors: (pk, "authors"), reviewers: (pk, "reviewers")}
    rows = Person.groups.through.objects.filter(group__in=[group for group in groups if group])
    if people:
        rows = rows.filter(person__in=people)
    return {(person, group): groups[group] for person, group in rows.values_list("person_id", "group_id")}


def note(verb, person, right, by) -> None:
    library, kind = right
    record(verb, Person(pk=person), by=by, after={"library": library, "group": kind})
