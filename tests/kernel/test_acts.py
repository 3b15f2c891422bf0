"""Everything the journal can say is said in French to whoever reads their own data."""

import ast
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin

from lms.kernel import journal, privacy
from lms.kernel.lifecycle import Lifecycle
from lms.organisations.admin import JournalledAdmin
from parcours.quality.models.entries import Entry
from parcours.quality.models.referential import Dated
from tests.accounts.doors import sign_in
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import MembershipFactory

ROOT = Path(__file__).parent.parent.parent
CODE = sorted(path for house in ("lms", "parcours", "certification") for path in (ROOT / house).rglob("*.py"))


def entries_of(prefix):
    return [f"quality.{prefix}_{one._meta.model_name}" for one in Entry.__subclasses__()]


def by_administrators():
    models = [model for model, page in admin.site._registry.items() if isinstance(page, JournalledAdmin)]
    return [f"{one._meta.model_name}.{verb}" for one in models for verb in ("added", "changed")]


MADE = {
    "lms/kernel/lifecycle.py": lambda: moves(),
    "lms/organisations/admin.py": by_administrators,
    "lms/organisations/actions/campagnes.py": lambda: [
        *("campagne.changed", "wave.changed", "campagne.closed", "campagne.reopened")
    ],
    "lms/site/actions.py": lambda: said_to("lms/site/actions.py", "noted", 0),
    "lms/accounts/actions/factors.py": lambda: said_to("lms/accounts/receivers.py", "note_factor", 0),
    "parcours/catalogue/actions/libraries.py": lambda: said_to("parcours/catalogue/actions/libraries.py", "note", 0),
    "parcours/classroom/actions/deroules.py": lambda: [
        f"classroom.{verb}" for verb in said_to("parcours/classroom/actions/deroules.py", "_changed", 2)
    ],
    "parcours/quality/actions/entries.py": lambda: [
        verb for prefix in ("record", "correct", "withdraw") for verb in entries_of(prefix)
    ],
    "parcours/quality/actions/loading.py": lambda: [
        f"quality.load_{one._meta.model_name}" for one in Dated.__subclasses__()
    ],
}
"""Where a verb is not written out: which ones are made there."""


def calls(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", "")), node.args


def said_to(path, function, position):
    """What is written out where a function of this file is called."""
    return [args[position].value for name, args in calls(ROOT / path) if name == function]


def moves():
    for config in apps.get_app_configs():
        if (Path(config.path) / "lifecycle.py").is_relative_to(ROOT) and (Path(config.path) / "lifecycle.py").exists():
            for table in vars(import_module(f"{config.name}.lifecycle")).values():
                if isinstance(table, Lifecycle):
                    yield from (f"{config.label}.{name}" for name in table.transitions)


def recorded():
    """Every verb that is written out, and the files where one is made."""
    verbs, made = set(), set()
    for path in CODE:
        for name, args in calls(path):
            if name not in ("record", "record_many") or not args:
                continue
            if isinstance(args[0], ast.Constant):
                verbs.add(args[0].value)
            else:
                made.add(str(path.relative_to(ROOT)))
    return verbs, made


def test_each_verb_that_can_be_recorded_reads_as_a_french_sentence():
    verbs, made = recorded()
    assert made == set(MADE)
    verbs = verbs.union(*(one() for one in MADE.values()))
    assert len(verbs) > 200
    assert sorted(verbs - privacy.acts().keys()) == []


def test_the_sentences_are_whole_and_none_says_a_code():
    for verb, said in privacy.acts().items():
        assert said[0].isupper(), verb
        assert said.endswith("."), verb
        assert "_" not in said, verb


@pytest.mark.django_db
def test_ones_own_data_say_what_was_done_in_french_words_and_no_code(client):
    person = PersonFactory()
    membership = MembershipFactory(person=person)
    journal.record("membership.opened", membership, by=person, after={"role": "learner"})
    values = {"before": {"first_name": "Anne"}, "after": {"first_name": "Anna"}}
    journal.record("accounts.change_profile", person, by=person, personal=values)
    journal.record("nobody.says_it", person, by=person)
    sign_in(client, person)
    page = client.get("/espace/donnees/export/").content.decode().replace("\u00a0", " ")
    for words in (
        "Un rôle est donné dans une organisation.",
        "appartenance",
        "Le profil est modifié.",
        "prénom : Anna",
    ):
        assert words in page
    for code in ("membership.opened", "change_profile", "says_it", "first_name", "organisations.membership"):
        assert code not in page
