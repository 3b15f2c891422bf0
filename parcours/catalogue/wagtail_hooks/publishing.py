"""What is said when a page is published, or cannot be."""

from django.contrib import messages
from wagtail import hooks
from wagtail.models import Page

from parcours.catalogue import actions
from parcours.catalogue.models import ModulePage, ParcoursPage, SeancePage
from parcours.catalogue.wagtail_hooks.refusing import refused

CHECKED = (ModulePage, SeancePage, ParcoursPage)


@hooks.register("before_publish_page")
def refuse_to_publish(request, page):
    if isinstance(page, CHECKED):
        return refused(request, actions.rehearse(page), back="wagtailadmin_pages:edit", page=page)
    return None


@hooks.register("after_publish_page")
def tell_what_was_published(request, page):
    actions.expect(page)
    if isinstance(page, ModulePage):
        for line in page.in_parcours.select_related("page"):
            sentence = f"« {line.page.title} » reste tel quel : publiez ce parcours pour lui donner ce module à jour."
            messages.info(request, sentence)
    elif isinstance(page, ParcoursPage) and page.live and (edition := page.current_edition):
        steps = len(edition.outline)
        messages.info(
            request, f"Édition {edition.number} : {steps} étape{'s' if steps > 1 else ''}, {edition.minutes} min."
        )


@hooks.register("before_bulk_action")
def refuse_to_publish_together(request, action_type, objects, action):
    if action_type != "publish":
        return None
    pages = [page.specific for page in objects if isinstance(page, Page)]
    drafts = [page.get_latest_revision_as_object() for page in pages if isinstance(page, CHECKED)]
    sentences = [sentence for page in drafts for sentence in actions.rehearse(page)]
    return refused(request, sentences, back="wagtailadmin_explore", page=drafts[0].get_parent()) if sentences else None
