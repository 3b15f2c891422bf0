import json

import pytest
from django.db.models import ProtectedError
from wagtail.images import get_image_model

from lms.kernel.models import JournalEntry
from lms.site.models import HomePage
from parcours.assessment.engine.marking import mark, right_answer
from parcours.catalogue import actions
from parcours.catalogue.models import Edition, ModulePage
from tests.accounts.factories import PersonFactory
from tests.catalogue.engine.texts import MODULE, QUESTIONS
from tests.catalogue.situations import loaded

pytestmark = pytest.mark.django_db


def publish(page, **changes):
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def with_text(module, html) -> str:
    """The body of a module, its first text replaced."""
    raw = module.body.get_prep_value()
    next(block for block in raw[0]["value"]["content"] if block["type"] == "texte")["value"] = html
    return json.dumps(raw)


def first_node(edition) -> str:
    return edition.activities.get().nodes[0]["html"]


def test_an_edition_holds_all_that_is_needed_without_the_pages(catalogue):
    edition = Edition.objects.get()
    activity = edition.activities.get()
    assert (activity.slug, activity.title, activity.minutes) == (
        "mandat-necessaire",
        "Savoir quand un mandat est nécessaire",
        5,
    )
    assert activity.rule == {"kind": "answered"}
    assert "4 min de réflexion" in activity.duration_basis
    assert activity.competences == ["mandat", "cadre-juridique"]
    assert [node["type"] for node in activity.nodes] == ["html", "questions"]
    assert edition.content["objectives"] == ["Décider"]
    assert edition.content["habilitation"] is True
    assert edition.content["modules"][0]["activities"] == ["mandat-necessaire"]


def test_the_frozen_html_starts_at_level_two_and_carries_its_text_equivalents(catalogue):
    html = first_node(Edition.objects.get())
    assert "<h1" not in html
    assert "<h2>Ce qu’il faut savoir</h2>" in html
    assert '<summary>Lire cette image en texte<span class="bloc__cache">' in html
    assert "<summary>Voir les repères pour se corriger</summary>" in html
    assert 'alt="Schéma\u00a0: qui agit\u00a0?"' in html


def test_the_frozen_questions_are_marked_as_they_were_written(catalogue):
    series = Edition.objects.get().activities.get().series[0]
    assert [question["type"] for question in series["questions"]] == ["choix-unique", "vrai-faux", "choix-multiple"]
    for question in series["questions"]:
        assert mark(question, right_answer(question)).correct
    first, second, third = series["questions"]
    assert first["options"][0]["text"] == "Je lui rends le clavier"
    assert (first["taught_in"], first["taught_in_title"]) == (
        "mandat-necessaire",
        "Savoir quand un mandat est nécessaire",
    )
    assert second["taught_in"] == "mandat-necessaire"
    assert (third["taught_in"], third["taught_in_title"]) == ("", "")


def test_publishing_the_same_thing_twice_makes_one_edition(catalogue):
    parcours, _ = catalogue
    publish(parcours)
    assert actions.freeze(parcours) == Edition.objects.get()


def test_publishing_something_else_makes_the_next_edition_and_leaves_the_first(catalogue):
    parcours, _ = catalogue
    publish(parcours, price="Sur devis")
    first, second = Edition.objects.order_by("number")
    assert (first.content["price"], second.content["price"]) == ("Gratuit", "Sur devis")
    publish(parcours, price="Gratuit")
    assert Edition.objects.count() == 3


def test_publishing_a_module_changes_no_edition(catalogue):
    _, module = catalogue
    publish(module, body=with_text(module, "<p>Autre chose, tout à fait.</p>"))
    assert "Ce qu’il faut savoir" in first_node(Edition.objects.get())


def test_a_draft_of_a_module_is_not_frozen(catalogue):
    parcours, module = catalogue
    module.title = "Un brouillon"
    module.save_revision()
    publish(parcours, price="Sur devis")
    assert Edition.objects.current().get().activities.get().module_title == "Le mandat"


def test_questions_keep_their_ids_from_one_edition_to_the_next(catalogue):
    parcours, _ = catalogue
    publish(parcours, price="Sur devis")
    first, second = [edition.activities.get() for edition in Edition.objects.order_by("number")]
    assert [question["id"] for question in first.questions] == [question["id"] for question in second.questions]


def test_a_copied_module_holds_other_questions(catalogue):
    parcours, module = catalogue
    copy = module.copy(update_attrs={"title": "Copie", "slug": "copie"})
    assert copy.reference is None
    parcours.parcours_modules.create(module=copy, sort_order=9)
    parcours.minutes = 10
    publish(parcours)
    first, second = Edition.objects.current().get().activities.all()
    assert second.slug == "copie-mandat-necessaire"
    assert not {question["id"] for question in first.questions} & {question["id"] for question in second.questions}


def test_a_parcours_that_declares_more_than_its_etapes_last_is_refused(catalogue):
    parcours, _ = catalogue
    parcours.minutes = 6
    with pytest.raises(actions.PublicationRefused) as refused:
        actions.freeze(parcours)
    assert refused.value.sentences == [
        "La durée annoncée est de 6 min, et les étapes font 5 min en tout\u00a0: il manque 1 min. "
        "Annoncez 5 min, ou ajoutez des étapes."
    ]


def test_a_refused_publication_publishes_nothing(catalogue):
    parcours, _ = catalogue
    parcours.minutes, parcours.price = 600, "Sur devis"
    with pytest.raises(actions.PublicationRefused):
        parcours.save_revision().publish()
    parcours.refresh_from_db()
    assert parcours.price == "Gratuit"
    assert Edition.objects.count() == 1


def test_a_module_that_is_not_published_is_named(catalogue):
    parcours, module = catalogue
    module.unpublish()
    with pytest.raises(actions.PublicationRefused, match="« Le mandat » n’est pas publié"):
        actions.freeze(parcours)


def test_an_etape_that_does_not_earn_its_minutes_is_named(catalogue):
    _, module = catalogue
    raw = module.body.get_prep_value()
    raw[0]["value"]["minutes"] = 30
    with pytest.raises(actions.PublicationRefused, match="30 min annoncées"):
        publish(module, body=json.dumps(raw))


def test_a_parcours_without_module_is_refused(catalogue):
    parcours, _ = catalogue
    parcours.parcours_modules.all().delete()
    with pytest.raises(actions.PublicationRefused, match="aucun module"):
        actions.freeze(parcours)


@pytest.mark.parametrize("html", ["<p>avant</p><script>alert(1)</script>", '<p onclick="x()">avant</p>'])
def test_what_a_program_wrote_is_cleaned_when_it_is_frozen(html, catalogue):
    parcours, module = catalogue
    publish(module, body=with_text(module, html + "<p>" + "mot " * 130 + "</p>"))
    frozen = first_node(actions.freeze(parcours))
    assert "avant" in frozen
    assert "script" not in frozen
    assert "onclick" not in frozen


def test_links_to_modules_stay_inside_the_course_and_the_others_are_kept_or_dropped(catalogue):
    parcours, module = catalogue
    home = HomePage.objects.get()
    links = (
        f'<p><a linktype="page" id="{module.pk}">module</a> <a linktype="page" id="{home.pk}">accueil</a> '
        f'<a linktype="page" id="99999">disparue</a> {"mot " * 130}</p>'
    )
    publish(module, body=with_text(module, links))
    html = first_node(actions.freeze(parcours))
    assert '<a href="../mandat-necessaire/"' in html
    assert '<a href="/"' in html
    assert "disparue" in html
    assert html.count("<a ") == 2


def test_a_link_to_a_module_of_another_course_leads_nowhere(catalogue):
    parcours, module = catalogue
    other = module.copy(update_attrs={"title": "Ailleurs", "slug": "ailleurs"})
    publish(module, body=with_text(module, f'<p><a linktype="page" id="{other.pk}">là</a> {"mot " * 130}</p>'))
    assert "<a " not in first_node(actions.freeze(parcours))


def test_an_image_an_edition_shows_cannot_be_deleted(catalogue):
    image = get_image_model().objects.get()
    with pytest.raises(ProtectedError):
        image.delete()


def test_an_edition_keeps_its_bytes_when_the_image_is_replaced(client, catalogue):
    edition = Edition.objects.get()
    (medium,) = edition.media.all()
    assert medium.get_absolute_url() in first_node(edition)
    image = get_image_model().objects.get()
    image.file.delete(save=False)
    answer = client.get(medium.get_absolute_url())
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<path" in b"".join(answer.streaming_content)


def test_the_publication_is_journalled_with_who_decided(catalogue):
    parcours, _ = catalogue
    trainer = PersonFactory(staff=True)
    parcours.price = "Sur devis"
    parcours.save_revision(user=trainer).publish(user=trainer)
    entry = JournalEntry.objects.filter(verb="catalogue.edition_published").latest("pk")
    assert (entry.by, entry.after["number"]) == (trainer, 2)


def test_a_rehearsal_leaves_nothing_behind(catalogue):
    parcours, _ = catalogue
    parcours.price = "Sur devis"
    assert actions.rehearse(parcours) == []
    assert Edition.objects.count() == 1
    parcours.minutes = 600
    assert "600 min" in actions.rehearse(parcours)[0]


def test_a_scored_series_gives_the_rule_and_its_threshold():
    questions = files_with_score()
    loaded(questions=questions)
    assert Edition.objects.get().activities.get().rule == {"kind": "score", "threshold": 70, "keep": "best"}


def files_with_score() -> str:
    return QUESTIONS.replace("regle: toutes-repondues", "regle: score\n  seuil: 70\n  note_retenue: meilleure")


def test_a_link_to_pix_is_a_node_of_its_own():
    link = "::: lien-externe\ntype: pix\ntitre: Le test Pix\n---\nAvec votre adresse.\n---\nAu téléphone.\n:::\n"
    loaded(module=f"{MODULE}\n{link}")
    node = Edition.objects.get().activities.get().nodes[-1]
    assert node == {
        "type": "external",
        "kind": "pix",
        "title": "Le test Pix",
        "html": "<p>Avec votre adresse.</p>",
        "url": "",
        "equivalent": "<p>Au téléphone.</p>",
    }
    assert ModulePage.objects.count() == 1
