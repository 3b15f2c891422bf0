from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length, Substr
from wagtail.models import Page
from wagtail.permissions import policy_registry

from lms.organisations.lifecycle import NATIONAL_ROLES, Role
from lms.organisations.models import Kind, Organisation
from lms.organisations.permissions import has_role
from parcours.catalogue.models import LibraryPage, ListedQuestion, ModulePage, SeancePage

TRAINING_ROLES = (Role.TRAINER, Role.TRAINING_MANAGER, Role.REVIEWER)


def can_read_seances(person) -> bool:
    """Déroulés and corrected exercises are the trainers' tools; whoever learns does not read them."""
    return person.is_superuser or has_role(person, *TRAINING_ROLES, *NATIONAL_ROLES)


def can_read_coverage(person) -> bool:
    """What each étape trains is public; the table that compares them is a tool of trainers."""
    return can_read_seances(person)


def responsible_for(parent, parcours):
    """The organisations that may answer for a parcours kept under this page: that of the library; of a national one,
    the training organisations that have a number. The one it has already stays, to be seen and changed."""
    owner = getattr(parent.specific, "organisation_id", None)
    if owner:
        return Organisation.objects.filter(pk=owner)
    training = Q(kind=Kind.TRAINING) & ~Q(nda="")
    return Organisation.objects.filter(training | Q(pk=parcours.organisation_id)).order_by("name")


def seances_read_by(person):
    """The published half-days of the national library, and those of the organismes the person teaches for."""
    published = SeancePage.objects.live()
    if person.is_superuser or has_role(person, *NATIONAL_ROLES):
        return published
    own = person.memberships.active().filter(role__in=TRAINING_ROLES).values("organisation")
    libraries = LibraryPage.objects.filter(Q(organisation=None) | Q(organisation__in=own))
    under = Q(pk=None)
    for path in libraries.values_list("path", flat=True):
        under |= Q(path__startswith=path)
    return published.filter(under)


def can_write_modules(person) -> bool:
    """Who has a library to work in; whether they may publish there is a right of their group."""
    return person.is_superuser or has_role(person, *TRAINING_ROLES)


def worked_pages(person):
    """The pages of the libraries the person works in; all of them for an administrator."""
    rights = {"add", "change", "publish", "lock", "unlock"}
    return policy_registry.get_by_type(Page).instances_user_has_any_permission_for(person, rights)


def crossed_pages(person):
    """The same, with the pages that lead to them."""
    return policy_registry.get_by_type(Page).explorable_instances(person)


def readable_pages(person):
    """What may be read, cited or linked: one's own, and whatever is published outside the other organisations'."""
    if person.is_superuser:
        return Page.objects.all()
    inside = LibraryPage.objects.filter(organisation__isnull=False, path=Substr(OuterRef("path"), 1, Length("path")))
    shared = Page.objects.live().filter(~Exists(inside))
    return Page.objects.filter(Q(pk__in=worked_pages(person).values("pk")) | Q(pk__in=shared.values("pk")))


def can_review(person, page) -> bool:
    """Say that a page still holds, and until when: whoever may publish it."""
    return page.permissions_for_user(person).can_publish()


def can_publish_despite(person, library) -> bool:
    """Publish in this library a page that has a fault, and answer for it: one reads it again, or answers for them."""
    if person is None or library is None or not library.permissions_for_user(person).can_publish_subpage():
        return False
    return person.is_superuser or has_role(person, Role.REVIEWER, Role.TRAINING_MANAGER)


def shared_pages():
    """What every library may cite and copy: the published modules and half-days of the national one."""
    national = LibraryPage.objects.filter(organisation=None).values_list("path", flat=True)
    inside = Q(pk=None)
    for path in national:
        inside |= Q(path__startswith=path)
    return Page.objects.live().type(ModulePage, SeancePage).filter(inside)


def questions_read_by(person):
    """Those one may take up: of one's own modules, drafts too; of the national ones, what is published."""
    own, shared = worked_pages(person).values("pk"), shared_pages().values("pk")
    return ListedQuestion.objects.filter(Q(page__in=own) | Q(page__in=shared, is_draft=False))


def own_libraries(person):
    """The libraries in which the person may write."""
    libraries = LibraryPage.objects.filter(organisation__isnull=False)
    return libraries if person.is_superuser else libraries.filter(pk__in=worked_pages(person).values("pk"))


def can_use_medium(person, medium) -> bool:
    """Put an image or a document in a page: those of one's libraries, and those of the national collection."""
    return policy_registry.get_by_type(type(medium)).user_has_permission_for_instance(person, "choose", medium)


def can_change_medium(person, medium) -> bool:
    return policy_registry.get_by_type(type(medium)).user_has_permission_for_instance(person, "change", medium)


def can_open_document(person, document) -> bool:
    """An organisation's documents are opened by its own people; what learners read is in the editions."""
    kept = LibraryPage.objects.filter(collection=document.collection_id, organisation__isnull=False).exists()
    return not kept or can_use_medium(person, document)


def can_cite(person, cited) -> bool:
    """Put these things, (model, key) each, in a page; what no longer exists harms nobody."""
    pages = {key for model, key in cited if issubclass(model, Page)}
    if Page.objects.filter(pk__in=pages).exclude(pk__in=readable_pages(person).values("pk")).exists():
        return False
    questions = {key for model, key in cited if model is ListedQuestion}
    if ListedQuestion.objects.filter(pk__in=questions).exclude(pk__in=questions_read_by(person).values("pk")).exists():
        return False
    others = [(model, key) for model, key in cited if not issubclass(model, Page) and model is not ListedQuestion]
    media = [model.objects.filter(pk=key).first() for model, key in others]
    return all(can_use_medium(person, medium) for medium in media if medium)
