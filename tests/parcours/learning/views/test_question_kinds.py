"""Answering by typing, matching and ordering: with a form, with a script, and what is said afterwards."""

import re

import pytest

from lms.kernel.privacy import export_person
from parcours.assessment.engine.marking import without_answers
from parcours.learning.models import Trace
from tests.catalogue.factories import EditionFactory, series
from tests.parcours.learning.factories import TEXT, EnrolmentFactory, activity, reply, right, wrong
from tests.parcours.learning.views.sending import JSON, address, plain, sent, text_of

pytestmark = pytest.mark.django_db
KINDS = ("reponse-courte", "texte-a-trous", "appariement", "ordre")
LESSON = {"minutes": 12, "rule": {"kind": "answered"}, "nodes": lambda: [TEXT, series(*KINDS)]}


@pytest.fixture
def enrolment(client):
    enrolment = EnrolmentFactory(edition=EditionFactory(activities=[LESSON]))
    client.force_login(enrolment.person)
    return enrolment


@pytest.fixture
def asked(enrolment):
    return dict(zip(KINDS, activity(enrolment, 0).questions, strict=True))


def article(html, question):
    found = re.search(rf'<article id="question-{question["id"]}".*?</article>', html, re.DOTALL)
    return found[0]


def words(html):
    return plain(re.sub(r"<[^>]+>", " ", html))


def test_before_the_answer_the_page_betrays_nothing(client, enrolment, asked):
    html = client.get(address(enrolment, 0)).content.decode()
    for secret in ("mandant", "armoire", "C’est bien cela", "Retour 1", "aucun mandat n’est nécessaire"):
        assert secret not in html
    assert html.index("Vérifier l’identité") > 0
    shown = [one["id"] for one in without_answers(asked["ordre"])["items"]]
    assert re.findall(rf'value="({"|".join(shown)}):1"', html) == shown


def test_what_is_typed_is_neither_suggested_nor_corrected(client, enrolment, asked):
    html = client.get(address(enrolment, 0)).content.decode()
    fields = re.findall(r"<input[^>]*name=\"given\"[^>]*>", html)
    assert len(fields) == 3
    for field in fields:
        for attribute in ('autocomplete="off"', 'spellcheck="false"', 'autocorrect="off"', 'maxlength="500"'):
            assert attribute in field
    assert [re.search(r'inputmode="(\w+)"', field)[1] for field in fields] == ["text", "decimal", "text"]
    for question in (asked["reponse-courte"], asked["texte-a-trous"]):
        for blank in question["blanks"]:
            assert '<label class="fr-label' in html
            assert f'for="{question["id"]}-{blank["id"]}"' in html


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("answer", [right, wrong])
def test_an_answer_is_recorded_told_and_told_alike_to_a_script(client, enrolment, asked, kind, answer):
    question = asked[kind]
    given = answer(question)
    page = client.post(address(enrolment, 0), sent(question, given), follow=True)
    trace = Trace.objects.get(kind="answered")
    assert (trace.given, trace.correct) == (given, answer is right)
    assert trace.reasons
    told = article(page.content.decode(), question)
    again = client.post(address(enrolment, 0), sent(question, given), headers=JSON).json()
    assert (again["done"], again["new"]) == (False, False)
    assert "Votre réponse, juste" in words(told) if answer is right else "Votre réponse, à revoir" in words(told)
    if answer is wrong:
        assert "attendu" in words(told).lower()
    assert "aucun mandat n’est nécessaire" in words(told)
    assert 'name="given"' not in told


def test_the_order_is_kept_as_it_was_given(client, enrolment, asked):
    question = asked["ordre"]
    ids = [item["id"] for item in question["items"]]
    ranks = [f"{item}:{rank}" for item, rank in zip(ids, (3, 1, 4, 2), strict=True)]
    client.post(address(enrolment, 0), sent(question, ranks))
    assert Trace.objects.get(kind="answered").given == [ids[1], ids[3], ids[0], ids[2]]


def test_a_slip_is_forgiven_and_the_right_spelling_shown(client, enrolment, asked):
    question = asked["reponse-courte"]
    page = client.post(address(enrolment, 0), sent(question, ["un manda"]), follow=True)
    told = words(article(page.content.decode(), question))
    assert "Votre réponse, juste : un manda" in told
    assert "Elle s’écrit : un mandat" in told
    assert Trace.objects.get(kind="answered").reasons == ["typo"]


def test_a_pitfall_is_told_apart_and_the_cloze_completed(client, enrolment, asked):
    page = client.post(address(enrolment, 0), sent(asked["reponse-courte"], ["mandant"]), follow=True)
    assert "Le mandant est la personne qui signe." in text_of(page)
    page = client.post(address(enrolment, 0), sent(asked["texte-a-trous"], ["30", "un tiroir"]), follow=True)
    told = words(article(page.content.decode(), asked["texte-a-trous"]))
    assert "Le mandat dure 30 jours. Il se range dans une armoire fermée ." in told
    assert "1 juste sur 2" in told


def test_a_matching_shows_both_sides_and_an_order_both_orders(client, enrolment, asked):
    pairs, order = asked["appariement"], asked["ordre"]
    page = client.post(address(enrolment, 0), sent(pairs, wrong(pairs)), follow=True)
    told = words(article(page.content.decode(), pairs))
    assert "La personne tape elle-même" in told
    assert "Réponse attendue : Rien à signer" in told
    page = client.post(address(enrolment, 0), sent(order, wrong(order)), follow=True)
    told = words(article(page.content.decode(), order))
    assert "Ranger la copie (attendu en position 4)" in told
    assert "Ordre attendu Vérifier l’identité Lire le mandat à voix haute" in told


@pytest.mark.parametrize("kind", KINDS)
def test_what_lacks_something_is_refused_beside_the_question_and_kept(client, enrolment, asked, kind):
    question = asked[kind]
    partial = [*right(question)[:-1], ""] if kind != "ordre" else [f"{question['items'][0]['id']}:2", ""]
    answer = client.post(address(enrolment, 0), sent(question, partial), headers=JSON)
    assert answer.status_code == 422
    page = client.post(address(enrolment, 0), sent(question, partial))
    assert page.status_code == 422
    shown = article(page.content.decode(), question)
    assert plain(answer.json()["refused"]) in words(shown)
    for one in filter(None, partial):
        assert f'value="{one}"' in shown
    selected = re.findall(r'value="([^"]+)" selected', shown)
    assert selected == ([one for one in partial if one] if kind in ("appariement", "ordre") else [])
    assert not Trace.objects.filter(kind="answered").exists()


@pytest.mark.parametrize(
    ("kind", "given", "sentence"),
    [
        ("reponse-courte", ["a" * 501], "Écrivez 500 signes au plus."),
        ("reponse-courte", ["<b>\x00</b>"], "Un signe n’est pas lisible"),
        ("reponse-courte", ["a"] * 60, "n’a pas pu être lue"),
        ("texte-a-trous", ["30"], "Le nombre de réponses n’est pas celui des trous"),
        ("texte-a-trous", ["trente", "ici"], "Durée en jours : écrivez un nombre en chiffres"),
        ("appariement", ["a:b", "c:d"], "n’appartient pas à la question"),
        ("ordre", ["x", "y"], "n’appartient pas à la question"),
    ],
)
def test_what_cannot_be_an_answer_is_refused_in_words(client, enrolment, asked, kind, given, sentence):
    answer = client.post(address(enrolment, 0), sent(asked[kind], given), headers=JSON)
    assert answer.status_code == 422
    assert sentence in plain(answer.json()["refused"])
    assert client.post(address(enrolment, 0), sent(asked[kind], given)).status_code == 422


def test_two_elements_of_the_same_rank_are_refused_and_shown_again(client, enrolment, asked):
    question = asked["ordre"]
    ranks = [f"{item['id']}:{rank}" for item, rank in zip(question["items"], (1, 2, 2, 4), strict=True)]
    page = client.post(address(enrolment, 0), sent(question, ranks))
    shown = article(page.content.decode(), question)
    assert "Deux éléments ont le même rang" in words(shown)
    assert sorted(re.findall(r'value="([^"]+)" selected', shown)) == sorted(ranks)


def test_what_is_typed_is_never_read_as_markup(client, enrolment, asked):
    question = asked["reponse-courte"]
    hostile = '"><script>alert(1)</script>'
    page = client.post(address(enrolment, 0), sent(question, [hostile], attempt=7))
    assert "<script>alert" not in page.content.decode()
    page = client.post(address(enrolment, 0), sent(question, [hostile]), follow=True)
    assert "<script>alert" not in page.content.decode()
    assert Trace.objects.get(kind="answered").given == [hostile]


def test_one_takes_away_what_one_typed_matched_and_ordered_in_words(enrolment, asked):
    lesson = activity(enrolment, 0)
    reply(enrolment, lesson, asked["reponse-courte"], ["mandta"])
    reply(enrolment, lesson, asked["texte-a-trous"], ["30", "un tiroir"])
    reply(enrolment, lesson, asked["appariement"])
    reply(enrolment, lesson, asked["ordre"])
    traces = [one for one in export_person(enrolment.person)["traces"]["données"] if "réponses" in one]
    answers = [[plain(text) for text in one["réponses"]] for one in traces]
    assert answers[0] == ["mandta"]
    assert answers[1] == ["Durée en jours : 30", "Où on le range : un tiroir"]
    assert answers[2][1] == "Vous tapez pour elle : Un mandat"
    assert answers[3][0] == "1. Vérifier l’identité"
    assert [one["juste"] for one in traces] == [True, False, True, True]
    assert traces[0]["motifs"] == ["une faute de frappe est admise"]


def test_only_an_etape_that_puts_in_order_carries_the_script_for_it(client, enrolment):
    lesson = {**LESSON, "nodes": lambda: [TEXT, series("reponse-courte")]}
    other = EnrolmentFactory(person=enrolment.person, edition=EditionFactory(activities=[lesson]))
    pages = [client.get(address(one, 0)).content.decode() for one in (enrolment, other)]
    assert ["learning/ordering" in html for html in pages] == [True, False]


def test_each_has_a_form_of_their_own_and_what_was_typed_in_vain_is_shown_to_nobody_else(client, enrolment):
    other = EnrolmentFactory(edition=enrolment.edition)
    question = activity(enrolment, 0).questions[0]
    refused = client.post(address(enrolment, 0), sent(question, ["Secret de Zoé " * 60]))
    assert refused.status_code == 422 and "Secret de Zoé" in refused.content.decode()
    first = client.get(address(enrolment, 0)).content.decode()
    client.force_login(other.person)
    second = client.get(address(other, 0)).content.decode()
    assert "Secret de Zoé" not in first + second
    for name in ("client_id", "csrfmiddlewaretoken"):
        forms = [re.search(rf'name="{name}" value="([^"]+)"', article(html, question))[1] for html in (first, second)]
        assert forms[0] != forms[1] and all(len(value) > 30 for value in forms)
