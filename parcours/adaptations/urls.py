from django.urls import path

from parcours.adaptations import views

app_name = "adaptations"

urlpatterns = [
    path("espace/adaptations/", views.mine, name="mine"),
    path("espace/adaptations/demander/", views.ask, name="ask"),
    path("espace/adaptations/<uuid:public_id>/", views.request_page, name="request"),
    path("espace/adaptations/<uuid:public_id>/retirer/", views.withdraw, name="withdraw"),
    path("espace/adaptations/<uuid:public_id>/garder/", views.keep, name="keep"),
    path("formation/adaptations/", views.requests, name="requests"),
    path("formation/adaptations/<uuid:public_id>/", views.answer, name="answer"),
    path("formation/mesures/", views.measures, name="measures"),
]
