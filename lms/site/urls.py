from django.urls import path
from wagtail.contrib.sitemaps.views import sitemap

from lms.kernel.access import public

from . import views

app_name = "site"

urlpatterns = [
    path("composants/", views.gallery, name="gallery"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path(".well-known/security.txt", views.security, name="security"),
    path("sitemap.xml", public(sitemap), name="sitemap"),
]
