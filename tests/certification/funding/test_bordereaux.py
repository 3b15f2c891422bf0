"""Payments handed to the accounts as one list, then recorded at once."""

from decimal import Decimal

import pytest

from certification.funding import actions
from certification.funding.actions import bordereaux
from certification.funding.lifecycle import State
from certification.funding.models import Bordereau, BordereauLine, Demande
from lms.kernel.models import JournalEntry
from lms.organisations.models import Role
from tests.certification.funding import factories as made
from tests.certification.funding.factories import plain, refused
from tests.organisations.factories import MembershipFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
NEW = "/financement/bordereaux/nouveau/"


def at(bordereau, slug=""):
    return f"/financement/bordereaux/{bordereau.number}/{slug}{'/' if slug else ''}"


def test_what_is_to_pay_is_handed_over_then_recorded_at_once(desk, opco):
    first, second = made.validated(opco=opco), made.validated(opco=opco)
    shown = plain(desk.get(NEW))
    assert first.number in shown and second.number in shown and "par subrogation" in shown
    chosen = [str(one.public_id) for one in (first, second)]
    told = plain(desk.post(NEW, {"choix": chosen}, follow=True))
    bordereau = Bordereau.objects.get()
    assert f"Le bordereau {bordereau.number} est prêt." in told and "2 dossiers, 900,00 € en tout" in told
    assert "un ordre de virement" in told
    assert "n’est pas encore payé" in plain(desk.get(NEW))
    file = desk.post(at(bordereau, "fichier"), {"format": "csv"})
    text = file.content.decode("utf-8-sig")
    assert file["Content-Disposition"].endswith(f'"{bordereau.number}.csv"')
    assert first.number in text and "450" in text and len(text.strip().splitlines()) == 3
    assert first.beneficiaries.get().registration.person.last_name not in text
    body = {"paid_on": str(made.today()), "reference": "VIR-LOT-1"}
    assert "2 paiements" in plain(desk.post(at(bordereau), body, follow=True))
    assert {made.fresh(one).state for one in (first, second)} == {State.PAID}
    assert BordereauLine.objects.exclude(payment=None).count() == 2
    assert "déjà enregistrés" in plain(desk.post(at(bordereau), body))
    assert JournalEntry.objects.filter(verb="funding.make_bordereau").count() == 1


def test_what_changed_since_is_not_paid_and_says_why(desk, officer, opco):
    first, second = made.validated(opco=opco), made.validated(opco=opco)
    bordereau = actions.make_bordereau([first, second], by=officer)
    made.announced(actions.reject(first, by=officer, reason="pièces", sentence="Sans relevé."))
    done, said = actions.pay_bordereau(bordereau, paid_on=made.today(), reference="V", by=officer)
    assert done == 1 and first.number in said[0]
    assert made.fresh(first).state == State.REJECTED and made.fresh(second).state == State.PAID
    said = refused(actions.cancel_bordereau, bordereau, by=officer)
    assert "ne s’annule plus" in said


def test_a_bordereau_that_a_colleague_cancels_meanwhile_is_paid_no_further(officer, opco, monkeypatch):
    demandes = [made.validated(opco=opco), made.validated(opco=opco)]
    bordereau = actions.make_bordereau(demandes, by=officer)
    pay = bordereaux.pay

    def cancelled_meanwhile(*args, **values):
        actions.cancel_bordereau(bordereau, by=officer)
        return pay(*args, **values)

    monkeypatch.setattr(bordereaux, "pay", cancelled_meanwhile)
    done, said = actions.pay_bordereau(bordereau, paid_on=made.today(), reference="V", by=officer)
    assert done == 1 and "annulé" in said[0]
    assert sorted(made.fresh(one).state for one in demandes) == [State.PAID, State.VALIDATED]


def test_a_payment_taken_back_leaves_its_line_to_pay(officer, opco):
    demande = made.validated(opco=opco)
    bordereau = actions.make_bordereau([demande], by=officer)
    actions.pay_bordereau(bordereau, paid_on=made.today(), reference="V", by=officer)
    actions.withdraw(demande, by=officer)
    assert bordereau.lines.to_pay().count() == 1
    assert actions.pay_bordereau(bordereau, paid_on=made.today(), reference="V2", by=officer)[0] == 1


def test_what_cannot_enter_stays_out_with_a_reason(desk, officer, opco):
    waiting = made.validated(opco=opco)
    made.pay(waiting, 100)
    trained = made.validated(opco=opco)
    MembershipFactory(person=officer, organisation=trained.session.organisation, role=Role.TRAINER)
    told = plain(desk.get(NEW))
    assert "Une décision attend d’être notifiée" in told and "Vous formez" in told
    assert "Rien n’est à mettre dans un bordereau." in told
    again = type(officer).objects.get(pk=officer.pk)
    assert "Aucun dossier" in refused(actions.make_bordereau, [waiting, trained], by=again)
    assert "Aucun dossier" in plain(desk.post(NEW, {"choix": ["x"]}))


def test_a_file_whose_pieces_changed_since_is_read_before_it_is_paid(desk, officer, opco):
    demande = made.validated(opco=opco)
    Demande.objects.update(mismatches=1)
    assert "Les pièces ont changé depuis la validation" in plain(desk.get(NEW))
    assert "Aucun dossier" in refused(actions.make_bordereau, [demande], by=officer)


def test_a_file_says_in_which_bordereau_it_is_and_the_list_how_far_each_is_paid(desk, officer, opco):
    first, second = made.validated(opco=opco), made.validated(opco=opco)
    bordereau = actions.make_bordereau([first, second], by=officer)
    assert f"dans le bordereau {bordereau.number}" in plain(desk.get(made.at(first)))
    assert "à payer" in plain(desk.get("/financement/bordereaux/"))
    made.announced(actions.reject(second, by=officer, reason="pièces", sentence="Sans relevé."))
    actions.pay_bordereau(bordereau, paid_on=made.today(), reference="V", by=officer)
    assert "1 sur 2" in plain(desk.get("/financement/bordereaux/"))
    actions.withdraw(made.fresh(first), by=officer)
    assert "1 sur 2" not in plain(desk.get("/financement/bordereaux/"))


def test_one_that_is_cancelled_is_paid_no_more(desk, officer, opco):
    demande = made.validated(opco=opco)
    bordereau = actions.make_bordereau([demande], by=officer)
    told = plain(desk.post(at(bordereau, "annuler"), follow=True))
    assert "Ce bordereau est annulé" in told
    body = {"paid_on": str(made.today()), "reference": "V"}
    assert "annulé" in plain(desk.post(at(bordereau), body))
    assert demande.number in plain(desk.get(NEW)) and "n’est pas encore payé" not in plain(desk.get(NEW))
    assert actions.make_bordereau([demande], by=officer).number != bordereau.number


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"paid_on": "", "reference": "V"}, "manque"),
        ({"paid_on": "2020-01-01", "reference": ""}, "manque"),
        ({"paid_on": "hier", "reference": "V"}, "Écrivez une date"),
        ({"paid_on": "2020-01-01", "reference": "V" * 61}, "60"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_paid(desk, officer, opco, values, said):
    demande = made.validated(opco=opco)
    bordereau = actions.make_bordereau([demande], by=officer)
    response = desk.post(at(bordereau), values)
    assert response.status_code == 422 and said in plain(response)
    assert not demande.payments.exists()


def test_another_opco_or_another_branch_meets_none_of_it(officer, opco):
    demande = made.validated(opco=opco)
    bordereau = actions.make_bordereau([demande], by=officer)
    narrow = made.officer_of(opco)
    actions.set_branches(narrow.memberships.get(), idcc=["2941"], by=officer)
    for person in (made.officer_of(made.an_opco(name="OPCO voisin")), narrow):
        neighbour = signed_in(type(person).objects.get(pk=person.pk))
        assert neighbour.get(at(bordereau)).status_code == 404
        assert neighbour.post(at(bordereau, "fichier")).status_code == 404
        assert neighbour.post(at(bordereau, "annuler")).status_code == 404
        assert bordereau.number not in plain(neighbour.get("/financement/bordereaux/"))
    wide = type(narrow).objects.get(pk=narrow.pk)
    actions.set_branches(narrow.memberships.get(), idcc=["1518"], by=officer)
    assert signed_in(wide).get(at(bordereau)).status_code == 200


def test_the_amounts_of_a_bordereau_are_what_is_left(officer, opco):
    demande = made.announced(made.pay(made.validated(opco=opco), 200))
    bordereau = actions.make_bordereau([demande], by=officer)
    assert bordereau.lines.get().amount == Decimal(250)


def test_the_pages_cost_the_same_for_one_file_or_a_hundred(desk, officer, opco, django_assert_max_num_queries):
    from tests.certification.funding.test_piles import many

    first = made.validated(opco=opco)
    copies = many(first, 99)
    with django_assert_max_num_queries(14):
        assert "X-98" in desk.get(NEW).content.decode()
    bordereau = actions.make_bordereau([first, *copies], by=officer)
    with django_assert_max_num_queries(15):
        assert "100 dossiers" in plain(desk.get(at(bordereau)))
    with django_assert_max_num_queries(15):
        desk.get("/financement/bordereaux/")
