from django.urls import path

from parcours.learning import views

app_name = "learning"

urlpatterns = [
    path("espace/", views.home, name="home"),
    path("espace/inscription/<int:parcours_pk>/", views.enrol, name="enrol"),
    path("espace/parcours/<int:pk>/", views.course, name="course"),
    path("espace/recapitulatif/<int:pk>/", views.checklist, name="checklist"),
    path("espace/arret/<int:pk>/", views.withdraw, name="withdraw"),
    path("espace/parcours/<int:pk>/<slug:slug>/", views.activity, name="activity"),
    path("espace/parcours/<int:pk>/<slug:slug>/lue/", views.finish_reading, name="finish_reading"),
    path("espace/parcours/<int:pk>/<slug:slug>/recommencer/", views.restart, name="restart"),
    path("espace/attestations/", views.papers, name="papers"),
    path("espace/attestations/<str:number>/", views.paper, name="paper"),
    path("espace/attestations/<str:number>/pdf/", views.paper_pdf, name="paper_pdf"),
    path("formation/attestations/", views.issued_papers, name="issued_papers"),
    path("formation/attestations/<str:number>/", views.issued_paper, name="issued_paper"),
    path("formation/attestations/<str:number>/revoquer/", views.revoke_paper, name="revoke_paper"),
]
