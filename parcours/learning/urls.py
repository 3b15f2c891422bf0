from django.urls import path

from parcours.learning import views

app_name = "learning"

urlpatterns = [
    path("espace/", views.home, name="home"),
    path("espace/inscription/<int:parcours_pk>/", views.enrol, name="enrol"),
    path("espace/parcours/<int:pk>/", views.course, name="course"),
    path("espace/parcours/<int:pk>/module/<str:module_id>/telecharger/", views.download_module, name="download_module"),
    path("espace/releve/<int:pk>/", views.releve, name="releve"),
    path("espace/recapitulatif/<int:pk>/", views.checklist, name="checklist"),
    path("espace/arret/<int:pk>/", views.withdraw, name="withdraw"),
    path("espace/parcours/<int:pk>/<slug:slug>/", views.activity, name="activity"),
    path("espace/parcours/<int:pk>/<slug:slug>/lue/", views.finish_reading, name="finish_reading"),
    path("espace/parcours/<int:pk>/<slug:slug>/recommencer/", views.restart, name="restart"),
    path("espace/attestations/", views.papers, name="papers"),
    path("espace/attestations/<str:number>/", views.paper, name="paper"),
    path("espace/attestations/<str:number>/pdf/", views.paper_pdf, name="paper_pdf"),
    path("espace/competences/", views.competences, name="competences"),
    path("espace/competences/<str:code>/", views.competence, name="competence"),
    path("espace/calendrier/", views.calendar, name="calendar"),
    path("espace/calendrier/adresse/", views.calendar_address, name="calendar_address"),
    path("espace/calendrier/moments/<int:pk>/retirer/", views.give_up_moment, name="give_up_moment"),
    path("espace/rappels/<int:pk>/", views.reminders, name="reminders"),
    path("calendrier/<str:token>.ics", views.calendar_feed, name="calendar_feed"),
    path("rappels/arret/<str:token>/", views.stop_reminders, name="stop_reminders"),
    path("formation/apprenants/", views.learners, name="learners"),
    path("formation/apprenants/<int:pk>/releve/", views.learner_releve, name="learner_releve"),
    path("formation/editions/", views.editions, name="editions"),
    path("formation/editions/<int:pk>/diffuser/", views.spread, name="spread"),
    path("formation/editions/<int:pk>/diffuser/apercu/", views.preview_spread, name="preview_spread"),
    path("formation/editions/<int:pk>/diffuser/confirmer/", views.confirm_spread, name="confirm_spread"),
    path("formation/editions/<int:pk>/diffuser/correction/", views.spread_minor, name="spread_minor"),
    path("formation/attestations/", views.issued_papers, name="issued_papers"),
    path("formation/attestations/<str:number>/", views.issued_paper, name="issued_paper"),
    path("formation/attestations/<str:number>/revoquer/", views.revoke_paper, name="revoke_paper"),
]
