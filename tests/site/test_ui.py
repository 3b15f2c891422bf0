import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from lms.organisations.models import Organisation
from lms.site import menus
from tests.site.pages import Reading


def drawn(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


def test_a_link_looks_like_a_button_and_stays_a_link():
    page = Reading(drawn('{% button "Reprendre" href="/espace/" %}'))
    assert page.all("a") == [{"class": "fr-btn", "href": "/espace/"}]
    assert not page.all("button")


def test_a_button_without_address_sends_its_form():
    (button,) = Reading(drawn('{% button "Envoyer" kind="secondary" name="act" value="1" %}')).all("button")
    assert button == {"class": "fr-btn fr-btn--secondary", "type": "submit", "name": "act", "value": "1"}


@pytest.mark.parametrize("tag", ['{% button "A" kind="big" %}', '{% badge "A" "red" %}', '{% notice "A" kind="x" %}'])
def test_an_unknown_kind_is_refused_while_the_page_is_written(tag):
    with pytest.raises(ValueError, match="Unknown kind"):
        drawn(tag)


def test_an_action_that_is_possible_is_a_form_of_one_button():
    html = drawn(
        '{% action url="/x/" label="Déclarer recevable" refusals=refusals hidden=hidden %}',
        refusals=[],
        hidden={"pk": "12"},
        csrf_token="jeton",
    )
    page = Reading(html)
    assert page.all("form")[0] | {"class": ""} == {"method": "post", "action": "/x/", "class": ""}
    assert {"type": "hidden", "name": "csrfmiddlewaretoken", "value": "jeton"} in page.all("input")
    assert {"type": "hidden", "name": "pk", "value": "12"} in page.all("input")


def test_an_action_that_is_refused_says_why_and_shows_no_button():
    html = drawn('{% action url="/x/" label="Déclarer recevable" refusals=why %}', why=["Il manque le livret 1."])
    assert "Il manque le livret 1." in html
    assert not Reading(html).all("button")


def test_one_refusal_may_be_given_alone():
    assert "<li>Trop tôt.</li>" in drawn('{% action url="/x/" label="A" refusals="Trop tôt." %}')


@pytest.mark.parametrize(
    ("word", "kind"), [("à faire", "new"), ("en cours", "info"), ("terminé", "success"), ("refusé", "error")]
)
def test_a_state_has_one_colour_everywhere(word, kind):
    assert f"fr-badge--{kind}" in drawn("{% badge word %}", word=word)


def test_an_unknown_word_has_no_colour():
    html = drawn('{% badge "Session" %}')
    assert "Session" in html
    assert "fr-badge--info" not in html


def test_what_people_typed_is_escaped():
    html = drawn("{% badge word %}{% pagehead word %}{% alert %}{{ word }}{% endalert %}", word="<b>gras</b>")
    assert "<b>" not in html


def test_a_word_known_to_be_safe_is_not_the_same_word_typed_by_somebody():
    assert "<b>gras</b>" in drawn("{% badge word %}", word=mark_safe("<b>gras</b>"))
    assert "<b>" not in drawn("{% badge word %}", word="<b>gras</b>")


def test_what_is_renamed_bears_its_new_name_at_once():
    mairie = Organisation(pk=1, name="Mairie de Dol")
    assert "Mairie de Dol" in drawn("{% button mairie %}", mairie=mairie)
    mairie.name = "Mairie de Redon"
    assert "Mairie de Redon" in drawn("{% button mairie %}", mairie=mairie)


def test_a_button_knows_all_its_words():
    with pytest.raises(ValueError, match="Unknown kind of word for a button: 'colour'"):
        drawn('{% button "A" colour="red" %}')


def test_the_last_item_of_a_breadcrumb_is_here():
    listed = drawn("{% breadcrumb items %}", items=[("Mon espace", "/espace/"), ("Étape 6", "")])
    written = drawn('{% breadcrumb "Mon espace" "/espace/" "Étape 6" %}')
    assert listed == written
    assert Reading(listed).all("a") == [
        {"class": "fr-breadcrumb__link", "href": "/espace/"},
        {"class": "fr-breadcrumb__link", "aria-current": "page"},
    ]


def test_the_side_menu_says_where_one_is_and_what_is_done():
    items = [{"label": "A", "url": "/a/", "done": True}, {"label": "B", "url": "/b/", "current": True}, {"label": "C"}]
    html = drawn('{% sidemenu "Module" items %}', items=items)
    page = Reading(html)
    assert page.all("a") == [{"href": "/a/"}, {"href": "/b/", "aria-current": "page"}]
    assert 'aria-label="Terminé"' in html


def test_a_progress_is_said_in_words():
    (bar,) = Reading(drawn('{% progress 80 630 "1 h 20 sur 10 h 30" %}')).all("progress")
    assert (bar["value"], bar["max"], bar["aria-label"]) == ("80", "630", "1 h 20 sur 10 h 30")


def test_a_number_is_not_localised_in_an_attribute():
    (bar,) = Reading(drawn('{% progress 1200 20000 "x" %}')).all("progress")
    assert (bar["value"], bar["max"]) == ("1200", "20000")


def test_the_pages_of_a_list_keep_its_filters():
    page_obj = Paginator(range(300), 25).get_page(3)
    request = RequestFactory().get("/", {"q": "Le Goff", "page": 3})
    links = [
        a.get("href") for a in Reading(drawn("{% pagination page_obj %}", page_obj=page_obj, request=request)).all("a")
    ]
    assert "?q=Le+Goff&page=2" in links
    assert "?q=Le+Goff&page=4" in links
    assert "?q=Le+Goff&page=1&par_page=50" in links


def test_a_short_list_has_no_pagination():
    request = RequestFactory().get("/")
    page_obj = Paginator(range(3), 25).get_page(1)
    assert drawn("{% pagination page_obj %}", page_obj=page_obj, request=request).strip() == ""


def test_the_last_step_announces_nothing_after_it():
    assert "Étape suivante" not in drawn("{% stepper steps 2 %}", steps=["Un", "Deux"])
    assert "Étape suivante" in drawn("{% stepper steps 1 %}", steps=["Un", "Deux"])


def test_a_search_carries_the_filters_along():
    request = RequestFactory().get("/", {"q": "a", "etat": "en-cours", "autre": "1"})
    inputs = Reading(drawn('{% search "Chercher" keep=kept %}', request=request, kept=["etat"])).all("input")
    assert [(i["name"], i["value"]) for i in inputs] == [("q", "a"), ("etat", "en-cours")]


def test_a_search_of_people_is_sent_without_its_words_in_the_address():
    request = RequestFactory().get("/", {"q": "a"})
    page = Reading(drawn('{% search "Chercher" people=True %}', request=request, csrf_token="jeton"))
    assert page.all("form")[0]["method"] == "post"
    assert {i["name"] for i in page.all("input")} == {"csrfmiddlewaretoken", "_recherche", "q"}


def test_a_table_that_scrolls_can_be_reached_by_keyboard():
    assert 'tabindex="0"' in drawn('{% table "T" cards=False %}{% endtable %}')
    assert "tabindex" not in drawn('{% table "T" %}{% endtable %}')


TEMPLATES = Path(settings.BASE_DIR) / "templates"
ICON = re.compile(r"""icon "([a-z-]+)"|icon="([a-z-]+)"|ui-icon--([a-z-]+)""")


@pytest.mark.parametrize("name", sorted(path.stem for path in (TEMPLATES / "components").glob("*.html")))
def test_every_component_is_in_the_gallery_or_in_the_frame(name):
    shown = [(TEMPLATES / name).read_text() for name in ("site/gallery.html", "base.html")]
    assert any(re.search(rf"{{% {name}\b|components/{name}.html", text) for text in shown)


def test_every_icon_that_a_page_asks_for_is_drawn():
    sheet = (Path(settings.BASE_DIR) / "static/site/state.css").read_text()
    drawn_icons = set(re.findall(r"ui-icon--([a-z-]+)", sheet))
    texts = [
        path.read_text() for path in TEMPLATES.rglob("*.html") if path.parent.name != "cms"
    ]  # the CMS draws its own
    asked = {next(filter(None, found)) for text in texts for found in ICON.findall(text)}
    asked |= {space.icon for space in menus.SPACES.values()} - {""}
    assert asked - drawn_icons == set()


def test_the_title_of_a_page_says_first_that_its_form_is_refused():
    class Search(forms.Form):
        words = forms.CharField()

    assert drawn("{% title_start %}", form=Search({})) == "Erreur\u00a0: "
    assert drawn("{% title_start %}", form=Search()) == drawn("{% title_start %}") == ""


def test_no_page_writes_in_its_title_what_the_frame_says():
    said = re.compile(r"block title %}{% if form\.errors %}")
    templates = Path(settings.BASE_DIR, "templates").rglob("*.html")
    assert [path.name for path in templates if said.search(path.read_text())] == []


def test_each_page_of_a_session_has_a_title_of_its_own():
    """The layout gives that of the session: `classroom/session.html` alone keeps it, and the frames of its pages."""
    kept = re.compile(r"extends \"(layouts/session|paperwork/_frame|emargement/_frame)\.html\"")
    untitled = {
        path.relative_to(settings.BASE_DIR).as_posix()
        for path in Path(settings.BASE_DIR, "templates").rglob("*.html")
        if kept.search(path.read_text()) and "block title" not in path.read_text() and not path.name.startswith("_")
    }
    assert untitled == {"templates/classroom/session.html"}


def test_a_trail_leads_to_the_space_of_the_reader_and_nowhere_when_there_is_none():
    menu = [{"label": "Espace formation", "url": "/formation/questions/"}]
    page = Reading(
        drawn('{% breadcrumb "Espace formation" "" "CCAS" "" "Ici" "" %}', service=SimpleNamespace(menu=menu))
    )
    assert [link.get("href") for link in page.all("a")] == ["/formation/questions/", None, None]
