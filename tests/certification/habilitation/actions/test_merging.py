import datetime
from collections import Counter

import pytest
from django.core import serializers

from certification.habilitation import actions
from certification.habilitation.actions.handing import hand_over
from certification.habilitation.actions.merging import merge_people, merge_structures, transfer, undo
from certification.habilitation.documents.duplicates import people_groups, people_in, structure_groups, structures_in
from certification.habilitation.lifecycle import ExitReason, Outcome, Step
from certification.habilitation.models import Fact, Habilitation
from lms.accounts.actions import erase_account
from lms.accounts.models import Person
from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.models import Kind, Membership, Organisation
from lms.pilotage.actions import check, fold
from lms.pilotage.models import Line
from tests.accounts.factories import PersonFactory
from tests.certification.habilitation.actions.test_imports import recorded
from tests.certification.habilitation.factories import DAY, HabilitationFactory
from tests.certification.habilitation.stock import GENERAL, csv_of, general_line, pix_json
from tests.organisations.factories import MembershipFactory, OrganisationFactory, luhn_siret
from tests.parcours.learning.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db


def picture():
    """Everything a merge may touch."""
    models = (Habilitation, Fact, Membership)
    return [serializers.serialize("json", model.objects.order_by("pk")) for model in models]


def test_two_records_of_one_person_become_one_that_has_both_facts_and_come_apart_again():
    kept = HabilitationFactory(facts=["eligibility", "training"])
    other = HabilitationFactory(facts=["eligibility", "pix"])
    before = picture()
    merge = merge_people(kept.person, other.person, by=PersonFactory())
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.step, other.step, other.person) == (Step.HABILITATED, Step.HABILITATED, kept.person)
    undo(merge, by=PersonFactory())
    assert picture() == before


def test_two_records_followed_for_one_structure_leave_one_on_the_way():
    structure = OrganisationFactory()
    kept = HabilitationFactory(organisation=structure, facts=["training"])
    other = HabilitationFactory(organisation=structure, facts=["eligibility", "pix"])
    before = picture()
    merge = merge_people(kept.person, other.person, by=PersonFactory())
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.step, other.step, other.exit_reason) == (Step.HABILITATED, Step.CANCELLED, ExitReason.TWICE)
    undo(merge, by=PersonFactory())
    assert picture() == before


def test_two_structures_become_one_whose_people_keep_everything_and_come_apart_again():
    kept, merged = OrganisationFactory(), OrganisationFactory(data_pass_id="99")
    person = HabilitationFactory(organisation=kept, facts=["training"]).person
    HabilitationFactory(organisation=merged, person=person, facts=["eligibility", "pix"])
    HabilitationFactory(organisation=merged)
    MembershipFactory(organisation=merged, person=person)
    MembershipFactory(organisation=kept, person=person)
    before = picture()
    merge = merge_structures(kept, merged, by=PersonFactory())
    assert Habilitation.objects.get(organisation=kept, person=person).step == Step.HABILITATED
    assert Habilitation.objects.filter(organisation=kept).count() == 2
    undo(merge, by=PersonFactory())
    assert picture() == before


def counted_by_habilitation():
    fold()
    return Counter(Line.objects.filter(indicator__startswith="habilitations-").values_list("indicator", flat=True))


def test_a_person_of_two_structures_made_one_counts_for_one_habilitation_at_each_step():
    kept, merged = OrganisationFactory(), OrganisationFactory(data_pass_id="99")
    person = HabilitationFactory(organisation=kept, facts=["eligibility", "training"]).person
    HabilitationFactory(organisation=merged, person=person, facts=["eligibility", "pix"])
    assert set(counted_by_habilitation().values()) == {2}
    merge_structures(kept, merged, by=PersonFactory())
    assert set(counted_by_habilitation().values()) == {1}
    assert list(check()) == []


@pytest.mark.parametrize("in_one_structure", [True, False])
def test_a_file_that_comes_again_after_a_merge_says_nothing_new_nor_leaves_anything_once_it_is_undone(
    in_one_structure,
):
    """The same line tells the account and the training of both; only their structures differ."""
    lines = [general_line(1, Nom="Roux"), general_line(2 if in_one_structure else 5, Nom="Roux", Prénom="Camille")]
    recorded(csv_of(GENERAL, lines))
    one, other = Person.objects.filter(last_name="Roux").order_by("email")
    before = picture()
    merge = merge_people(one, other, by=PersonFactory())
    merged = picture()
    assert set(recorded(csv_of(GENERAL, lines), name="bis.csv").counts) <= {Outcome.SAME, Outcome.LEFT_OUT}
    assert picture() == merged
    undo(merge, by=PersonFactory())
    assert picture() == before


def test_the_datapass_number_of_a_structure_set_aside_names_the_one_that_stays():
    kept, merged = OrganisationFactory(data_pass_id=None), OrganisationFactory(data_pass_id="35010001")
    HabilitationFactory(organisation=merged, facts=["training"])
    merge = merge_structures(kept, merged, by=PersonFactory())
    handed = hand_over("A1", form="csv", by=PersonFactory(is_superuser=True), organisation=kept)
    assert b";35010001;" in handed.content
    undo(merge, by=PersonFactory())
    numbers = (
        Organisation.objects.filter(pk__in=[kept.pk, merged.pk]).order_by("pk").values_list("data_pass_id", flat=True)
    )
    assert list(numbers) == [None, "35010001"]


def test_a_merge_is_undone_once():
    merge = merge_people(PersonFactory(), PersonFactory(), by=PersonFactory())
    undo(merge, by=PersonFactory())
    with pytest.raises(TransitionRefused, match="déjà défaite"):
        undo(merge, by=PersonFactory())


def test_a_record_merged_already_one_and_the_same_or_one_that_followed_a_parcours_is_refused():
    one, other, third = PersonFactory(), PersonFactory(), PersonFactory()
    merge_people(one, other, by=third)
    for kept, merged, said in (
        (third, other, "déjà fusionnée"),
        (one, one, "deux fiches différentes"),
        (one, EnrolmentFactory().person, "a suivi un parcours"),
    ):
        with pytest.raises(TransitionRefused, match=said):
            merge_people(kept, merged, by=third)


def test_a_file_that_names_what_was_set_aside_finds_what_it_was_merged_into():
    recorded(csv_of(GENERAL, [general_line(0), general_line(3)]))
    first, second = Habilitation.objects.order_by("pk")
    merge_structures(first.organisation, second.organisation, by=PersonFactory())
    merge_people(first.person, second.person, by=PersonFactory())
    found = recorded(csv_of(GENERAL, [general_line(3, **{"Date de formation": "02-06-2025"})]))
    assert found.counts == {"changed": 1}
    assert Fact.objects.get(on=datetime.date(2025, 6, 2)).person == first.person


def test_what_looks_alike_is_shown_for_somebody_to_decide():
    siret = luhn_siret(7)
    OrganisationFactory(siret=siret, name="CCAS de Vitré")
    OrganisationFactory(siret=siret, name="CCAS de Vitré", antenne="Centre")
    structure = OrganisationFactory()
    for email in ("anne.roux@vitre.example", "a.roux@vitre.example"):
        HabilitationFactory(
            organisation=structure, person__email=email, person__last_name="Roux", person__first_name="Anne"
        )
    assert [len(group.members) for group in structures_in(structure_groups())] == [2]
    assert [len(group.members) for group in people_in(people_groups())] == [2]
    first, second = people_in(people_groups())[0].members
    merge_people(first, second, by=PersonFactory())
    assert people_groups() == []


def test_a_transfer_keeps_the_training_and_ends_the_former_way():
    one = HabilitationFactory(facts=["eligibility", "training", "pix"])
    organisation = OrganisationFactory()
    following = transfer(one, organisation, by=PersonFactory(), on=DAY)
    one.refresh_from_db()
    assert (one.step, one.exit_reason, following.follows) == (Step.LEFT, ExitReason.TRANSFERRED, one)
    assert (following.trained_on, following.step) == (DAY, Step.PIX_SENT)
    actions.record_facts(
        [actions.Draft(following.person_id, "eligibility", DAY, "confirmed", "person", habilitation=following.pk)]
    )
    following.refresh_from_db()
    assert following.step == Step.HABILITATED
    with pytest.raises(TransitionRefused, match="déjà suivie"):
        transfer(following, one.organisation, by=PersonFactory(), on=DAY)


def test_what_was_changed_since_a_merge_stays_when_it_is_undone():
    kept, merged = OrganisationFactory(), OrganisationFactory()
    one, later = HabilitationFactory(organisation=merged), OrganisationFactory()
    place = EnrolmentFactory(employer=merged)
    merge = merge_structures(kept, merged, by=PersonFactory())
    type(place).objects.filter(pk=place.pk).update(employer=later)
    undo(merge, by=PersonFactory())
    one.refresh_from_db()
    place.refresh_from_db()
    assert (one.organisation, place.employer) == (merged, later)


@pytest.mark.parametrize("in_one_structure", [True, False])
def test_what_files_have_told_since_of_the_one_set_aside_goes_back_with_it(in_one_structure):
    structure = OrganisationFactory(data_pass_id="35010000")
    named = {"person__first_name": "Camille", "person__last_name": "Roux"}
    kept = HabilitationFactory(organisation=structure, person__email="kept@ville.example", **named)
    where = structure if in_one_structure else OrganisationFactory(data_pass_id="35010001")
    merged = HabilitationFactory(organisation=where, person__email="merged@ville.example", **named)
    merge = merge_people(kept.person, merged.person, by=PersonFactory())
    line = {"Adresse e-mail": "merged@ville.example", "Nom": "Roux", "Organisation: Datapass ID": where.data_pass_id}
    recorded(csv_of(GENERAL, [general_line(1, **line)]))
    recorded(pix_json(("2026-09-01", "merged@ville.example", 0), ("2026-09-02", "kept@ville.example", 1)), "P1")
    undo(merge, by=PersonFactory())
    told = dict(Fact.objects.filter(kind="pix").values_list("on__day", "person"))
    assert told == {1: merged.person_id, 2: kept.person_id}
    whose = set(Fact.objects.exclude(kind="pix").values_list("person", "habilitation"))
    assert whose == {(merged.person_id, merged.pk), (merged.person_id, None)}
    kept.refresh_from_db()
    merged.refresh_from_db()
    assert (kept.step, merged.step) == (Step.INVITED, Step.OPERATIONAL)
    again = recorded(pix_json(("2026-09-01", "merged@ville.example", 0)), "P1", name="bis.json")
    assert again.counts == {Outcome.SAME: 1}


def test_merges_of_one_record_after_another_are_undone_from_the_last():
    first, second, third = OrganisationFactory.create_batch(3)
    one = HabilitationFactory(organisation=first)
    earlier = merge_structures(second, first, by=PersonFactory())
    last = merge_structures(third, second, by=PersonFactory())
    with pytest.raises(TransitionRefused, match="défaites d’abord"):
        undo(earlier, by=PersonFactory())
    undo(last, by=PersonFactory())
    undo(earlier, by=PersonFactory())
    one.refresh_from_db()
    assert one.organisation == first


def test_a_merge_of_somebody_erased_since_opens_no_account_again():
    kept, merged = HabilitationFactory(), HabilitationFactory()
    merge = merge_people(kept.person, merged.person, by=PersonFactory())
    erase_account(kept.person, by=PersonFactory())
    with pytest.raises(TransitionRefused, match="effacé"):
        undo(merge, by=PersonFactory())
    merged.person.refresh_from_db()
    assert not merged.person.is_active


def test_a_merge_whose_place_is_taken_since_is_refused_in_a_sentence():
    kept, merged = OrganisationFactory(), OrganisationFactory()
    one = HabilitationFactory(organisation=merged)
    merge = merge_structures(kept, merged, by=PersonFactory())
    HabilitationFactory(organisation=merged, person=one.person)
    with pytest.raises(TransitionRefused, match="est prise"):
        undo(merge, by=PersonFactory())
    one.refresh_from_db()
    assert one.organisation == kept


def test_neither_an_organisme_nor_a_closed_account_nor_ones_own_record_is_merged():
    structure, trains = OrganisationFactory(), OrganisationFactory(kind=Kind.TRAINING)
    with pytest.raises(TransitionRefused, match="Seules des structures"):
        merge_structures(structure, trains, by=PersonFactory())
    person, closed = PersonFactory(), PersonFactory(is_active=False)
    with pytest.raises(TransitionRefused, match="fermé ou effacé"):
        merge_people(person, closed, by=PersonFactory())
    with pytest.raises(TransitionRefused, match="est la vôtre"):
        merge_people(person, PersonFactory(), by=person)


def test_nobody_is_moved_to_a_structure_that_was_just_merged():
    one, kept, merged = HabilitationFactory(), OrganisationFactory(), OrganisationFactory()
    merge_structures(kept, merged, by=PersonFactory())
    with pytest.raises(TransitionRefused, match="vient d’être fusionnée"):
        transfer(one, merged, by=PersonFactory(), on=DAY)
