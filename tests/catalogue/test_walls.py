"""Who meets what in the CMS: every actor tries every act on every object, by its address."""

from copy import deepcopy
from functools import cache

import pytest
from django.urls import URLPattern, get_resolver, reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from parcours.catalogue.middleware import walls
from tests.catalogue.test_editor import etape, form_of, module_form
from tests.permissions.matrix import read_whole, signed_in
from tests.worlds import undone

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.long,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
ACTORS = ["author", "reviewer", "manager", "other", "learner", "pilot", "admin"]
OURS, WRITERS = {"author", "reviewer", "manager"}, {"author", "reviewer", "manager", "other"}
REVIEWERS, NOBODY = {"reviewer", "manager"}, set()


def page_door(name):
    return lambda client, page: client.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))


def revision_door(name, *more):
    def knock(client, page):
        return client.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *more, page.latest_revision_id]))

    return knock


def publish(client, page):
    """By the list, several at once: the one door that needs no form. What counts is what became of the page."""
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    Page.objects.filter(pk=page.pk).update(live=False)
    client.post(f"{url}?id={page.pk}")
    return Page.objects.get(pk=page.pk).live


def choose_page(client, page):
    return client.get(reverse("wagtailadmin_choose_page_chosen_multiple"), {"id": page.pk})


def autosave(client, page):
    """What the script of the editor sends; an answer, even a refused field, means that the door is open."""
    lines = {"parcours_modules": inline_formset([]), "parcours_seances": inline_formset([])}
    form = nested_form_data({"title": "Pris", "body": streamfield([]), **lines})
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(url, form, headers={"accept": "application/json"})


PAGE_ACTS = {
    "edit": page_door("edit"),
    "save": autosave,
    "preview": page_door("view_draft"),
    "preview what is typed": page_door("preview_on_edit"),
    "history": page_door("history"),
    "read a version": revision_door("revisions_view"),
    "restore a version": revision_door("revisions_revert"),
    "compare versions": revision_door("revisions_compare", "earliest"),
    "copy": page_door("copy"),
    "delete": page_door("delete"),
    "see where it is used": page_door("usage"),
    "workflow history": page_door("workflow_history"),
    "move": page_door("move"),
    "make private": page_door("set_privacy"),
    "publish": publish,
    "choose": choose_page,
}
RARE = {"publish": REVIEWERS, "move": NOBODY, "make private": NOBODY}


def image_door(name, key="args"):
    return lambda client, image: client.get(reverse(f"wagtailimages:{name}", args=[image.pk]))


def chooser_door(kind):
    return lambda client, medium: client.get(reverse(f"wagtail{kind}_chooser:chosen", args=[medium.pk]))


def several(kind):
    def knock(client, medium):
        return client.get(reverse(f"wagtail{kind}_chooser:chosen_multiple"), {"id": medium.pk})

    return knock


def delete_together(client, medium):
    meta = medium._meta
    url = reverse("wagtail_bulk_action", args=[meta.app_label, meta.model_name, "delete"])
    return client.get(f"{url}?id={medium.pk}")


IMAGE_ACTS = {
    "edit": image_door("edit"),
    "delete": image_door("delete"),
    "delete with others": delete_together,
    "see where it is used": image_door("image_usage"),
    "choose": chooser_door("images"),
    "choose with others": several("images"),
    "lay out": lambda client, image: client.get(reverse("wagtailimages_chooser:select_format", args=[image.pk])),
}
DOCUMENT_ACTS = {
    "edit": lambda client, one: client.get(reverse("wagtaildocs:edit", args=[one.pk])),
    "delete": lambda client, one: client.get(reverse("wagtaildocs:delete", args=[one.pk])),
    "delete with others": delete_together,
    "see where it is used": lambda client, one: client.get(reverse("wagtaildocs:document_usage", args=[one.pk])),
    "choose": chooser_door("docs"),
    "choose with others": several("docs"),
    "download": lambda client, one: client.get(one.url),
}
CHOOSING = {"choose", "choose with others", "lay out"}


def may(actor, thing, act) -> bool:
    """The rule, in a few lines: everything the matrix expects follows from it."""
    if actor == "admin":
        return act != "make private"
    if thing.startswith("national"):
        return act == "download" or (act in CHOOSING and actor in WRITERS)
    people = {"own": OURS, "other's": {"other"}}[thing.split()[0]]
    return actor in people & RARE.get(act, people)


def opened(response) -> bool:
    if isinstance(response, bool):
        return response
    read_whole(response)
    elsewhere = response.status_code == 302 and not response["Location"].startswith("/cms/pages/")
    return response.status_code in (200, 302, 400) and not elsewhere


@pytest.mark.parametrize("actor", ACTORS)
def test_every_act_on_every_object_is_open_to_those_it_concerns_and_to_nobody_else(workshop, actor):
    client = signed_in(workshop.people[actor])
    signed = deepcopy(client.cookies)
    rows = [(name, page, PAGE_ACTS) for name, page in workshop.pages.items()]
    rows += [(name, image, IMAGE_ACTS) for name, image in workshop.images.items()]
    rows += [(name, document, DOCUMENT_ACTS) for name, document in workshop.documents.items()]
    met, expected = {}, {}
    for name, thing, acts in rows:
        for act, knock in acts.items():
            key = f"{act}, {name} ({thing._meta.model_name})"
            with undone():
                met[key] = opened(knock(client, thing))
            client.cookies = deepcopy(signed)
            expected[key] = may(actor, name, act)
    assert {key: was for key, was in met.items() if was != expected[key]} == {}


def new_page(workshop, kind):
    return reverse("wagtailadmin_pages:add", args=["catalogue", kind, workshop.libraries["armor"].pk])


LISTS = {
    "the first page": lambda w: reverse("wagtailadmin_home"),
    "the top of the tree": lambda w: reverse("wagtailadmin_explore_root"),
    "one's library": lambda w: reverse("wagtailadmin_explore", args=[w.libraries["armor"].pk]),
    "a search": lambda w: reverse("wagtailadmin_pages:search") + "?q=littoral",
    "a search from the library": lambda w: (
        reverse("wagtailadmin_explore", args=[w.libraries["armor"].pk]) + "?q=littoral&search_all=1"
    ),
    "the chooser of pages": lambda w: reverse("wagtailadmin_choose_page"),
    "the chooser, in the catalogue": lambda w: reverse(
        "wagtailadmin_choose_page_child", args=[w.parcours.get_parent().pk]
    ),
    "a search in the chooser": lambda w: reverse("wagtailadmin_choose_page_search") + "?q=littoral",
    "the images": lambda w: reverse("wagtailimages:index"),
    "the chooser of images": lambda w: reverse("wagtailimages_chooser:choose"),
    "a search of images": lambda w: reverse("wagtailimages_chooser:choose_results") + "?q=littoral",
    "the documents": lambda w: reverse("wagtaildocs:index"),
    "the chooser of documents": lambda w: reverse("wagtaildocs_chooser:choose"),
    "the national library": lambda w: reverse("workshop:national") + "?q=littoral",
    "a new module": lambda w: new_page(w, "modulepage"),
    "a new half-day": lambda w: new_page(w, "seancepage"),
    "a new parcours": lambda w: new_page(w, "parcourspage"),
    "the questions to take up": lambda w: reverse("question_chooser:choose_results") + "?q=mot",
    "the pages to review": lambda w: reverse("workshop:reviews") + "?etat=sans-date",
    "their export": lambda w: reverse("workshop:reviews") + "?etat=sans-date&export=csv",
    "the tags": lambda w: reverse("wagtailadmin_tag_autocomplete") + "?term=litt",
}


@pytest.mark.parametrize("actor", ["author", "manager"])
def test_no_list_names_what_is_in_another_library_nor_who_wrote_it(workshop, actor):
    workshop.people["other"].last_name = "Littoral-Nom"
    workshop.people["other"].save()
    client, talkative = signed_in(workshop.people[actor]), []
    for name, url_of in LISTS.items():
        response = client.get(url_of(workshop), follow=True)
        assert response.status_code == 200, name
        if "Littoral" in response.content.decode():
            talkative.append(name)
    assert talkative == []


def test_a_form_sent_by_hand_borrows_nothing_from_another_library(workshop):
    image = workshop.images["other's medium"]
    block = {"image": image.pk, "alternative": "Vue", "caption": "", "text_equivalent": '{"blocks": []}'}
    page = workshop.pages["own module"]
    form = module_form(etape(content=[("image", block)]), slug=page.slug)
    client = signed_in(workshop.people["author"])
    for name in ("edit", "preview_on_edit"):
        assert is_sent_away(client.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]), form))


def test_a_parcours_cites_no_module_of_another_library_even_by_hand(workshop):
    parcours, module = workshop.pages["own parcours"], workshop.pages["other's module"]
    lines = nested_form_data({"parcours_modules": inline_formset([{"module": module.pk}])})
    form = {key: value for key, value in form_of(parcours).items() if not key.startswith("parcours_modules")}
    url = reverse("wagtailadmin_pages:edit", args=[parcours.pk])
    assert is_sent_away(signed_in(workshop.people["author"]).post(url, form | lines))
    assert signed_in(workshop.people["author"]).post(url, form_of(parcours))["Location"] == url


def test_a_half_day_teaches_no_module_of_another_library_even_by_hand(workshop):
    library, module = workshop.libraries["armor"], workshop.pages["other's module"]
    url = reverse("wagtailadmin_pages:add", args=["catalogue", "seancepage", library.pk])
    client = signed_in(workshop.people["author"])
    offered = client.get(url).context["form"].fields["taught_modules"].queryset
    assert {one.title for one in offered} == {"Brouillon Armor", workshop.national.title}
    form = {
        "title": "En direct",
        "sequences": streamfield([]),
        "sheets": streamfield([]),
        "comments": inline_formset([]),
    }
    refused = client.post(url, nested_form_data(form) | {"taught_modules": [module.pk]})
    assert "taught_modules" in refused.context["form"].errors


def is_sent_away(response) -> bool:
    """Back to the first page of the CMS, with nothing shown on the way."""
    return response.status_code == 302 and response["Location"] == reverse("wagtailadmin_home")


def test_a_copy_is_not_sent_into_another_library(workshop):
    page, elsewhere = workshop.pages["own module"], workshop.libraries["littoral"]
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    data = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": elsewhere.pk}
    assert signed_in(workshop.people["author"]).post(url, data).status_code == 404
    assert not elsewhere.get_children().filter(slug="copie").exists()


def test_nobody_sticks_on_media_the_words_that_everybody_would_read(workshop):
    for model, things in (("image", workshop.images), ("document", workshop.documents)):
        medium = things["own medium"]
        url = reverse("wagtail_bulk_action", args=[medium._meta.app_label, model, "add_tags"])
        assert signed_in(workshop.people["author"]).get(f"{url}?id={medium.pk}").status_code == 404


@pytest.mark.parametrize("action", ["delete", "publish", "unpublish"])
def test_pages_of_another_library_are_not_even_named_by_an_act_on_several(workshop, action):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    ids = f"id={workshop.pages['own module'].pk}&id={workshop.pages[OTHER].pk}"
    assert signed_in(workshop.people["reviewer"]).get(f"{url}?{ids}").status_code == 404


OTHER = "other's module"


def test_the_library_itself_is_nobodys_to_change(workshop):
    library = workshop.libraries["armor"]
    client = signed_in(workshop.people["manager"])
    for name in ("edit", "delete", "copy", "move", "unpublish"):
        assert client.get(reverse(f"wagtailadmin_pages:{name}", args=[library.pk])).status_code == 404
    assert client.get(reverse("wagtailadmin_explore", args=[library.pk])).status_code == 200


def test_access_that_is_over_is_over_at_the_door(workshop):
    """A mandate ended without the clock having struck: the groups are put right before anything is shown."""
    person = workshop.people["author"]
    client = signed_in(person)
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    person.memberships.update(ends_on="2026-01-02", starts_on="2026-01-01")
    assert client.get(reverse("wagtailadmin_home")).status_code == 403
    assert not person.groups.exists()


# --- Every door is listed ---------------------------------------------------------------------------------------------

CLOSED = {
    "wagtailadmin_api": "its acts pass beside our refusals; the tree of the menu is replaced by « Mes modules »",
    "wagtailadmin_reports": "they name everybody's pages, authors and dates; « Pages à revoir » replaces them",
    "wagtailadmin_collections": "a library has its own",
    "wagtailadmin_workflows": "a library has its own",
    "wagtailusers_users": "people are in their own room",
    "wagtailusers_groups": "groups follow the memberships",
    "wagtailredirects": "administrators",
    "wagtailsites": "administrators",
    "wagtailsnippets": "the list of lists",
    "wagtailsnippetchoosers": "no field of a library chooses one",
    "wagtailembeds": "nothing comes from an outside host",
    "wagtailadmin_password_reset": "codes, not passwords",
}
CLOSED_ONE_BY_ONE = {
    "",
    "wagtailadmin_error_test",
    "wagtailadmin_pages:type_use",
    "wagtailadmin_pages:type_use_results",
    "wagtailadmin_pages:choose_parent",
    "wagtailadmin_pages:convert_alias",
    "wagtailadmin_pages:set_privacy",
    "wagtailadmin_pages:move",
    "wagtailadmin_pages:move_confirm",
    "wagtailadmin_pages:set_page_position",
    "wagtailimages:url_generator",
    "wagtailimages:url_generator_output",
}


@cache
def doors() -> dict:
    found = {}

    def walk(patterns, route, names):
        for entry in patterns:
            here = route + str(entry.pattern)
            if isinstance(entry, URLPattern):
                found[":".join([*names, entry.name or ""])] = (here, entry.callback)
            else:
                walk(entry.url_patterns, here, [*names, entry.namespace] if entry.namespace else names)

    walk(get_resolver().url_patterns, "", [])
    return {name: view for name, (route, view) in found.items() if route.startswith("cms/")}


def is_closed(name) -> bool:
    family = name.partition(":")[0]
    return name in CLOSED_ONE_BY_ONE or any(family.startswith(one) for one in CLOSED)


def test_every_door_of_the_cms_is_walled_closed_or_ours():
    unknown = [
        name
        for name, view in doors().items()
        if name not in walls.DOORS
        and name not in walls.WITHOUT_NAMES
        and not is_closed(name)
        and not name.startswith(walls.BY_MODEL_RIGHTS)
        and not getattr(view, "view_class", view).__module__.startswith(walls.OURS)
    ]
    assert unknown == []


def test_no_wall_guards_a_door_that_is_gone():
    assert (walls.DOORS.keys() | walls.WITHOUT_NAMES) - doors().keys() == set()
    assert [name for name in walls.DOORS if is_closed(name)] == []
