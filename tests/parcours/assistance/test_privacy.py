import pytest

from lms.accounts.actions import erase_account
from lms.kernel.privacy import export_person
from parcours.assistance.engine.files import check
from parcours.assistance.models import Attachment, Message, Thread
from tests.accounts.factories import PersonFactory
from tests.parcours.assistance.factories import PDF, answer, ask, share, trainer_of

pytestmark = pytest.mark.django_db


def test_one_takes_away_what_one_asked_and_what_was_answered():
    thread = ask(files=[check("consigne.pdf", PDF)])
    trainer = trainer_of(thread.organisation)
    share(answer(thread, trainer, text="Oui."), trainer)
    exported = export_person(thread.person)
    (asked,) = exported["questions des apprenants"]["données"]
    assert [message["texte"] for message in asked["messages"]] == [thread.messages.first().text, "Oui."]
    assert asked["messages"][0]["pièces jointes"] == ["consigne.pdf"]
    assert asked["messages"][1]["de"] == trainer.full_name
    given = export_person(trainer)
    assert given["messages"]["données"][0]["texte"] == "Oui."
    assert given["réponses partagées"]["données"][0]["réponse"] == "Non."
    assert export_person(PersonFactory())["questions des apprenants"]["données"] == []


def test_what_was_written_is_erased_with_the_account_and_the_dates_stay(django_capture_on_commit_callbacks):
    thread = answer(ask(files=[check("consigne.pdf", PDF)]))
    stored = Attachment.objects.get().file
    other = ask(thread.edition, text="Une autre personne.")
    with django_capture_on_commit_callbacks(execute=True):
        erase_account(thread.person, by=thread.person)
    thread.refresh_from_db()
    assert (thread.subject, thread.label) == ("", "Question effacée")
    assert set(thread.messages.values_list("text", flat=True)) == {""}
    assert thread.answered_at
    assert not Attachment.objects.exists()
    assert not stored.storage.exists(stored.name)
    assert Thread.objects.get(pk=other.pk).subject


def test_the_answers_of_a_trainer_stay_with_those_who_received_them():
    thread = ask()
    trainer = trainer_of(thread.organisation)
    answer(thread, trainer, text="Oui.")
    erase_account(trainer, by=trainer)
    assert Message.objects.get(author=trainer).text == "Oui."
