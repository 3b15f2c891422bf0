"""An officer who follows some branches of the OPCO meets nothing of the others."""

import datetime

import pytest
from django.urls import reverse

from certification.funding import actions
from certification.funding.lifecycle import State, Verdict
from certification.funding.models import Branches, Demande
from tests.certification.funding import factories as made
from tests.certification.funding.factories import at, plain
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership(officer):
    return officer.memberships.get()


@pytest.fixture
def limited(membership, opco):
    """The officer follows another branch than that of the files made here (1518)."""
    actions.set_branches(membership, idcc=["2941"], by=made.officer_of(opco))
    return signed_in(type(membership.person).objects.get(pk=membership.person_id))


def test_another_branch_exists_nowhere(limited, membership, opco):
    demande = made.validated(opco=opco)
    assert demande.number not in plain(limited.get(f"/financement/?pile=tous&q={demande.number}"))
    assert demande.number not in limited.post("/financement/export/", {"pile": "tous"}).content.decode()
    piece = demande.pieces.first()
    paths = [at(demande), at(demande, "payer"), at(demande, "facture"), at(demande, "documents/CRE-2026-00001")]
    for path in [*paths, f"/prises-en-charge/{demande.public_id}/pieces/{piece.pk}/"]:
        assert limited.get(path).status_code == 404, path
    for slug in ("retirer", "prendre"):
        assert limited.post(at(demande, slug)).status_code == 404
    person = type(membership.person).objects.get(pk=membership.person_id)
    assert not Demande.objects.visible_to(person).exists()
    actions.decide_many([demande], Verdict.VALIDATE, by=person)
    assert made.fresh(demande).state == State.VALIDATED
    shown = plain(limited.get(f"/financement/confier/?choix={demande.public_id}"))
    assert demande.number not in shown


def test_their_own_branch_opens(limited, opco):
    demande = made.filed(opco=opco)
    Demande.objects.filter(pk=demande.pk).update(idcc="2941")
    assert limited.get(at(demande)).status_code == 200
    assert demande.number in plain(limited.get("/financement/"))


def test_the_last_decision_that_has_begun_counts(membership, opco):
    by = made.officer_of(opco)
    made.filed(opco=opco)
    model = type(membership.person)

    def seen():
        return Demande.objects.decided_by(model.objects.get(pk=membership.person_id)).count()

    assert seen() == 1
    actions.set_branches(membership, idcc=["2941"], by=by, starts_on=made.in_days(5))
    assert seen() == 1
    actions.set_branches(membership, idcc=["2941"], by=by)
    assert seen() == 0
    actions.set_branches(membership, idcc=["1518", "2941"], by=by)
    assert seen() == 1
    actions.set_branches(membership, idcc=[], by=by)
    assert seen() == 1
    Branches.objects.filter(idcc=[]).update(starts_on=made.in_days(0) + datetime.timedelta(days=30))
    assert seen() == 1


def test_who_follows_the_whole_opco_limits_a_colleague_and_nobody_else_does(desk, officer, opco):
    colleague = made.officer_of(opco)
    theirs = colleague.memberships.get()
    url = reverse("funding:branches", args=[theirs.pk])
    assert desk.get(url).status_code == 200
    today = str(made.today())
    assert "n’est pas un IDCC" in plain(desk.post(url, {"idcc": "15-18", "starts_on": today}))
    assert "Cette date est passée" in plain(desk.post(url, {"idcc": "1518", "starts_on": "2020-01-01"}))
    told = plain(desk.post(url, {"idcc": "1518, 2941; 1518", "starts_on": today}, follow=True))
    assert "IDCC 1518, 2941" in told
    narrow = signed_in(type(colleague).objects.get(pk=colleague.pk))
    assert narrow.get(reverse("funding:branches", args=[officer.memberships.get().pk])).status_code == 403
    assert narrow.get(url).status_code == 403
    assert desk.get(reverse("funding:branches", args=[officer.memberships.get().pk])).status_code == 403
    neighbour = made.officer_of(made.an_opco()).memberships.get()
    assert desk.get(reverse("funding:branches", args=[neighbour.pk])).status_code == 404


def test_nobody_is_handed_a_file_of_a_branch_they_do_not_follow(membership, opco):
    actions.set_branches(membership, idcc=["2941"], by=made.officer_of(opco))
    person = type(membership.person).objects.get(pk=membership.person_id)
    done, said = actions.assign([made.filed(opco=opco)], to=person, by=made.officer_of(opco))
    assert done == 0 and "ne suit pas cette branche" in said[0]
