from decimal import Decimal

import pytest
from django.utils import timezone

from certification.funding import actions
from certification.funding.lifecycle import FUNDING, State, Verdict
from certification.funding.models import Demande
from lms.kernel.models import JournalEntry, Rule
from tests.accounts.factories import PersonFactory
from tests.certification.funding import factories as made
from tests.certification.funding.factories import pay, refused
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
D = Decimal


def test_many_are_decided_at_once_and_the_others_say_why():
    opco = made.an_opco()
    good, bad = made.held(opco=opco), made.held(opco=opco, absent=[0])
    done, said = actions.decide_many([good, bad], Verdict.VALIDATE, by=made.officer_of(opco))
    assert done == 1 and bad.number in said[0] and made.fresh(bad).state == State.SERVICE


def test_a_long_list_is_decided_by_a_job(run_jobs):
    opco = made.an_opco()
    officer = made.officer_of(opco)
    mine, theirs = made.filed(opco=opco), made.filed()
    actions.order_many([mine, theirs], Verdict.GRANT, by=officer)
    run_jobs()
    assert made.fresh(mine).state == State.GRANTED and made.fresh(theirs).state == State.FILED


def test_a_rule_is_confirmed_as_it_reads_and_falls_when_it_changes():
    from certification.funding.documents.rules import CAPS, fictional_for, rules_for

    opco = made.an_opco()
    officer = made.officer_of(opco)
    shown = next(one for one in rules_for(opco) if one.code == CAPS.code)
    assert shown.is_fictional and fictional_for(opco, CAPS)
    confirm = {"code": CAPS.code, "sha256": shown.sha256, "source": "Conseil du 3 mars", "by": officer}
    actions.confirm_rule(opco, **confirm)
    assert not fictional_for(opco, CAPS) and fictional_for(made.an_opco(), CAPS)
    assert "déjà confirmée" in refused(actions.confirm_rule, opco, **confirm)
    Rule.objects.create(code=CAPS.code, value={"per_hour": "30.00", "hours_per_person": 35})
    assert fictional_for(opco, CAPS)
    assert "a changé depuis" in refused(actions.confirm_rule, opco, **confirm)


def test_every_move_is_in_the_journal():
    demande = made.validated()
    pay(demande, 450)
    verbs = set(JournalEntry.objects.filter(verb__startswith="funding.").values_list("verb", flat=True))
    wanted = "start choose_people describe add_piece file grant notify declare_service validate pay"
    assert {f"funding.{verb}" for verb in wanted.split()} <= verbs


@made_once
def drafted():
    return made.draft(days=-10)


@pytest.mark.parametrize("name", list(FUNDING.transitions))
def test_only_the_moves_of_the_table_are_open(drafted, name):
    open_from = set()
    for state in State:
        for at in (None, timezone.now()):
            drafted.state, drafted.service_declared_at = state, at
            if FUNDING.refusals(drafted, name) == []:
                open_from.add(state)
    assert open_from == set(FUNDING.transitions[name].sources)


def test_a_stranger_sees_no_demande():
    made.filed()
    assert not Demande.objects.visible_to(PersonFactory()).exists()
