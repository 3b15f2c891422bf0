"""What is followed, cited or shown is not deleted: the list of what holds it is said instead."""

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.models import Page

from parcours.catalogue import actions
from parcours.catalogue.models import EditionDocument, EditionImage, LibraryPage
from parcours.catalogue.wagtail_hooks.refusing import refused


class ParcoursOfEdition:
    """Names, in the list of what uses an image or a document, the edition that shows it."""

    def __init__(self, user):
        self.user = user

    def get_edit_url(self, used):
        parcours = used.edition.parcours
        if not parcours.permissions_for_user(self.user).can_edit():
            return None
        return reverse("wagtailadmin_pages:edit", args=[parcours.pk])


register_admin_url_finder(EditionImage, ParcoursOfEdition)
register_admin_url_finder(EditionDocument, ParcoursOfEdition)


@hooks.register("before_delete_page")
def refuse_to_delete(request, page):
    sentences = actions.refusals_to_delete(page)
    return refused(request, sentences, back="wagtailadmin_explore", page=page.get_parent())


@hooks.register("before_bulk_action")
def refuse_to_delete_together(request, action_type, objects, action):
    if action_type != "delete":
        return None
    pages = [thing for thing in objects if isinstance(thing, Page)]
    if pages:
        sentences = [sentence for page in pages for sentence in actions.refusals_to_delete(page)]
        return refused(request, sentences, back="wagtailadmin_explore", page=pages[0].get_parent())
    return refuse_media(request, objects)


def refuse_media(request, media):
    for medium in media:
        if sentences := actions.refusals_to_delete_medium(medium, by=request.user):
            return refused(request, sentences, back=used_in(medium), page=medium)
    return None


def used_in(medium) -> str:
    kind = medium._meta.model_name
    return f"wagtail{'docs' if kind == 'document' else 'images'}:{kind}_usage"


@hooks.register("describe_collection_contents")
def keep_the_collection_of_a_library(collection):
    library = LibraryPage.objects.filter(collection=collection).first()
    if library is None:
        return None
    return {
        "count": 1,
        "count_text": f"la bibliothèque « {library.title} »",
        "url": reverse("wagtailadmin_explore", args=[library.pk]),
    }
