import pytest
from django.contrib.admin.sites import site
from django.contrib.auth.models import Permission
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from lms.kernel import journal
from lms.kernel.jobs import post
from lms.kernel.mail import post_mail
from lms.kernel.models import Job, JobState, JournalEntry, OutgoingMail
from tests.accounts.factories import PersonFactory
from tests.kernel.crashes import tasks  # noqa: F401  (a task to try again)
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db

MODELS = [Job, OutgoingMail, JournalEntry]


@pytest.fixture
def administrator():
    return PersonFactory(staff=True)


@pytest.fixture
def client(administrator):
    return signed_in(administrator)


def listing(model, **query):
    return reverse(f"admin:kernel_{model._meta.model_name}_changelist", query=query)


def dead_job(**kwargs):
    return Job.objects.create(name="crashes.count", args=["a"], state=JobState.DEAD, attempts=8, **kwargs)


@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_added_changed_or_deleted_there(model, rf, administrator):
    request = rf.get("/")
    request.user = administrator
    page = site.get_model_admin(model)
    assert page.has_view_permission(request)
    assert not page.has_add_permission(request)
    assert not page.has_change_permission(request)
    assert not page.has_delete_permission(request)


def test_jobs_are_listed_and_the_dead_ones_found(client):
    post("crashes.count", "alive")
    dead_job(error="KeyError\nlms/somewhere.py:1 there")
    page = client.get(listing(Job, state=JobState.DEAD))
    assert [job.state for job in page.context["cl"].result_list] == [JobState.DEAD]
    assert len(client.get(listing(Job)).context["cl"].result_list) == 2


def test_a_dead_job_is_tried_again_from_the_list(client, administrator):
    dead, done = dead_job(), Job.objects.create(name="crashes.count", args=["a"], state=JobState.DONE)
    data = {"action": "retry_dead", "_selected_action": [dead.pk, done.pk]}
    page = client.post(listing(Job), data, follow=True)
    assertContains(page, "Travaux remis à faire : 1.")
    assertContains(page, "Travaux laissés tels quels, car ils ne sont pas abandonnés : 1.")
    dead.refresh_from_db()
    assert (dead.state, done.state) == (JobState.READY, JobState.DONE)
    assert JournalEntry.objects.get(verb="kernel.retry_job").by == administrator


def test_who_may_only_look_cannot_try_again():
    looker = PersonFactory(is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_job"))
    dead = dead_job()
    page = signed_in(looker)
    assert page.get(listing(Job)).status_code == 200
    page.post(listing(Job), {"action": "retry_dead", "_selected_action": [dead.pk]})
    dead.refresh_from_db()
    assert dead.state == JobState.DEAD


def test_the_text_of_a_mail_is_shown_to_nobody(client):
    row = post_mail(to="zoe@example.org", subject="Étape", body="Code 1234", html="<b>1234</b>", reason="Parce que.")
    for url in (listing(OutgoingMail), reverse("admin:kernel_outgoingmail_change", args=[row.pk])):
        page = client.get(url)
        assertContains(page, "Étape")
        assertNotContains(page, "1234")


def test_the_journal_is_read_by_subject_verb_and_day(client):
    job = dead_job()
    for verb in ("kernel.retry_job", "kernel.test"):
        journal.record(verb, job)
    page = client.get(listing(JournalEntry, verb="kernel.test"))
    assert [entry.verb for entry in page.context["cl"].result_list] == ["kernel.test"]
    assert len(client.get(listing(JournalEntry, q=job.pk)).context["cl"].result_list) == 2


def test_a_journal_line_shows_nothing_personal(client):
    entry = journal.record("accounts.rename", PersonFactory(), personal={"after": "Zoé Dupont"})
    assertNotContains(client.get(reverse("admin:kernel_journalentry_change", args=[entry.pk])), "Zoé Dupont")


@pytest.mark.parametrize("model", MODELS)
def test_a_list_costs_the_same_for_one_row_or_thirty(client, model, django_assert_max_num_queries):
    def fill(count):
        for _ in range(count):
            job = post("crashes.count", "a")
            post_mail(to="zoe@example.org", subject="Étape", body="B.", reason="Parce que.")
            journal.record("kernel.test", job, by=PersonFactory())

    fill(30)
    with django_assert_max_num_queries(14):
        client.get(listing(model))
