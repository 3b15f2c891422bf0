"""Every public path of the product. French words; the pages of the CMS come last."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

admin.site.login = secure_admin_login(admin.site.login)  # one way in, with its second factor

urlpatterns = [
    path("", include("lms.kernel.urls")),
    path("", include("lms.accounts.urls")),
    path("", include("lms.organisations.urls")),
    path("", include("lms.pilotage.urls")),
    path("", include("lms.site.urls")),
    path("", include("parcours.catalogue.urls")),
    path("", include("parcours.adaptations.urls")),
    path("", include("parcours.assistance.urls")),
    path("", include("parcours.learning.urls")),
    path("", include("parcours.colleagues.urls")),
    path("", include("parcours.classroom.urls")),
    path("", include("parcours.emargement.urls")),
    path("", include("parcours.paperwork.urls")),
    path("", include("parcours.quality.urls")),
    path("", include("certification.habilitation.urls")),
    path("", include("certification.funding.urls")),
    path("admin/", admin.site.urls),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *([path("", include("lms.demo.urls"))] if settings.DEMO else []),
    path("", include(wagtail_urls)),
]

handler400 = "lms.site.views.bad_request"
handler403 = "lms.site.views.permission_denied"
handler404 = "lms.site.views.page_not_found"
handler500 = "lms.site.views.server_error"
