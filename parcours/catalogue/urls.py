from django.urls import path

from parcours.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("catalogue/medias/<str:sha256>/<str:name>", views.medium, name="medium"),
]
