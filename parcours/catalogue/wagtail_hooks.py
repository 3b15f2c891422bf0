"""The sentences a trainer meets in the CMS when a page is published or deleted."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.models import Page

from parcours.catalogue import actions
from parcours.catalogue.models import EditionDocument, EditionImage, ModulePage, ParcoursPage


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


def refused(request, sentences, *, back, page):
    """Say why, and go back to where one can do something about it; nothing when there is nothing to say."""
    for sentence in sentences:
        messages.error(request, sentence)
    return redirect(back, page.pk) if sentences else None


@hooks.register("before_publish_page")
def refuse_to_publish(request, page):
    if isinstance(page, ParcoursPage):
        return refused(request, actions.rehearse(page), back="wagtailadmin_pages:edit", page=page)
    return None


@hooks.register("after_publish_page")
def tell_what_was_published(request, page):
    if isinstance(page, ModulePage):
        for line in page.in_parcours.select_related("page"):
            sentence = f"« {line.page.title} » reste tel quel : publiez ce parcours pour lui donner ce module à jour."
            messages.info(request, sentence)
    elif isinstance(page, ParcoursPage) and (edition := page.current_edition):
        steps = len(edition.outline)
        messages.info(request, f"Édition {edition.number} : {steps} étapes, {edition.minutes} min.")


@hooks.register("before_delete_page")
def refuse_to_delete(request, page):
    sentences = actions.refusals_to_delete(page)
    return refused(request, sentences, back="wagtailadmin_explore", page=page.get_parent())


@hooks.register("before_bulk_action")
def refuse_in_bulk(request, action_type, objects, action):
    pages = [page.specific for page in objects if isinstance(page, Page)]
    sentences = []
    if action_type == "delete":
        sentences = [sentence for page in pages for sentence in actions.refusals_to_delete(page)]
    elif action_type == "publish":
        drafts = [page.get_latest_revision_as_object() for page in pages if isinstance(page, ParcoursPage)]
        sentences = [sentence for page in drafts for sentence in actions.rehearse(page)]
    return refused(request, sentences, back="wagtailadmin_explore", page=pages[0].get_parent()) if sentences else None
