"""Who may write and publish in which library follows the memberships of the day."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from lms.accounts.actions import erase_account
from lms.kernel.models import JournalEntry
from lms.organisations.actions import add_member, end_membership
from lms.organisations.models import Role
from lms.organisations.queries import today
from parcours.catalogue import actions
from parcours.catalogue.models import LibraryPage, ParcoursPage
from parcours.catalogue.tasks import follow_mandates
from tests.accounts.factories import PersonFactory
from tests.catalogue.situations import loaded
from tests.organisations.factories import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def armor(catalogue):
    """A training organisation, in a site whose catalogue is planted."""
    return OrganisationFactory(training=True, name="Formation Armor")


def join(organisation, role, **dates):
    person = PersonFactory()
    add_member(person, organisation, role=role, by=None, **dates)
    return person


def groups_of(person):
    return {name for name in ("authors", "reviewers") for _ in held(person, name)}


def held(person, name):
    return LibraryPage.objects.filter(**{f"{name}__user": person}).values_list("pk", flat=True)


def national():
    return LibraryPage.objects.get(organisation=None)


@pytest.mark.parametrize(
    ("role", "groups"),
    [
        (Role.TRAINER, {"authors"}),
        (Role.TRAINING_MANAGER, {"reviewers"}),
        (Role.REVIEWER, {"reviewers"}),
        (Role.DISABILITY_REFERENT, set()),
        (Role.LEARNER, set()),
    ],
)
def test_a_role_gives_its_place_in_the_library_of_the_organisation(armor, role, groups):
    person = join(armor, role)
    assert groups_of(person) == groups
    assert person.has_perm("wagtailadmin.access_admin") == bool(groups)
    assert LibraryPage.objects.filter(organisation=armor).exists() == bool(groups)


def test_a_national_reviewer_answers_for_the_national_library_and_its_parcours(armor):
    person = join(OrganisationFactory(anct=True), Role.REVIEWER)
    assert list(held(person, "reviewers")) == [national().pk]
    parcours = ParcoursPage.objects.get()
    assert parcours.permissions_for_user(person).can_publish()
    join(armor, Role.TRAINER)
    assert not LibraryPage.objects.get(organisation=armor).permissions_for_user(person).can_edit()


def test_authors_write_without_publishing_and_reviewers_publish(armor):
    author, reviewer = join(armor, Role.TRAINER), join(armor, Role.REVIEWER)
    library = LibraryPage.objects.get(organisation=armor)
    assert library.slug.startswith("bibliotheque-")
    may = library.permissions_for_user(author)
    assert (may.can_add_subpage(), may.can_publish_subpage(), may.can_unlock()) == (True, False, False)
    may = library.permissions_for_user(reviewer)
    assert (may.can_add_subpage(), may.can_publish_subpage(), may.can_unlock()) == (True, True, True)


def test_media_of_the_library_are_filled_and_national_media_only_chosen(armor):
    join(armor, Role.TRAINER)
    library = LibraryPage.objects.get(organisation=armor)
    rows = GroupCollectionPermission.objects.filter(group=library.authors).select_related("permission")
    rights = {(row.collection.name, row.permission.codename) for row in rows}
    own = {(armor.name, f"{verb}_{kind}") for verb in ("add", "change", "choose") for kind in ("image", "document")}
    assert rights == own | {("Catalogue national", "choose_image"), ("Catalogue national", "choose_document")}


def test_each_library_has_one_step_of_review_by_its_own_reviewers(armor):
    join(armor, Role.TRAINER)
    library = LibraryPage.objects.get(organisation=armor)
    (task,) = library.get_workflow().tasks
    assert list(task.specific.groups.all()) == [library.reviewers]
    (task,) = ParcoursPage.objects.get().get_workflow().tasks
    assert list(task.specific.groups.all()) == [national().reviewers]


def test_nothing_is_made_twice_and_altered_rights_are_put_right(armor):
    author = join(armor, Role.TRAINER)
    library = LibraryPage.objects.get(organisation=armor)
    before = counts()
    GroupPagePermission.objects.filter(group=library.authors).first().delete()
    national_rights = GroupPagePermission.objects.filter(group=national().reviewers).first()
    GroupPagePermission.objects.create(group=library.authors, page=national(), permission=national_rights.permission)
    author.groups.add(library.reviewers)
    actions.open_libraries()
    actions.open_libraries()
    assert counts() == before
    assert groups_of(author) == {"authors"}
    assert not national().permissions_for_user(author).can_edit()


def counts():
    models = (Group, GroupPagePermission, GroupCollectionPermission, Collection, LibraryPage)
    return [model.objects.count() for model in models]


def test_no_group_that_wagtail_comes_with_opens_anything(armor):
    """They hold the root of the pages and of the media: removed by a migration, and again at every load."""
    assert not Group.objects.filter(name__in=actions.STOCK).exists()
    group = Group.objects.create(name="Moderators")
    group.user_set.add(PersonFactory())
    GroupPagePermission.objects.create(
        group=group, page=Page.get_first_root_node(), permission=Permission.objects.get(codename="publish_page")
    )
    actions.open_libraries()
    assert not Group.objects.filter(name__in=actions.STOCK).exists()
    assert JournalEntry.objects.filter(verb="catalogue.stock_group_removed").count() == 1
    kept = {pk for pair in LibraryPage.objects.values_list("authors", "reviewers") for pk in pair}
    assert set(GroupPagePermission.objects.values_list("group", flat=True)) <= kept
    assert set(GroupCollectionPermission.objects.values_list("group", flat=True)) <= kept


def test_before_the_catalogue_is_planted_a_role_waits_for_its_library():
    trainer = join(OrganisationFactory(training=True), Role.TRAINER)
    assert groups_of(trainer) == set()
    loaded()
    assert groups_of(trainer) == {"authors"}


def test_a_mandate_that_ends_today_keeps_its_access_until_midnight(armor, run_jobs):
    trainer = join(armor, Role.TRAINER)
    end_membership(trainer.memberships.get(), by=trainer)
    assert groups_of(trainer) == {"authors"}
    with time_machine.travel(datetime.datetime.now() + DAY):
        follow_mandates("2026-11-23")()
    assert groups_of(trainer) == set()


def test_a_mandate_ended_yesterday_loses_its_access_at_once(armor):
    trainer = join(armor, Role.TRAINER, starts_on=today() - 5 * DAY)
    end_membership(trainer.memberships.get(), by=trainer, on=today() - DAY)
    assert groups_of(trainer) == set()


def test_a_mandate_that_begins_tomorrow_opens_tomorrow(armor):
    trainer = join(armor, Role.TRAINER, starts_on=today() + DAY)
    assert groups_of(trainer) == set()
    with time_machine.travel(datetime.datetime.now() + DAY):
        follow_mandates("2026-11-23")()
    assert groups_of(trainer) == {"authors"}


def test_an_erased_account_has_no_key_left(armor):
    trainer = join(armor, Role.TRAINER)
    erase_account(trainer, by=None)
    assert groups_of(trainer) == set()


def test_what_is_given_and_taken_back_is_in_the_journal(armor):
    manager = PersonFactory()
    trainer = PersonFactory()
    add_member(trainer, armor, role=Role.TRAINER, by=manager, starts_on=today() - 5 * DAY)
    end_membership(trainer.memberships.get(), by=manager, on=today() - DAY)
    library = LibraryPage.objects.get(organisation=armor)
    lines = JournalEntry.objects.filter(verb__startswith="catalogue.access").order_by("pk")
    assert [(line.verb, line.by, line.subject_id, line.after) for line in lines] == [
        (verb, manager, str(trainer.pk), {"library": library.pk, "group": "authors"})
        for verb in ("catalogue.access_given", "catalogue.access_taken_back")
    ]


def test_two_organisations_of_the_same_name_have_two_libraries(armor):
    other = OrganisationFactory(training=True, name=armor.name)
    join(armor, Role.TRAINER), join(other, Role.TRAINER)
    assert LibraryPage.objects.exclude(organisation=None).count() == 2


def test_following_everybody_costs_the_same_for_one_or_for_thirty(armor, django_assert_max_num_queries):
    join(armor, Role.TRAINER)
    MembershipFactory.create_batch(30, organisation=armor, role=Role.LEARNER)
    with django_assert_max_num_queries(6):
        assert actions.settle_access() == 0
