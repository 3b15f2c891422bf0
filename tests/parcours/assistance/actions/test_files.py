import datetime

import pytest
import time_machine
from django.utils import timezone

from lms.kernel.jobs import post
from parcours.assistance import actions
from parcours.assistance.engine.files import check
from parcours.assistance.models import Attachment
from tests.accounts.factories import PersonFactory
from tests.parcours.assistance.factories import PDF, ask, edition_of, number

pytestmark = pytest.mark.django_db


def kept(person, client_id, *names):
    actions.keep_files(person, client_id, [check(name, PDF) for name in names])


def test_files_kept_for_a_text_go_with_it_and_with_no_other():
    person, client_id = PersonFactory(), number()
    kept(person, client_id, "une.pdf", "deux.pdf")
    kept(person, number(), "ailleurs.pdf")
    kept(PersonFactory(), client_id, "autrui.pdf")
    thread = ask(edition_of(), person, client_id=client_id)
    assert [one.name for one in thread.messages.get().attachments.all()] == ["une.pdf", "deux.pdf"]


def test_a_file_is_dropped_before_the_text_is_sent(django_capture_on_commit_callbacks):
    person, client_id = PersonFactory(), number()
    kept(person, client_id, "une.pdf", "deux.pdf")
    one = Attachment.objects.get(name="une.pdf")
    with django_capture_on_commit_callbacks(execute=True):
        actions.drop_files([one])
    assert Attachment.objects.get().name == "deux.pdf"
    assert not one.file.storage.exists(one.file.name)


def test_files_whose_text_never_came_are_forgotten_after_a_day(run_jobs):
    kept(PersonFactory(), number(), "une.pdf")
    ask(files=[check("envoyee.pdf", PDF)])
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=25)):
        post("assistance.forget_kept_files", "2026-11-23")
        run_jobs()
    assert Attachment.objects.get().name == "envoyee.pdf"


def test_texts_never_accepted_do_not_pile_files_up(monkeypatch):
    monkeypatch.setattr("parcours.assistance.actions.files.MOST_KEPT", 2)
    person = PersonFactory()
    for name in ("une.pdf", "deux.pdf", "trois.pdf"):
        kept(person, number(), name)
    assert list(Attachment.objects.values_list("name", flat=True)) == ["deux.pdf", "trois.pdf"]
