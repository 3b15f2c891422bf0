"""How long adaptations are kept, at the edges of the dates."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from lms.kernel.models import JournalEntry, OutgoingMail
from parcours.adaptations import actions
from parcours.adaptations.actions.keeping import a_year_before
from parcours.adaptations.lifecycle import State
from parcours.adaptations.models import AdaptationRequest
from parcours.adaptations.tasks import ask_to_keep, forget_old
from tests.accounts.factories import PersonFactory
from tests.parcours.adaptations.factories import MeasureFactory, RequestFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
TODAY = datetime.date(2027, 6, 15)
LAST = datetime.date(2026, 6, 15)
LONG_AGO = datetime.date(2025, 1, 10)


def at(day):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))


def old(**values):
    """A granted request to which nothing happened for long; `ends_on` is that of its measure and of what was asked."""
    ends_on = values.pop("ends_on", None)
    said = {"asked_at": at(LONG_AGO), "answered_at": at(LONG_AGO), "until": ends_on} | values
    named = {f"request__{name}": value for name, value in said.items()}
    return MeasureFactory(starts_on=LONG_AGO, ends_on=ends_on, **named).request


def survives(request, today=TODAY):
    actions.forget_old(today)
    return AdaptationRequest.objects.filter(pk=request.pk).exists()


@pytest.mark.parametrize(
    "happened",
    [
        lambda day: {"last_used_on": day, "ends_on": LONG_AGO},
        lambda day: {"ends_on": day},
        lambda day: {"answered_at": at(day), "ends_on": LONG_AGO},
        lambda day: {"kept_on": day, "ends_on": LONG_AGO},
        lambda day: {"asked_at": at(day), "answered_at": None, "state": State.WITHDRAWN},
    ],
    ids=["use", "end", "answer", "said to be useful", "question"],
)
def test_a_year_counts_from_the_last_thing_that_happened(happened):
    assert survives(old(**happened(LAST)))
    assert not survives(old(**happened(LAST - DAY)))


def test_a_measure_in_force_until_later_survives_even_if_it_never_served():
    assert survives(old(ends_on=TODAY))
    assert survives(old(ends_on=TODAY + 300 * DAY))


def test_a_measure_without_end_that_serves_survives_and_its_person_is_not_asked():
    request = old(last_used_on=TODAY - 300 * DAY)
    assert survives(request)
    assert actions.ask_to_keep(TODAY) == 0


def test_a_measure_without_end_never_goes_before_its_person_was_asked_for_a_month():
    assert survives(old())
    assert survives(old(asked_to_keep_on=TODAY - 29 * DAY))
    assert not survives(old(asked_to_keep_on=TODAY - 30 * DAY))


def test_the_question_comes_a_month_before_once_and_in_time_for_the_year():
    request = old(answered_at=at(LAST))
    asked_on = next(day for day in (LAST + n * DAY for n in range(366)) if actions.ask_to_keep(day))
    request.refresh_from_db()
    assert request.asked_to_keep_on == asked_on == TODAY - 29 * DAY
    assert actions.ask_to_keep(asked_on + DAY) == 0
    assert request.kept_until == TODAY
    assert survives(request, TODAY)
    assert not survives(request, TODAY + DAY)


def test_what_was_declined_or_withdrawn_goes_without_a_question():
    for state in (State.DECLINED, State.WITHDRAWN):
        request = old(state=state)
        assert actions.ask_to_keep(TODAY) == 0
        assert not survives(request)


def test_one_button_keeps_a_measure_a_year_more(run_jobs):
    request = old()
    today = timezone.localdate()
    ask_to_keep(today.isoformat())
    run_jobs()
    mail = OutgoingMail.objects.get()
    assert mail.to == request.person.email and request.wish not in mail.body
    client = signed_in(request.person)
    page = client.get(request.get_absolute_url()).content.decode()
    assert "Cette adaptation vous est-elle encore utile" in page
    page = client.post(reverse("adaptations:keep", args=[request.public_id]), follow=True).content.decode()
    assert "C’est noté" in page and "encore utile" not in page
    assert JournalEntry.objects.filter(verb="adaptations.keep").exists()
    forget_old((today + 365 * DAY).isoformat())
    assert AdaptationRequest.objects.filter(pk=request.pk).exists()


def test_somebody_who_answers_before_the_mail_leaves_gets_none(run_jobs):
    request = old()
    actions.ask_to_keep(timezone.localdate())
    actions.keep(request, by=request.person)
    run_jobs()
    assert not OutgoingMail.objects.exists()


def test_nobody_keeps_the_measure_of_another_nor_what_is_over():
    request = old()
    url = reverse("adaptations:keep", args=[request.public_id])
    assert signed_in(PersonFactory()).post(url).status_code == 404
    waiting = RequestFactory()
    page = signed_in(waiting.person).post(reverse("adaptations:keep", args=[waiting.public_id]), follow=True)
    assert "n’est pas possible" in page.content.decode()
    waiting.refresh_from_db()
    assert waiting.kept_on is None


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2027-06-15", "2026-06-15"),
        ("2029-02-28", "2028-02-28"),
        ("2028-02-29", "2027-02-28"),
        ("2027-03-31", "2026-03-31"),
    ],
)
def test_a_year_before_is_the_same_date(day, before):
    assert a_year_before(datetime.date.fromisoformat(day)).isoformat() == before
