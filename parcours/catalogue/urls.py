from django.urls import path

from parcours.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("formation/deroules/", views.seances, name="seances"),
    path("formation/deroules/<int:pk>/", views.seance, name="seance"),
    path("formation/deroules/<int:pk>/fiches/", views.sheets, name="sheets"),
    path("formation/deroules/<int:pk>/corriges/", views.sheets, {"answers": True}, name="answers"),
    path("formation/couverture/", views.matrix, name="coverage"),
    path("catalogue/", views.catalogue, name="catalogue"),
    path("catalogue/<slug:slug>/historique/", views.history, name="history"),
    path("catalogue/<slug:slug>/au/<str:day>/", views.as_of, name="as_of"),
    path("catalogue/medias/<str:sha256>/<str:name>", views.medium, name="medium"),
]
