import datetime

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.utils import timezone

from lms.kernel import journal
from lms.kernel.models import Job, JournalEntry, JournalHead, JournalPersonal, WrittenOnce
from tests.accounts.factories import PersonFactory
from tests.kernel.threads import together

pytestmark = pytest.mark.django_db


def write(count, **kwargs):
    job = Job.objects.create(name="any.thing")
    return [journal.record("kernel.test", job, after={"rank": rank}, **kwargs) for rank in range(count)]


def sealed(count):
    entries = write(count)
    journal.seal_pending()
    return entries


def tamper(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def fault():
    with pytest.raises(CommandError) as refused:
        call_command("verify_journal")
    return str(refused.value)


def test_a_line_says_who_did_what_to_which_object():
    person, job = PersonFactory(), Job.objects.create(name="any.thing")
    since = datetime.date(2026, 1, 2)
    entry = journal.record("kernel.retry", job, by=person, before={"state": "dead"}, after={"on": since})
    entry.refresh_from_db()
    assert (entry.by, entry.verb) == (person, "kernel.retry")
    assert (entry.subject_type, entry.subject_id) == ("kernel.job", str(job.pk))
    assert (entry.before, entry.after) == ({"state": "dead"}, {"on": "2026-01-02"})
    assert entry.sequence is None


def test_the_sealing_loop_chains_every_line_once():
    assert (len(sealed(3)), journal.seal_pending()) == (3, 0)
    first, second, third = JournalEntry.objects.sealed()
    assert [first.sequence, second.sequence, third.sequence] == [1, 2, 3]
    assert (first.previous_hash, second.previous_hash, third.previous_hash) == ("", first.hash, second.hash)
    assert len({first.hash, second.hash, third.hash}) == 3


def test_more_lines_than_a_batch_are_one_chain(monkeypatch):
    monkeypatch.setattr(journal, "BATCH", 4)
    write(11)
    assert journal.seal_pending() == 11
    assert journal.verify().fault == ""


def test_an_intact_journal_is_said_so_with_its_head(capsys):
    sealed(3)
    call_command("verify_journal")
    assert JournalEntry.objects.get(sequence=3).hash in capsys.readouterr().out


def test_an_empty_journal_is_intact(capsys):
    call_command("verify_journal")
    assert "aucune" in capsys.readouterr().out


@pytest.mark.parametrize("column", ["verb", "subject_type", "subject_id", "previous_hash", "hash", "personal_digest"])
def test_a_changed_text_is_found_and_its_line_named(column):
    entries = sealed(5)
    tamper(f"UPDATE kernel_journalentry SET {column} = 'x' WHERE id = %s", entries[2].pk)
    assert fault().startswith(f"Ligne {entries[2].pk}, rang 3 (")


def test_a_changed_value_author_or_instant_is_found():
    entries = sealed(4)
    rows = {entries[1].pk: ("after", '{"rank": 9}'), entries[2].pk: ("by_id", PersonFactory().pk)}
    for pk, (column, value) in rows.items():
        with transaction.atomic():
            tamper(f"UPDATE kernel_journalentry SET {column} = %s WHERE id = %s", value, pk)
            assert f"Ligne {pk}," in fault()
            transaction.set_rollback(True)
        assert journal.verify().fault == ""
    tamper("UPDATE kernel_journalentry SET at = %s WHERE id = %s", timezone.now(), entries[3].pk)
    assert "son contenu a été modifié" in fault()


def test_a_line_rewritten_with_a_fresh_hash_is_found_by_the_next_one():
    entries = sealed(3)
    forged = JournalEntry.objects.get(pk=entries[0].pk)
    forged.verb = "kernel.forged"
    tamper(
        "UPDATE kernel_journalentry SET verb = %s, hash = %s WHERE id = %s",
        *(forged.verb, journal.chained_hash(forged), forged.pk),
    )
    assert fault().startswith(f"Ligne {entries[1].pk}, rang 2")


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_a_removed_line_is_missed_even_the_first_or_the_last(rank):
    sealed(3)
    tamper("DELETE FROM kernel_journalentry WHERE sequence = %s", rank)
    assert fault() == f"Rang {rank} : la ligne a été supprimée."


def test_lines_that_changed_places_are_found():
    entries = sealed(4)
    for pk, sequence in ((entries[1].pk, 99), (entries[2].pk, 2), (entries[1].pk, 3)):
        tamper("UPDATE kernel_journalentry SET sequence = %s WHERE id = %s", sequence, pk)
    assert fault().startswith(f"Ligne {entries[2].pk}, rang 2")


def test_a_whole_chain_made_again_does_not_match_the_head_kept_on_a_day():
    entries = sealed(3)
    journal.keep_head(datetime.date(2026, 11, 21))
    tamper("UPDATE kernel_journalentry SET sequence = NULL, previous_hash = '', hash = ''")
    tamper("UPDATE kernel_journalentry SET verb = 'kernel.forged' WHERE id = %s", entries[0].pk)
    tamper("UPDATE kernel_counter SET value = 0 WHERE name = %s", journal.CHAIN)
    assert journal.seal_pending() == 3
    assert "la chaîne a été refaite" in fault()


def test_a_chain_cut_with_its_counter_does_not_reach_the_head_kept_on_a_day():
    sealed(3)
    journal.keep_head(datetime.date(2026, 11, 21))
    tamper("DELETE FROM kernel_journalentry WHERE sequence = 3")
    tamper("UPDATE kernel_counter SET value = 2 WHERE name = %s", journal.CHAIN)
    assert fault() == "Rang 3 : la ligne a été supprimée."


def test_the_head_of_a_day_is_kept_once():
    sealed(2)
    kept = journal.keep_head(datetime.date(2026, 11, 21))
    write(1)
    assert journal.keep_head(datetime.date(2026, 11, 21)) == kept
    assert kept.sequence == 2
    assert journal.keep_head(datetime.date(2026, 11, 22)).sequence == 3
    assert JournalHead.objects.count() == 2


def test_erasing_personal_values_leaves_no_trace_of_them_and_a_valid_chain():
    person = PersonFactory()
    entry = journal.record("accounts.rename", person, personal={"before": "Zoé", "after": "Zoë"})
    journal.seal_pending()
    digest = entry.personal_digest
    assert journal.erase_personal(JournalPersonal.objects.filter(person=person)) == 1
    kept = JournalPersonal.objects.get(entry=entry)
    assert (kept.values, kept.salt, kept.erased_at is not None) == (None, "", True)
    assert JournalEntry.objects.get(pk=entry.pk).personal_digest == digest
    assert journal.verify().fault == ""


def test_equal_personal_values_have_different_digests():
    person = PersonFactory()
    first, second = (journal.record("accounts.rename", person, personal={"after": "Zoé"}) for _ in range(2))
    assert first.personal_digest != second.personal_digest


@pytest.mark.parametrize(
    "statement",
    [
        """UPDATE kernel_journalpersonal SET "values" = '{"after": "Léa"}'""",
        "UPDATE kernel_journalpersonal SET salt = 'x'",
        "DELETE FROM kernel_journalpersonal",
    ],
)
def test_personal_values_changed_or_removed_unseen_are_found(statement):
    entry = journal.record("accounts.rename", PersonFactory(), personal={"after": "Zoé"})
    tamper(statement)
    assert f"Ligne {entry.pk}" in fault()
    assert "valeurs personnelles" in fault()


def test_personal_values_belong_to_the_person_the_object_is():
    person, job = PersonFactory(), Job.objects.create(name="any.thing")
    ours = journal.record("accounts.rename", person, personal={"after": "Zoé"})
    theirs = journal.record("kernel.test", job, personal={"after": "Zoé"})
    assert (ours.personal.person, theirs.personal.person) == (person, None)


def test_a_line_is_never_edited_nor_deleted_through_the_model():
    [entry] = write(1)
    for attempt in (
        entry.save,
        entry.delete,
        JournalEntry.objects.all().delete,
        lambda: JournalEntry.objects.update(verb="x"),
        lambda: JournalEntry.objects.filter(pk=entry.pk).update(verb="x"),
        lambda: JournalEntry.objects.bulk_update([entry], ["verb"]),
    ):
        with pytest.raises(WrittenOnce):
            attempt()
    assert JournalEntry.objects.get().verb == "kernel.test"


def test_a_line_of_a_transaction_rolled_back_never_was():
    with transaction.atomic():
        write(1)
        transaction.set_rollback(True)
    assert not JournalEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_writers_and_sealers_at_work_together_lose_nothing():
    job = Job.objects.create(name="any.thing")

    def write_or_seal(index):
        for rank in range(10):
            if index % 4 == 0:
                journal.seal_pending()
            else:
                journal.record("kernel.test", job, after={"rank": rank})

    together(12, write_or_seal)
    journal.seal_pending()
    verdict = journal.verify()
    assert (verdict.count, verdict.fault) == (90, "")
