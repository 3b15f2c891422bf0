"""The first page of the CMS, the pages to read again, the national library: a trainer's own tools."""

import datetime

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.menu import admin_menu

from lms.kernel.models import JournalEntry
from lms.organisations.models import Role
from parcours.catalogue.models import Edition, ModulePage
from tests.catalogue.test_editor import sentences
from tests.permissions.matrix import signed_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
DAY = datetime.timedelta(days=1)


def due(page, days, read=400):
    today = timezone.localdate()
    type(page).objects.filter(pk=page.pk).update(review_due_on=today + days * DAY, reviewed_on=today - read * DAY)


def section(html, name):
    begin = html.index(f'id="{name}-section"')
    return html[begin : html.index("</section>", begin)]


def home(person):
    return signed_in(person).get(reverse("wagtailadmin_home")).content.decode()


def test_the_first_page_shows_one_s_drafts_and_the_pages_to_read_again(workshop):
    due(workshop.pages["own module"], 10)
    due(workshop.pages["own parcours"], 60)
    due(workshop.pages["other's module"], -10)
    html = home(workshop.people["author"])
    assert "Brouillon Armor" in section(html, "brouillons")
    assert "Brouillon Armor" in section(html, "a-revoir")
    assert "Parcours Armor" not in section(html, "a-revoir")
    assert "Littoral" not in html
    assert "Aucune publication n’est programmée." in section(html, "programmees")


def test_the_first_page_costs_the_same_for_one_draft_or_thirty(workshop, django_assert_max_num_queries):
    person = workshop.people["author"]
    client = signed_in(person)
    client.get(reverse("wagtailadmin_home"))
    for number in range(30):
        workshop.module("armor", f"Module {number}")
    with django_assert_max_num_queries(45):
        client.get(reverse("wagtailadmin_home"))


def test_an_author_finds_only_what_writing_needs_in_the_menu(workshop):
    request = RequestFactory().get("/cms/")
    request.user = workshop.people["author"]
    items = sorted(admin_menu.menu_items_for_request(request), key=lambda item: item.order)
    labels = [str(item.label) for item in items]
    assert labels == [
        "Mes modules",
        "Bibliothèque nationale",
        "Images",
        "Documents",
        "Pages à revoir",
        "Exceptions",
        "Mon espace",
    ]


def test_a_national_reviewer_also_finds_the_words_of_the_catalogue(workshop):
    request = RequestFactory().get("/cms/")
    request.user = workshop.member("anct", Role.REVIEWER)
    items = {item.name: item for item in admin_menu.menu_items_for_request(request)}
    words = items["mots-du-catalogue"].menu.menu_items_for_request(request)
    assert sorted(str(item.label) for item in words) == ["Compétences", "Métiers et thèmes"]


def test_mes_modules_leads_to_the_only_library(workshop):
    response = signed_in(workshop.people["author"]).get(reverse("workshop:library"))
    assert response["Location"] == reverse("wagtailadmin_explore", args=[workshop.libraries["armor"].pk])


def test_the_header_of_the_site_leads_trainers_to_their_modules(workshop):
    page = signed_in(workshop.people["author"]).get("/espace/").content.decode()
    assert "Modules et parcours" in page
    assert "Modules et parcours" not in signed_in(workshop.people["learner"]).get("/espace/").content.decode()


def reviews(person, **asked):
    return signed_in(person).get(reverse("workshop:reviews"), asked)


def test_pages_to_read_again_are_listed_by_date_filtered_and_sorted(workshop):
    due(workshop.pages["own module"], -3)
    due(workshop.pages["own parcours"], 200)
    author = workshop.people["author"]
    html = reviews(author).content.decode()
    assert html.index("Brouillon Armor") < html.index("Parcours Armor")
    assert "en retard de 3 jours" in html
    assert "dans 200 jours" in html
    assert "Parcours Armor" not in reviews(author, etat="retard").content.decode()
    assert "Brouillon Armor" not in reviews(author, sorte="parcourspage").content.decode()
    turned = reviews(author, ordering="-due_on").content.decode()
    assert turned.index("Parcours Armor") < turned.index("Brouillon Armor")
    assert "Brouillon Armor" not in reviews(author, q="parcours").content.decode()
    assert "Aucune page ne répond" in reviews(author, q="introuvable").content.decode()


def test_the_address_of_the_pages_to_review_says_what_they_are_called_and_the_old_one_leads_there(workshop):
    client = signed_in(workshop.people["author"])
    assert reverse("workshop:reviews") == "/cms/pages-a-revoir/"
    for old, new in (("?etat=retard", "?etat=retard"), ("resultats/", "resultats/"), ("12/", "12/")):
        response = client.get(f"/cms/pages-a-relire/{old}")
        assert (response.status_code, response["Location"]) == (301, f"/cms/pages-a-revoir/{new}")


def test_the_list_is_exported_as_french_spreadsheets_read_it(workshop):
    module = workshop.pages["own module"]
    ModulePage.objects.filter(pk=module.pk).update(draft_title="=1+1")
    due(module, -3)
    response = reviews(workshop.people["author"], export="csv")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Page;Type;Bibliothèque;En ligne;Relue le;À relire avant le;État"
    assert lines[1].startswith("'=1+1;module;Formation Armor;non;")
    assert lines[1].endswith("en retard de 3 jours")
    assert reviews(workshop.people["author"], export="xlsx").content[:2] == b"PK"


def test_the_list_costs_the_same_for_one_page_or_thirty(workshop, django_assert_max_num_queries):
    due(workshop.pages["own module"], 1)
    client = signed_in(workshop.people["reviewer"])
    client.get(reverse("workshop:reviews"))
    for number in range(30):
        due(workshop.module("armor", f"Module {number}"), number)
    with django_assert_max_num_queries(40):
        client.get(reverse("workshop:reviews"))


def test_a_page_is_marked_as_read_by_whoever_may_publish_it(workshop):
    page, on = workshop.pages["own module"], timezone.localdate() + 300 * DAY
    due(page, -3)
    url = reverse("workshop:mark_reviewed", args=[page.pk])
    assert signed_in(workshop.people["author"]).get(url).status_code in (302, 403)
    listed = reviews(workshop.people["author"]).content.decode()
    assert "Marquer comme relue" not in listed
    assert "par un relecteur" in listed
    reviewer = signed_in(workshop.people["reviewer"])
    assert "Choisissez une date à venir" in sentences(reviewer.post(url, {"due_on": "2020-01-01"}))
    assert reviewer.post(url, {"due_on": f"{on:%d/%m/%Y}"}).status_code == 302
    page.refresh_from_db()
    assert (page.reviewed_on, page.review_due_on) == (timezone.localdate(), on)
    assert page.get_latest_revision_as_object().review_due_on == on
    entry = JournalEntry.objects.get(verb="catalogue.reviewed")
    assert (entry.by, entry.after) == (workshop.people["reviewer"], {"due_on": on.isoformat()})


def test_marking_as_read_publishes_nothing_and_loses_no_draft(workshop):
    module = workshop.national
    module.title = "Un brouillon"
    module.save_revision()
    url = reverse("workshop:mark_reviewed", args=[module.pk])
    national = workshop.member("anct", Role.REVIEWER)
    on = timezone.localdate() + 300 * DAY
    assert signed_in(national).post(url, {"due_on": f"{on:%d/%m/%Y}"}).status_code == 302
    module = ModulePage.objects.get(pk=module.pk)
    assert (module.title, module.review_due_on) == ("Le mandat", on)
    assert module.get_latest_revision_as_object().title == "Un brouillon"
    assert module.has_unpublished_changes
    assert Edition.objects.count() == 1


def test_national_modules_are_listed_read_and_copied_never_edited(workshop):
    author = signed_in(workshop.people["author"])
    assert "Le mandat" in author.get(reverse("workshop:national")).content.decode()
    read = author.get(reverse("workshop:read", args=[workshop.national.pk])).content.decode()
    assert "Je lui rends le clavier" in read
    copied = author.post(
        reverse("workshop:copy", args=[workshop.national.pk]), {"library": workshop.libraries["armor"].pk}
    )
    copy = ModulePage.objects.child_of(workshop.libraries["armor"]).get(title="Le mandat")
    assert copied["Location"] == reverse("wagtailadmin_pages:edit", args=[copy.pk])
    assert (copy.live, copy.reference, copy.owner) == (False, None, workshop.people["author"])
    assert copy.translation_key != workshop.national.translation_key
    assert author.get(copied["Location"]).status_code == 200


def test_a_national_module_is_not_copied_into_somebody_else_s_library(workshop):
    url = reverse("workshop:copy", args=[workshop.national.pk])
    author = signed_in(workshop.people["author"])
    assert author.post(url, {"library": workshop.libraries["littoral"].pk}).status_code == 404
    assert author.get(reverse("workshop:read", args=[workshop.pages["other's module"].pk])).status_code == 404


def test_a_copy_of_one_s_own_holds_other_questions_and_follows_nothing(workshop):
    page = workshop.pages["own module"]
    author = signed_in(workshop.people["author"])
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    shown = author.get(url).content.decode()
    for name in ("alias", "publish_copies", "copy_subpages"):
        assert f'name="{name}"' not in shown
    data = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": workshop.libraries["armor"].pk}
    assert author.post(url, data | {"alias": "on"}).status_code == 302
    copy = ModulePage.objects.get(slug="copie")
    assert copy.alias_of is None
    assert copy.translation_key != page.translation_key


def test_the_preview_opens_at_the_width_of_a_phone(workshop):
    for page in workshop.pages.values():
        assert page.default_preview_size == "phone"
        assert [size["device_width"] for size in page.preview_sizes] == [360, 320, 768, 1280]


def test_people_are_never_made_or_changed_from_the_editor(workshop):
    admin, author = signed_in(workshop.people["admin"]), signed_in(workshop.people["author"])
    for name in ("wagtailusers_users:index", "wagtailusers_users:add", "wagtailusers_groups:add"):
        assert author.get(reverse(name)).status_code == 404
        assert admin.get(reverse(name))["Location"] == reverse("admin:accounts_person_changelist")
        assert admin.post(reverse(name), {"email": "x@exemple.fr"}).status_code == 302
    assert author.get(reverse("wagtailadmin_account"))["Location"] == reverse("accounts:profile")


def test_images_are_given_names_that_are_not_guessed(workshop):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.catalogue.workshop import SVG

    library = workshop.libraries["armor"]
    url = reverse("wagtailimages:add")
    file = SimpleUploadedFile("carte.svg", SVG, content_type="image/svg+xml")
    data = {"title": "Carte", "file": file, "collection": library.collection_id, "description": ""}
    data |= {f"focal_point_{part}": "" for part in ("x", "y", "width", "height")}
    author = signed_in(workshop.people["author"])
    assert 'name="tags"' not in author.get(url).content.decode()
    author.post(url, data)
    image = type(workshop.images["own medium"]).objects.get(title="Carte")
    assert len(image.filename) == len("carte-.svg") + 12
