from decimal import Decimal

import pytest

from certification.funding.engine.comparing import (
    Bill,
    Told,
    ceiling,
    earned,
    findings,
    findings_of_asking,
    findings_of_invoice,
    key_of,
    payable,
)
from lms.kernel.formats import duration

D = Decimal
WHOLE = {"granted": 630, "signed": 420, "online": 210, "certified": 630, "billed": 630}


def words(found):
    return [one.words.replace("\u00a0", " ") for one in found]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, []),
        ({"billed": None}, []),
        ({"billed": None, "certified": None, "signed": 0, "online": 0, "locked": False}, []),
        ({"signed": 210, "certified": 420}, ["3 h 30 facturées non faites"]),
        ({"online": 130, "certified": 550}, ["1 h 20 facturée non faite"]),
        ({"online": 170, "certified": 590}, ["40 min facturées non faites"]),
        ({"online": 209, "certified": 629}, ["1 min facturée non faite"]),
        ({"signed": 420, "billed": 420}, []),
        ({"granted": 420, "billed": 420}, []),
        ({"granted": 420}, ["3 h 30 facturées au-delà de l’accord"]),
        ({"granted": None}, []),
        ({"certified": None}, ["certificat de réalisation absent"]),
        ({"certified": None, "signed": 0, "online": 0, "billed": 0}, []),
        ({"certified": 420}, ["certificat : 3 h 30 de moins que les heures faites"]),
        (
            {"signed": 210},
            ["3 h 30 facturées non faites", "certificat : 3 h 30 de plus que les heures faites"],
        ),
        (
            {"granted": 600, "signed": 0, "online": 0, "certified": 0},
            ["10 h 30 facturées non faites", "30 min facturées au-delà de l’accord"],
        ),
        ({"locked": False}, ["une demi-journée n’est pas verrouillée"]),
        ({"locked": False, "billed": 0, "certified": None, "signed": 0, "online": 0}, []),
    ],
)
def test_what_differs_is_said_in_words(changes, said):
    assert words(findings(Told(**WHOLE | changes))) == said


@pytest.mark.parametrize(
    ("bill", "said"),
    [
        ({}, []),
        ({"amount": D("450")}, []),
        ({"amount": D("450"), "most": None}, []),
        ({"amount": None}, ["aucune facture enregistrée"]),
        ({"standing": False}, ["la facture a été annulée par un avoir"]),
        ({"amount": D("1834.50")}, ["1 234,50 € facturés au-delà de l’accord"]),
        ({"amount": D(0)}, ["cette facture ne demande rien au payeur de ce dossier"]),
        ({"elsewhere": True}, ["cette facture est aussi celle d’un autre dossier"]),
        ({"earned": D("600")}, []),
        ({"earned": D("300")}, ["300,00 € facturés de plus que ne valent les heures facturées"]),
        (
            {"amount": D("700"), "earned": D("300")},
            [
                "100,00 € facturés au-delà de l’accord",
                "300,00 € facturés de plus que ne valent les heures facturées",
            ],
        ),
    ],
)
def test_the_invoice_beside_the_agreement(bill, said):
    assert words(findings_of_invoice(Bill(**{"amount": D("600"), "most": D("600")} | bill))) == said


@pytest.mark.parametrize(
    ("hours", "worth"),
    [
        ([(420, 420)], D("450.00")),
        ([(420, 210)], D("225.00")),
        ([(420, 630)], D("450.00")),
        ([(420, 420), (420, None)], D("225.00")),
        ([(420, 420), (0, 420)], D("450.00")),
        ([(420, 140), (420, 0), (420, 0)], D("50.00")),
        ([(420, 1)], D("1.08")),
        ([(0, 420)], None),
        ([], None),
    ],
)
def test_what_hours_are_worth_is_their_part_of_the_agreement_to_the_cent_above(hours, worth):
    assert earned(D("450"), hours) == worth


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, []),
        ({"minutes": 660}, ["30 min demandées de plus que la session n’en prévoit"]),
        ({"cost": D("700")}, ["70,00 € demandés au-delà du plafond"]),
        ({"ceiling": None, "cost": D("9000")}, []),
        ({"late": True}, ["déposée après le début de la session"]),
    ],
)
def test_what_is_asked_beside_the_session_and_the_rules(changes, said):
    asked = {"minutes": 630, "planned": 630, "cost": D("630"), "ceiling": D("630"), "late": False}
    assert words(findings_of_asking(**asked | changes)) == said


@pytest.mark.parametrize(
    ("minutes", "people", "caps", "most"),
    [
        (630, 2, {"per_hour": "60.00"}, D("1260.00")),
        (630, 1, {"per_hour": "60.00", "hours_per_person": 7}, D("420.00")),
        (630, 1, {"per_hour": "60.00", "hours_per_person": 0}, D("630.00")),
        (20, 1, {"per_hour": "50"}, D("16.67")),
        (1050, 1, {"per_hour": "60.00", "hours_per_person": "10.5"}, D("630.00")),
        (3, 1, {"per_hour": "0.10"}, D("0.01")),
        (630, 3, {}, None),
    ],
)
def test_the_ceiling_is_hours_times_a_rate(minutes, people, caps, most):
    assert ceiling(minutes, people, caps) == most


@pytest.mark.parametrize(
    ("granted", "billed", "due"),
    [(D("600"), D("450"), D("450")), (D("400"), D("450"), D("400")), (None, D("450"), D("450")), (None, None, D(0))],
)
def test_what_is_payable_is_billed_within_the_agreement(granted, billed, due):
    assert payable(granted, billed) == due
    assert payable(granted, billed, D("100")) == min(D("100"), due or D("100"))


def test_an_explanation_is_bound_to_what_it_explains():
    before = findings(Told(**WHOLE | {"signed": 210, "certified": 420}))
    after = findings(Told(**WHOLE | {"signed": 0, "certified": 210}))
    assert key_of(before) == "not_done:210"
    assert key_of(before) != key_of(after)


@pytest.mark.parametrize("minutes", [1, 59, 60, 61, 120, 630])
def test_durations_read_as_everywhere_else(minutes):
    assert words(findings(Told(granted=0, signed=minutes, certified=minutes, billed=minutes)))[0].startswith(
        duration(minutes).replace("\u00a0", " ")
    )
