"""The first page of the CMS, its menu, and our own doors."""

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from parcours.catalogue.permissions import can_write_modules
from parcours.catalogue.viewsets import exceptions, libraries, reviews
from parcours.catalogue.viewsets.desk import PANELS

DOORS = [
    path("mes-modules/", libraries.own, name="library"),
    path("bibliotheque-nationale/", libraries.national, name="national"),
    path("bibliotheque-nationale/<int:pk>/", libraries.read, name="read"),
    path("bibliotheque-nationale/<int:pk>/copier/", libraries.copy, name="copy"),
    path("pages-a-revoir/", reviews.ReviewList.as_view(), name="reviews"),
    path("pages-a-revoir/resultats/", reviews.ReviewList.as_view(results_only=True), name="reviews_results"),
    path("pages-a-revoir/<int:pk>/", reviews.mark_reviewed, name="mark_reviewed"),
    path("pages-a-relire/", reviews.moved, name="reviews_moved"),
    path("pages-a-relire/<path:rest>", reviews.moved, name="reviews_moved"),
    path("exceptions-de-publication/", exceptions.ExceptionList.as_view(), name="exceptions"),
    path(
        "exceptions-de-publication/resultats/",
        exceptions.ExceptionList.as_view(results_only=True),
        name="exceptions_results",
    ),
]


@hooks.register("register_admin_urls")
def open_our_doors():
    return [path("", include((DOORS, "workshop")))]


@hooks.register("insert_global_admin_css")
def style_our_lists():
    return format_html('<link rel="stylesheet" href="{}">', static("catalogue/cms.css"))


@hooks.register("insert_global_admin_js")
def name_the_editors():
    return format_html('<script src="{}" defer></script>', static("catalogue/cms.js"))


@hooks.register("construct_homepage_panels")
def show_what_waits(request, panels):
    panels[:] = [panel() for panel in PANELS]


@hooks.register("construct_homepage_summary_items", order=1000)
def count_nothing(request, items):
    items.clear()


class WorkshopMenuItem(MenuItem):
    def is_shown(self, request):
        return can_write_modules(request.user)


@hooks.register("register_admin_menu_item")
def own_library():
    return WorkshopMenuItem(
        "Mes modules", reverse("workshop:library"), name="mes-modules", icon_name="folder", order=90
    )


@hooks.register("register_admin_menu_item")
def national_library():
    url = reverse("workshop:national")
    return WorkshopMenuItem("Bibliothèque nationale", url, name="bibliotheque-nationale", icon_name="globe", order=95)


@hooks.register("register_admin_menu_item")
def pages_to_review():
    url = reverse("workshop:reviews")
    return WorkshopMenuItem("Pages à revoir", url, name="pages-a-revoir", icon_name="calendar-check", order=500)


@hooks.register("register_admin_menu_item")
def publication_exceptions():
    url = reverse("workshop:exceptions")
    return WorkshopMenuItem("Exceptions", url, name="exceptions-de-publication", icon_name="warning", order=510)
