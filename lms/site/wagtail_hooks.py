from django.conf import settings
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from .versions import comparison_url, newer_version, opened_on, warning
from .viewsets import RuleViewSet

FOR_EVERYBODY = {
    "mes-modules",
    "bibliotheque-nationale",
    "images",
    "documents",
    "pages-a-revoir",
    "exceptions-de-publication",
    "mots-du-catalogue",
    "regles-datees",
    "mon-espace",
}
NOBODY_NEEDS = {"help"}
ELSEWHERE = {"users"}  # people have their own room, which knows their addresses and second factors

register_snippet(RuleViewSet)


@hooks.register("register_admin_menu_item")
def way_back():
    return MenuItem("Mon espace", settings.LOGIN_REDIRECT_URL, icon_name="home", order=9000)


@hooks.register("construct_main_menu")
def keep_what_editors_use(request, items):
    shown = [item for item in items if item.name not in NOBODY_NEEDS]
    items[:] = shown if request.user.is_superuser else [item for item in shown if item.name in FOR_EVERYBODY]


@hooks.register("construct_settings_menu")
def leave_people_to_their_room(request, items):
    items[:] = [item for item in items if item.name not in ELSEWHERE]


@hooks.register("before_edit_page")
def tell_who_saved_meanwhile(request, page):
    """The form then refuses once, and keeps what was typed; a save made by the script is refused by Wagtail itself."""
    if request.method != "POST" or not request.accepts("text/html"):
        return
    if newer := newer_version(page, request.POST, by=request.user):
        compare = messages.button(comparison_url(newer, opened_on(request.POST)), "Comparer les deux versions", True)
        messages.warning(request, warning(newer), buttons=[compare])
