import pytest

from parcours.classroom.engine.funding import Answers
from parcours.classroom.models.roads import FUNDERS, FUNDING_ROADS, road_of


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "road"),
    [
        (Answers("public"), "employeur-public"),
        (Answers("public", legal_category="7361"), "employeur-public"),
        (Answers("public", legal_category="4140"), "opco"),
        (Answers("private"), "opco"),
        (Answers("private", granted_by="opco"), "opco-accorde"),
        (Answers("public", granted_by="region"), "accorde"),
        (Answers("public", conseiller=True), "conseiller"),
        (Answers("private", conseiller=True, granted_by="dispositif"), "conseiller"),
        (Answers("private", conseiller=True, granted_by="opco"), "opco-accorde"),
        (Answers("public", granted_by="fne"), "fne"),
        (Answers("public", conseiller=True, granted_by="fne"), "fne"),
    ],
)
def test_four_answers_give_the_road(answers, road):
    assert road_of(answers).code == road


@pytest.mark.django_db
def test_funds_held_by_fne_are_the_only_ones_that_close_the_registration_here():
    every = {code: road_of(Answers("public", granted_by=code)) for code in ("", *FUNDERS.default)}
    assert [code for code, road in every.items() if road.blocked] == ["fne"]
    assert "le porteur des crédits" in every["fne"].blocked


@pytest.mark.django_db
def test_public_agents_have_no_opco_in_general_and_are_told_so():
    assert any("OPCO" in sentence for sentence in road_of(Answers("public")).impossible)


@pytest.mark.parametrize("line", FUNDING_ROADS.default, ids=lambda line: line["label"])
def test_every_road_says_who_registers_the_delay_the_papers_and_what_cannot_be_done(line):
    assert all(line[name] for name in ("code", "label", "who", "delay", "papers", "impossible"))


@pytest.mark.django_db
@pytest.mark.parametrize("employer", ["public", "private"])
@pytest.mark.parametrize("conseiller", [True, False])
@pytest.mark.parametrize("granted_by", ["", *FUNDERS.default])
def test_whatever_is_answered_a_road_is_found(employer, conseiller, granted_by):
    assert road_of(Answers(employer, conseiller, granted_by))
