"""What is typed, against what is expected: the truth table of the marking of texts and values."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from parcours.assessment.engine.blanks import blank_faults, decide
from parcours.assessment.engine.formats import FORMATS
from parcours.assessment.engine.kinds import MEANINGS, Reason
from parcours.assessment.engine.texts import allowed_edits, normalise
from tests.assessment.factories import PITFALL, blank

WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=5, max_size=30)


@pytest.mark.parametrize(
    ("accepted", "typed", "reason"),
    [
        ("mandat", "mandat", Reason.EXACT),
        ("mandat", "  MANDAT ", Reason.EXACT),
        ("élève", "eleve", Reason.EXACT),
        ("l’usager", "l'usager", Reason.EXACT),
        ("« non »", '"non"', Reason.EXACT),
        ("rendez–vous", "rendez-vous", Reason.EXACT),
        ("cœur", "coeur", Reason.EXACT),
        ("un mandat", "un\u00a0mandat", Reason.EXACT),
        ("e\u0301tape", "étape", Reason.EXACT),
        ("mandat", "mandta", Reason.TYPO),
        ("mandat", "manda", Reason.TYPO),
        ("mandat", "mamdat", Reason.TYPO),
        ("mandat", "mandatt", Reason.TYPO),
        ("mandat", "maandatt", Reason.OTHER),
        ("clic", "clik", Reason.OTHER),
        ("procuration", "procurasion", Reason.TYPO),
        ("procuration", "procurasionn", Reason.TYPO),
        ("procuration", "prokurasionn", Reason.OTHER),
        ("hameçonnage ciblé", "amesonnage cible", Reason.TYPO),
        ("cerfa 15925", "cerfa 15926", Reason.DIGITS),
        ("cerfa 15925", "serfa 15925", Reason.TYPO),
        ("article 5", "article", Reason.DIGITS),
        ("mandat", "procuration", Reason.OTHER),
    ],
)
def test_a_text_is_taken_as_far_as_its_length_allows(accepted, typed, reason):
    decision = decide(blank(accepted=[accepted]), typed)
    assert decision.reason is reason
    assert decision.accepted is (reason in (Reason.EXACT, Reason.TYPO))


@pytest.mark.parametrize(("length", "edits"), [(1, 0), (4, 0), (5, 1), (8, 1), (9, 2), (14, 2), (15, 3), (60, 3)])
def test_the_slips_allowed_grow_with_the_answer(length, edits):
    assert allowed_edits("a" * length) == edits


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("procédure", Reason.EXACT),
        ("Procédure", Reason.EXACT),
        ("procedure", Reason.ACCENTS),
        ("procedures", Reason.ACCENTS),
        ("prosedures", Reason.ACCENTS),
        ("étape", Reason.OTHER),
        ("procédrue", Reason.TYPO),
    ],
)
def test_where_accents_count_a_missing_one_is_no_slip(typed, reason):
    assert decide(blank(accepted=["procédure"], accents="obligatoires"), typed).reason is reason


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("mandat", Reason.EXACT),
        ("mandant", Reason.PITFALL),
        ("Mandant ", Reason.PITFALL),
        ("mandantt", Reason.NEAR_PITFALL),
        ("mandatt", Reason.TYPO),
        ("manda", Reason.TYPO),
        ("facture", Reason.OTHER),
    ],
)
def test_what_is_nearer_to_a_pitfall_is_refused_with_its_own_feedback(typed, reason):
    decision = decide(blank(accepted=["mandat"], pitfalls=[PITFALL]), typed)
    assert decision.reason is reason
    fell = reason in (Reason.PITFALL, Reason.NEAR_PITFALL)
    assert decision.feedback == (PITFALL["feedback"] if fell else "")
    assert decision.accepted is (reason in (Reason.EXACT, Reason.TYPO))


@pytest.mark.parametrize(
    ("format", "accepted", "typed", "reason"),
    [
        ("nombre", "1234,5", "1 234,5", Reason.SAME_VALUE),
        ("nombre", "1234,5", "1234.50", Reason.SAME_VALUE),
        ("nombre", "1234,5", "1\u202f234,5", Reason.SAME_VALUE),
        ("nombre", "-3", "−3", Reason.EXACT),
        ("nombre", "30", "30", Reason.EXACT),
        ("nombre", "30", "31", Reason.OTHER),
        ("nombre", "30", "30 jours", Reason.UNREADABLE),
        ("nombre", "30", "3O", Reason.UNREADABLE),
        ("date", "31/12/2024", "2024-12-31", Reason.SAME_VALUE),
        ("date", "31/12/2024", "31 décembre 2024", Reason.SAME_VALUE),
        ("date", "01/01/2025", "le 1er janvier 2025", Reason.SAME_VALUE),
        ("date", "01/01/2025", "1.1.2025", Reason.SAME_VALUE),
        ("date", "31/12/2024", "12/31/2024", Reason.UNREADABLE),
        ("date", "31/12/2024", "31/12/24", Reason.UNREADABLE),
        ("date", "28/02/2025", "29/02/2025", Reason.UNREADABLE),
        ("date", "31/12/2024", "30/12/2024", Reason.OTHER),
        ("email", "accueil@mairie.fr", "Accueil@Mairie.fr", Reason.EXACT),
        ("email", "accueil@mairie.fr", "acueil@mairie.fr", Reason.OTHER),
        ("email", "accueil@mairie.fr", "accueil@mairie", Reason.UNREADABLE),
        ("email", "accueil@mairie.fr", "accueil mairie.fr", Reason.UNREADABLE),
        ("url", "https://www.impots.gouv.fr", "www.impots.gouv.fr/", Reason.SAME_VALUE),
        ("url", "https://www.impots.gouv.fr", "http://www.impots.gouv.fr", Reason.OTHER),
        ("url", "https://www.impots.gouv.fr", "https://impots.gouv.fr", Reason.OTHER),
        ("url", "https://www.impots.gouv.fr", "https://www.impots.gouv.fr@exemple.test", Reason.UNREADABLE),
        ("url", "https://www.impots.gouv.fr", "impots", Reason.UNREADABLE),
        ("url", "https://www.impots.gouv.fr", "https://[", Reason.UNREADABLE),
        ("code-postal", "75001", "75 001", Reason.SAME_VALUE),
        ("code-postal", "75001", "75010", Reason.OTHER),
        ("code-postal", "75001", "7501", Reason.UNREADABLE),
        ("telephone", "01 23 45 67 89", "+33 1 23 45 67 89", Reason.SAME_VALUE),
        ("telephone", "01 23 45 67 89", "+33 (0)1.23.45.67.89", Reason.SAME_VALUE),
        ("telephone", "0262 12 34 56", "+262 262 12 34 56", Reason.SAME_VALUE),
        ("telephone", "3646", "36 46", Reason.SAME_VALUE),
        ("telephone", "01 23 45 67 89", "01 23 45 67 98", Reason.OTHER),
        ("telephone", "01 23 45 67 89", "01 23 45 67", Reason.UNREADABLE),
        ("nom-fichier", "mandat-signé.pdf", "Mandat-signe.PDF", Reason.EXACT),
        ("nom-fichier", "mandat.pdf", "mandat.pd", Reason.OTHER),
        ("nom-fichier", "mandat.pdf", "c:\\mandat.pdf", Reason.UNREADABLE),
    ],
)
def test_a_value_is_read_and_never_mistyped(format, accepted, typed, reason):
    decision = decide(blank(format=format, accepted=[accepted]), typed)
    assert decision.reason is reason
    assert decision.accepted is (reason in (Reason.EXACT, Reason.SAME_VALUE))


@pytest.mark.parametrize(
    ("tolerance", "typed", "accepted"),
    [
        ("0,5", "10,5", True),
        ("0.5", "9,4", False),
        ("5 %", "10,5", True),
        ("5\u00a0%", "10,6", False),
        ("", "10,1", False),
    ],
)
def test_a_number_may_be_off_by_its_tolerance(tolerance, typed, accepted):
    decision = decide(blank(format="nombre", accepted=["10"], tolerance=tolerance), typed)
    assert decision.accepted is accepted
    assert decision.reason is (Reason.WITHIN_TOLERANCE if accepted else Reason.OTHER)


@pytest.mark.parametrize("typed", ["12", "12,0", "12 jours"])
def test_a_pitfall_of_a_value_is_refused_in_all_its_writings(typed):
    pitfalls = [{"text": "12", "feedback": "Douze, c’est en mois."}, {"text": "12 jours", "feedback": "Sans unité."}]
    decision = decide(blank(format="nombre", accepted=["10"], tolerance="3", pitfalls=pitfalls), typed)
    assert decision.reason is Reason.PITFALL
    assert decision.feedback


def test_every_reason_has_its_words():
    assert set(MEANINGS) == set(Reason)


@pytest.mark.parametrize(
    ("values", "tries", "part", "words"),
    [
        ({"format": "nombre", "accepted": ["30", "trente"]}, ([], []), "accepted", "ne se lit pas comme un nombre"),
        ({"accepted": ["mandant"], "pitfalls": [PITFALL]}, ([], []), "accepted", "dans les pièges"),
        ({"format": "nombre", "accepted": ["3"], "tolerance": "un peu"}, ([], []), "tolerance", "pourcentage"),
        ({}, (["procuration"], []), "tried_accepted", "est refusée à la correction"),
        ({}, ([], ["facture", "mandta"]), "tried_refused", "est acceptée à la correction"),
    ],
)
def test_an_author_is_told_where_marking_disagrees(values, tries, part, words):
    (fault,) = blank_faults(blank(**values), *tries)
    assert (fault.part, words in fault.sentence) == (part, True)


def test_golden_answers_that_agree_are_silent():
    asked = blank(accepted=["mandat", "un mandat"], pitfalls=[PITFALL])
    assert blank_faults(asked, ["Mandat", "mandta"], ["mandant", "procuration"]) == []


# --- Whatever is typed ------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.text(max_size=60), st.booleans())
def test_normalising_twice_changes_nothing(text, accents):
    once = normalise(text, accents=accents)
    assert normalise(once, accents=accents) == once


@settings(deadline=None)
@given(WORDS)
def test_the_answer_itself_is_right_however_it_is_dressed(word):
    asked = blank(accepted=[word])
    for dressed in (word, word.upper(), f"\u00a0{word} ", word.title()):
        assert decide(asked, dressed).reason is Reason.EXACT


@settings(deadline=None)
@given(WORDS, st.data())
def test_two_neighbours_swapped_are_one_slip(word, data):
    place = data.draw(st.integers(0, len(word) - 2))
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    assume(swapped != word)
    assert decide(blank(accepted=[word]), swapped).reason is Reason.TYPO


@settings(deadline=None)
@given(WORDS, st.lists(WORDS, max_size=4), st.text(max_size=40))
def test_a_pitfall_never_makes_a_wrong_answer_right(word, wrong, typed):
    assume(word not in wrong)
    pitfalls = [{"text": one, "feedback": "Non."} for one in wrong]
    bare, warned = blank(accepted=[word]), blank(accepted=[word], pitfalls=pitfalls)
    assert not decide(warned, typed).accepted or decide(bare, typed).accepted
    assert all(not decide(warned, one).accepted for one in wrong)
    assert decide(warned, word).accepted


@settings(deadline=None)
@given(st.sampled_from(FORMATS), st.text())
def test_nothing_typed_breaks_the_marking(format, typed):
    accepted = {"nombre": "30", "date": "31/12/2024", "email": "a@b.fr", "url": "a.fr", "code-postal": "75001"}
    asked = blank(format=format, accepted=[accepted.get(format, "3646")])
    assert decide(asked, typed) == decide(asked, typed)
