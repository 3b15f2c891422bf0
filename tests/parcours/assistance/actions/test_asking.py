import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import Job, JournalEntry
from parcours.assistance import actions
from parcours.assistance.actions.asking import MOST_A_DAY
from parcours.assistance.engine.files import check
from parcours.assistance.models import Message, Thread
from tests.accounts.factories import PersonFactory
from tests.kernel.threads import together
from tests.organisations.factories import DepartementFactory
from tests.parcours.assistance.factories import PDF, QUESTION, answer, ask, edition_of, number, responsible

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
FRIDAY = datetime.datetime(2026, 11, 20, 17, 30, tzinfo=PARIS)


@time_machine.travel(FRIDAY, tick=False)
def test_a_question_keeps_the_etape_it_was_asked_from_and_the_delay_announced():
    edition, person = edition_of(), PersonFactory()
    thread = ask(edition, person, rank=1)
    etape = edition.outline[1]
    assert (thread.activity_id, thread.activity_slug, thread.activity_title) == (
        etape.activity_id,
        etape.slug,
        etape.title,
    )
    assert (thread.edition, thread.parcours, thread.person) == (edition, edition.parcours.page_ptr.specific, person)
    assert thread.organisation == edition.parcours.organisation
    assert thread.due_at == datetime.datetime(2026, 11, 24, 18, tzinfo=PARIS)
    message = thread.messages.get()
    assert (message.text, message.kind, message.due_at) == (QUESTION, Message.Kind.QUESTION, thread.due_at)
    assert thread.subject == "Une dame n’a pas d’adresse électronique."


def test_a_question_may_be_about_the_whole_parcours():
    thread = ask(rank=None)
    assert (thread.activity_id, thread.place) == ("", thread.edition.title)


def test_a_long_first_line_is_cut():
    assert ask(text="é" * 200).subject == "é" * 119 + "…"


@time_machine.travel(FRIDAY, tick=False)
def test_the_delay_is_the_organisme_s_where_it_stands():
    reunion = DepartementFactory(code="974", time_zone="Indian/Reunion")
    thread = ask(edition_of(responsible(assistance_days=1, departement=reunion)))
    assert thread.due_at == datetime.datetime(2026, 11, 23, 18, tzinfo=ZoneInfo("Indian/Reunion"))


def test_the_same_form_sent_twice_makes_one_question():
    edition, person, client_id = edition_of(), PersonFactory(), number()
    first = ask(edition, person, client_id=client_id)
    assert ask(edition, person, client_id=client_id) == first
    assert Message.objects.count() == 1


def test_another_text_under_the_same_number_is_another_question():
    edition, person, client_id = edition_of(), PersonFactory(), number()
    ask(edition, person, client_id=client_id)
    ask(edition, person, client_id=client_id, text="Et une autre.")
    assert Thread.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_instant_make_one_question():
    edition, person, client_id = edition_of(), PersonFactory(), number()
    threads = together(2, lambda _: ask(edition, person, client_id=client_id))
    assert Thread.objects.get() in threads
    assert len(set(threads)) == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"nda": ""}, "Aucun organisme de formation déclaré"),
        ({"assistance_contact": ""}, "n’a pas encore nommé la personne"),
    ],
)
def test_nobody_is_asked_where_nobody_answers(values, sentence):
    with pytest.raises(TransitionRefused, match=sentence):
        ask(edition_of(responsible(**values)))
    assert not Thread.objects.exists()


def test_twenty_messages_a_day_are_enough():
    thread = ask()
    for rank in range(MOST_A_DAY - 1):
        actions.ask_again(thread, text=f"Précision {rank}", client_id=number(), by=thread.person)
    with pytest.raises(TransitionRefused, match="vingt questions depuis hier"):
        ask(thread.edition, thread.person)
    with pytest.raises(TransitionRefused, match="vingt questions depuis hier"):
        actions.ask_again(thread, text="Encore", client_id=number(), by=thread.person)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1, minutes=1)):
        ask(thread.edition, thread.person)


def test_adding_to_a_question_that_waits_does_not_lengthen_the_wait():
    with time_machine.travel(FRIDAY, tick=False) as clock:
        thread = ask()
        clock.shift(datetime.timedelta(days=3))
        again = actions.ask_again(thread, text="Une précision.", client_id=number(), by=thread.person)
    assert (again.due_at, again.waiting_since) == (thread.due_at, thread.waiting_since)
    assert again.messages.last().due_at is None


def test_after_an_answer_the_wait_begins_again():
    with time_machine.travel(FRIDAY, tick=False) as clock:
        thread = answer(ask())
        clock.shift(datetime.timedelta(days=3))
        again = actions.ask_again(thread, text="Et ensuite ?", client_id=number(), by=thread.person)
    assert again.is_waiting
    assert again.due_at == datetime.datetime(2026, 11, 25, 18, tzinfo=PARIS)
    assert again.messages.last().due_at == again.due_at


def test_a_closed_question_takes_nothing_more():
    thread = ask()
    actions.close(thread, by=thread.person)
    with pytest.raises(TransitionRefused):
        actions.ask_again(thread, text="Encore", client_id=number(), by=thread.person)
    with pytest.raises(TransitionRefused):
        answer(thread)
    with pytest.raises(TransitionRefused):
        actions.close(thread, by=thread.person)


def test_the_journal_says_who_and_what_in_codes_never_in_words():
    thread = ask(text="Une dame nommée Zoé")
    actions.close(answer(thread, text="Réponse à Zoé"), by=thread.person)
    entries = JournalEntry.objects.filter(subject_type="assistance.thread").order_by("pk")
    assert [entry.verb for entry in entries] == ["assistance.ask", "assistance.answer", "assistance.close"]
    assert entries[0].after == {
        "parcours": thread.parcours_id,
        "activity": thread.activity_id,
        "organisation": thread.organisation_id,
    }
    assert "Zoé" not in str([(entry.before, entry.after) for entry in entries])


def notices():
    return Job.objects.filter(name="assistance.tell_trainers")


def test_trainers_are_told_once_an_hour_at_most_for_a_question():
    with time_machine.travel(datetime.datetime(2026, 11, 23, 9, tzinfo=PARIS), tick=False) as clock:
        thread = ask()
        for minutes, told in ((20, 1), (39, 1), (1, 2), (59, 2)):
            clock.shift(datetime.timedelta(minutes=minutes))
            thread = actions.ask_again(thread, text=f"Après {minutes}", client_id=number(), by=thread.person)
            assert notices().count() == told


def test_what_is_added_at_night_makes_one_notice_in_the_morning():
    with time_machine.travel(FRIDAY.replace(hour=20), tick=False) as clock:
        thread = ask()
        clock.shift(datetime.timedelta(hours=14))
        actions.ask_again(thread, text="Au matin.", client_id=number(), by=thread.person)
    assert notices().count() == 1
    thread.refresh_from_db()
    assert thread.told_at == datetime.datetime(2026, 11, 23, 8, tzinfo=PARIS)


def test_the_files_come_with_the_question_and_nothing_stays_of_one_that_fails():
    thread = ask(files=[check("consigne.pdf", PDF)])
    kept = thread.messages.get().attachments.get()
    assert (kept.name, kept.size, kept.content_type) == ("consigne.pdf", len(PDF), "application/pdf")
    with kept.file.open() as stored:
        assert stored.read() == PDF
    assert "consigne" not in kept.file.name
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ask(files=[check("autre.pdf", PDF)])
        raise ZeroDivisionError
    assert Thread.objects.count() == 1
