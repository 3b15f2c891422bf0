import datetime
import json

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone

from lms.kernel import journal, privacy
from lms.kernel.jobs import post_ticks, run_due
from lms.kernel.mail import post_mail
from lms.kernel.models import Job, JobState, JournalPersonal, OutgoingMail
from tests.accounts.factories import PersonFactory

pytestmark = pytest.mark.django_db


def letter_to(person, subject):
    return post_mail(to=person.email.upper(), subject=subject, body="Bonjour.", reason="Parce que.")


def test_every_rule_speaks_of_a_model_that_exists_in_whole_sentences():
    for rule in privacy.registry():
        assert rule.label
        for text in (rule.why, rule.basis, rule.keep, rule.erase):
            assert text.endswith("."), (rule.model, text)
            assert text[0].isupper(), (rule.model, text)


def test_the_registry_gathers_the_kernel_and_the_rooms_above_it():
    labels = {apps.get_model(rule.model)._meta.app_label for rule in privacy.registry()}
    assert {"kernel", "accounts", "organisations"} <= labels


def test_people_find_in_their_export_what_they_decided_what_changed_about_them_and_their_mail():
    person, other = PersonFactory(), PersonFactory()
    journal.record("accounts.change_profile", person, by=person, personal={"after": "Zoé"})
    journal.record("accounts.change_profile", other, by=other, personal={"after": "Léa"})
    letter_to(person, "Pour vous")
    letter_to(other, "Pour une autre")
    exported = privacy.export_person(person)
    [decided] = exported["journal"]["données"]
    [changed] = exported["valeurs personnelles du journal"]["données"]
    [mail] = exported["courriels"]["données"]
    assert (decided["acte"], mail["objet"]) == ("Le profil est modifié.", "Pour vous")
    assert changed["valeurs"] == {"après": "Zoé"}
    text = json.dumps(exported, ensure_ascii=False)
    assert "Léa" not in text
    assert "Pour une autre" not in text
    assert all(part["pourquoi"] and part["conservation"] for part in exported.values())


def test_somebody_without_address_gets_nobody_s_mail():
    letter_to(PersonFactory(), "Pour une autre")
    assert privacy.export_person(PersonFactory(email=None))["courriels"]["données"] == []


def test_values_erased_from_the_journal_leave_the_export():
    person = PersonFactory()
    journal.record("accounts.rename", person, personal={"after": "Zoé"})
    journal.erase_personal(JournalPersonal.objects.filter(person=person))
    assert "Zoé" not in json.dumps(privacy.export_person(person), ensure_ascii=False)


def test_each_night_what_was_kept_long_enough_is_deleted():
    person, now = PersonFactory(), timezone.now()
    old, recent = letter_to(person, "Ancien"), letter_to(person, "Récent")
    OutgoingMail.objects.filter(pk=old.pk).update(created_at=now - datetime.timedelta(days=366))
    Job.objects.all().delete()
    ages = {"unkeyed": (31, None), "keyed": (399, "kept"), "forgotten": (401, "gone"), "young": (29, None)}
    for name, (days, key) in ages.items():
        done_at = now - datetime.timedelta(days=days)
        Job.objects.create(name=f"test.{name}", key=key, state=JobState.DONE, done_at=done_at)
    Job.objects.create(name="test.dead", state=JobState.DEAD, created_at=now - datetime.timedelta(days=900))
    post_ticks()
    with time_machine.travel(now + datetime.timedelta(seconds=1)):
        run_due()
    kept = Job.objects.filter(name__startswith="test.").values_list("name", flat=True)
    assert set(kept) == {"test.keyed", "test.young", "test.dead"}
    assert list(OutgoingMail.objects.all()) == [recent]
