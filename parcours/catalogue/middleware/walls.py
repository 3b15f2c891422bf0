"""The walls of the CMS: by no address does anybody reach a page or a medium of somebody else's library.

Wagtail guards most of its doors by itself, and shows a title, a name or a list behind some others. Here a door that
nobody listed stays closed to all but administrators; the rooms' own views answer for themselves.
"""

from django.http import Http404, JsonResponse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from parcours.catalogue import actions
from parcours.catalogue.models import LibraryPage
from parcours.catalogue.permissions import (
    can_change_medium,
    can_use_medium,
    crossed_pages,
    readable_pages,
    worked_pages,
)

CMS = "/cms/"
OURS = ("lms.", "parcours.")
BY_MODEL_RIGHTS = ("wagtailsnippets_",)
CLOSED_TOGETHER = ("move", "add_tags")


def library_walls(get_response):
    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if not request.path.startswith(CMS) or not request.user.is_authenticated:
            return None
        if not actions.is_settled(request.user):
            actions.settle_access(request.user)
        if request.user.is_superuser or not request.user.has_perm("wagtailadmin.access_admin"):
            return None
        return behind_the_door(request, view, kwargs)

    middleware.process_view = process_view
    return middleware


def behind_the_door(request, view, kwargs):
    name = request.resolver_match.view_name
    module = getattr(view, "view_class", view).__module__
    if module.startswith(OURS) or name.startswith(BY_MODEL_RIGHTS):
        return None
    if name in WITHOUT_NAMES:
        return JsonResponse([], safe=False)
    if name not in DOORS or not DOORS[name](request, kwargs):
        raise Http404
    return None


def anybody(request, kwargs) -> bool:
    """Shows only what the person's own rights select."""
    return True


def crossed(request, kwargs) -> bool:
    return holds(crossed_pages(request.user), named(kwargs))


def worked(request, kwargs) -> bool:
    return holds(worked_pages(request.user), named(kwargs))


def written(request, kwargs) -> bool:
    """A page of a library; the library itself is nobody's to change."""
    return worked(request, kwargs) and not LibraryPage.objects.filter(pk__in=named(kwargs)).exists()


def copied(request, kwargs) -> bool:
    where = request.POST.getlist("new_parent_page")
    return written(request, kwargs) and holds(worked_pages(request.user), where)


def read(request, kwargs) -> bool:
    return holds(readable_pages(request.user), named(kwargs))


def read_together(request, kwargs) -> bool:
    return holds(readable_pages(request.user), request.GET.getlist("id"))


def changed_image(request, kwargs) -> bool:
    return allowed(get_image_model(), can_change_medium, request.user, named(kwargs))


def used_image(request, kwargs) -> bool:
    return allowed(get_image_model(), can_use_medium, request.user, named(kwargs) or request.GET.getlist("id"))


def changed_document(request, kwargs) -> bool:
    return allowed(get_document_model(), can_change_medium, request.user, named(kwargs))


def used_document(request, kwargs) -> bool:
    return allowed(get_document_model(), can_use_medium, request.user, named(kwargs) or request.GET.getlist("id"))


def together(request, kwargs) -> bool:
    """Several at once; « all » means those of the list on screen, and names its page."""
    ids = request.GET.getlist("id")
    if kwargs["action"] in CLOSED_TOGETHER:
        return False
    if kwargs["model_name"] == "page":
        pages = request.GET.getlist("childOf") if "all" in ids else ids
        return bool(pages) and holds(worked_pages(request.user), pages)
    models = {model._meta.model_name: model for model in (get_image_model(), get_document_model())}
    model = models.get(kwargs["model_name"])
    return model is not None and ("all" in ids or allowed(model, can_change_medium, request.user, ids))


KEYS = ("page_id", "parent_page_id", "pk", "image_id", "document_id", "doc_id")


def named(kwargs) -> list:
    """The ids in an address."""
    return [kwargs[key] for key in KEYS if key in kwargs]


def numbers(ids) -> set[int] | None:
    try:
        return {int(one) for one in ids}
    except ValueError:
        return None


def holds(pages, ids) -> bool:
    wanted = numbers(ids)
    return wanted is not None and set(pages.filter(pk__in=wanted).values_list("pk", flat=True)) == wanted


def allowed(model, can, person, ids) -> bool:
    wanted = numbers(ids)
    found = model.objects.filter(pk__in=wanted or [])
    return wanted is not None and len(found) == len(wanted) and all(can(person, medium) for medium in found)


WITHOUT_NAMES = {"wagtailadmin_tag_autocomplete", "wagtailadmin_tag_model_autocomplete"}
LISTED = (
    (
        anybody,
        """
        wagtailadmin_home wagtailadmin_explore_root wagtailadmin_pages:search wagtailadmin_pages:search_results
        wagtailadmin_choose_page wagtailadmin_choose_page_search wagtailadmin_choose_page_external_link
        wagtailadmin_choose_page_email_link wagtailadmin_choose_page_phone_link wagtailadmin_choose_page_anchor_link
        wagtailadmin_editing_sessions:ping wagtailadmin_editing_sessions:release
        wagtailadmin_account wagtailadmin_login wagtailadmin_logout wagtailadmin_dismissibles
        wagtailadmin_block_preview wagtailadmin_sprite
        wagtailadmin_javascript_catalog
        wagtailimages:index wagtailimages:index_results wagtailimages:add wagtailimages:add_multiple
        wagtailimages:create_multiple_from_uploaded_image wagtailimages:delete_upload_multiple
        wagtailimages_chooser:choose wagtailimages_chooser:choose_results wagtailimages_chooser:create
        wagtaildocs:index wagtaildocs:index_results wagtaildocs:add wagtaildocs:add_multiple
        wagtaildocs:create_multiple_from_uploaded_document wagtaildocs:delete_upload_multiple
        wagtaildocs_chooser:choose wagtaildocs_chooser:choose_results wagtaildocs_chooser:create
        """,
    ),
    (crossed, "wagtailadmin_explore wagtailadmin_explore_results"),
    (worked, "wagtailadmin_pages:add wagtailadmin_pages:preview_on_add wagtailadmin_pages:add_subpage"),
    (
        written,
        """
        wagtailadmin_pages:edit wagtailadmin_pages:preview_on_edit wagtailadmin_pages:view_draft
        wagtailadmin_pages:delete wagtailadmin_pages:unpublish wagtailadmin_pages:usage
        wagtailadmin_pages:lock wagtailadmin_pages:unlock
        wagtailadmin_pages:history wagtailadmin_pages:history_results wagtailadmin_pages:revisions_index
        wagtailadmin_pages:revisions_view wagtailadmin_pages:revisions_revert wagtailadmin_pages:revisions_unschedule
        wagtailadmin_pages:revisions_compare
        wagtailadmin_pages:workflow_action wagtailadmin_pages:collect_workflow_action_data
        wagtailadmin_pages:confirm_workflow_cancellation wagtailadmin_pages:workflow_preview
        wagtailadmin_pages:workflow_history wagtailadmin_pages:workflow_history_detail
        """,
    ),
    (copied, "wagtailadmin_pages:copy"),
    (read, "wagtailadmin_choose_page_child"),
    (read_together, "wagtailadmin_choose_page_chosen_multiple"),
    (
        changed_image,
        """
        wagtailimages:edit wagtailimages:delete wagtailimages:preview wagtailimages:image_usage
        wagtailimages:edit_multiple wagtailimages:delete_multiple
        """,
    ),
    (used_image, "wagtailimages_chooser:chosen wagtailimages_chooser:chosen_multiple"),
    (used_image, "wagtailimages_chooser:select_format"),
    (
        changed_document,
        """
        wagtaildocs:edit wagtaildocs:delete wagtaildocs:document_usage
        wagtaildocs:edit_multiple wagtaildocs:delete_multiple
        """,
    ),
    (used_document, "wagtaildocs_chooser:chosen wagtaildocs_chooser:chosen_multiple"),
    (together, "wagtail_bulk_action"),
)
DOORS = {name: check for check, names in LISTED for name in names.split()}
