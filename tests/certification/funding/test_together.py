import datetime
from decimal import Decimal
from itertools import product

import pytest
from django.utils import timezone

from certification.funding import actions
from certification.funding.lifecycle import FUNDING, State, Verdict
from certification.funding.models import Batch, Demande
from lms.kernel.models import Job, JobState, JournalEntry, Rule
from tests.accounts.factories import PersonFactory
from tests.certification.funding import factories as made
from tests.certification.funding.factories import pay, plain, refused
from tests.permissions.matrix import signed_in
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
D = Decimal


def said_of(batch) -> dict:
    return {one.demande_id: (one.decided, one.why) for one in batch.lines.all()}


def test_many_are_decided_at_once_and_the_others_say_why():
    opco = made.an_opco()
    good, bad = made.held(opco=opco), made.held(opco=opco, absent=[0])
    said = said_of(actions.decide_many([good, bad], Verdict.VALIDATE, by=made.officer_of(opco)))
    assert said[good.pk] == (True, "") and made.fresh(bad).state == State.SERVICE
    assert said[bad.pk][0] is False and "1 écart à expliquer" in said[bad.pk][1]


def test_a_file_with_a_point_to_look_at_is_not_granted_with_others():
    opco = made.an_opco()
    one, two = made.filed(opco=opco), made.filed(opco=opco)
    Demande.objects.filter(pk=one.pk).update(mismatches=1)
    Demande.objects.filter(pk=two.pk).update(explained=1)
    said = said_of(actions.decide_many([one, two], Verdict.GRANT, by=made.officer_of(opco)))
    assert (
        "un point y est à regarder" in said[one.pk][1].lower() and "un écart y est expliqué" in said[two.pk][1].lower()
    )
    assert made.fresh(one).state == made.fresh(two).state == State.FILED


def test_a_long_list_is_decided_by_a_job_that_tells_what_it_did_not_decide(monkeypatch, run_jobs):
    monkeypatch.setattr("certification.funding.actions.batch.AT_ONCE", 1)
    opco = made.an_opco()
    officer = made.officer_of(opco)
    mine, taken, theirs = made.filed(opco=opco), made.filed(opco=opco), made.filed()
    desk = signed_in(officer)
    chosen = [str(one.public_id) for one in (mine, taken)]
    shown = plain(desk.post("/financement/ensemble/decider/", {"pile": "a-decider", "choix": chosen}, follow=True))
    assert "2 dossiers attendent leur tour" in shown and "0 dossier décidé" in shown
    actions.refuse(taken, by=officer, reason="autre", sentence="Hors champ.")
    batch = Batch.objects.get()
    again = f"/financement/ensemble/decisions/{batch.pk}/reprendre/"
    assert "n’est pas arrêté" in plain(desk.post(again, follow=True))
    Job.objects.filter(name=Batch.TASK).update(state=JobState.DEAD)
    assert "Ces décisions se sont arrêtées" in plain(desk.get("/financement/ensemble/decisions/"))
    assert "Le travail reprend" in plain(desk.post(again, follow=True))
    batch.lines.create(demande=theirs)
    run_jobs()
    actions.run_batch(batch.pk)
    assert said_of(batch)[theirs.pk] == (False, "Vous ne suivez plus ce dossier.")
    assert made.fresh(mine).state == State.GRANTED and made.fresh(theirs).state == State.FILED
    shown = plain(desk.get("/financement/ensemble/decisions/"))
    assert "1 dossier décidé, 1 ne l’est pas." in shown and "leur tour" not in shown
    assert taken.number in shown and "retirez-la, ou attendez" in shown and theirs.number not in shown
    assert "rien décidé ensemble" in plain(signed_in(made.officer_of(opco)).get("/financement/ensemble/decisions/"))
    actions.forget_outlived(timezone.localdate() + datetime.timedelta(31))
    assert not Batch.objects.exists() and Demande.objects.count() == 3


def test_nothing_ticked_is_no_way_to_ask_for_the_first_ones():
    opco = made.an_opco()
    desk, demande = signed_in(made.officer_of(opco)), made.filed(opco=opco)
    refused = plain(desk.get("/financement/ensemble/?pile=a-decider&coches=oui", follow=True))
    assert "Cochez au moins un dossier" in refused and "Ce qui sera décidé" not in refused
    assert demande.number in plain(desk.get("/financement/ensemble/?pile=a-decider"))


def test_the_first_ones_are_those_of_the_filtered_list():
    opco = made.an_opco()
    made.filed(opco=opco)
    shown = signed_in(made.officer_of(opco)).get("/financement/?pile=a-decider&suivi=personne")
    assert '/financement/ensemble/?pile=a-decider&amp;suivi=personne"' in shown.content.decode()


def test_a_rule_is_confirmed_as_it_reads_and_falls_when_it_changes():
    from certification.funding.documents.rules import CAPS, fictional_for, rules_for

    opco = made.an_opco()
    officer = made.officer_of(opco)
    shown = next(one for one in rules_for(opco) if one.code == CAPS.code)
    assert shown.confirmation is None and fictional_for(opco, CAPS)
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
        for at, mismatches in product((None, timezone.now()), (0, 1)):
            drafted.state, drafted.service_declared_at, drafted.mismatches = state, at, mismatches
            if FUNDING.refusals(drafted, name) == []:
                open_from.add(state)
    assert open_from == set(FUNDING.transitions[name].sources)


def test_a_stranger_sees_no_demande():
    made.filed()
    assert not Demande.objects.visible_to(PersonFactory()).exists()
