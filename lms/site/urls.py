from django.urls import path

from . import views

app_name = "site"

urlpatterns = [
    path("composants/", views.gallery, name="gallery"),
    path("installation/", views.installation, name="installation"),
    path("installation/<slug:slug>/", views.installation_step, name="installation_step"),
    path("media/images/<path:name>", views.image, name="image"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path(".well-known/security.txt", views.security, name="security"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
]
