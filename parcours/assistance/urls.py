from django.urls import path

from parcours.assistance import views

app_name = "assistance"

urlpatterns = [
    path("espace/questions/", views.questions, name="questions"),
    path("espace/questions/poser/", views.ask, name="ask"),
    path("espace/questions/fichiers/<uuid:public_id>/", views.attachment, name="attachment"),
    path("espace/questions/<uuid:public_id>/", views.question, name="question"),
    path("espace/questions/<uuid:public_id>/clore/", views.close, name="close"),
    path("formation/questions/", views.waiting, name="waiting"),
    path("formation/questions/<uuid:public_id>/", views.answering, name="answering"),
    path("formation/questions/<uuid:public_id>/etape/", views.etape, name="etape"),
    path("formation/questions/<uuid:public_id>/partager/", views.share, name="share"),
    path("formation/questions/<uuid:public_id>/suivre/", views.assign, name="assign"),
    path("formation/questions/<uuid:public_id>/clore/", views.close_answered, name="close_answered"),
    path("formation/questions/partages/<int:pk>/retirer/", views.withdraw, name="withdraw"),
]
