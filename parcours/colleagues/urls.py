from django.urls import path

from parcours.colleagues import views

app_name = "colleagues"

STRUCTURE = "structure/<uuid:structure>/"
LIST = f"{STRUCTURE}inscrire/liste/<uuid:public_id>/"

urlpatterns = [
    path(f"{STRUCTURE}inscrire/", views.choose, name="choose"),
    path(f"{STRUCTURE}inscrire/<int:parcours_pk>/", views.give, name="give"),
    path(LIST, views.check, name="check"),
    path(f"{LIST}confirmer/", views.confirm, name="confirm"),
    path(f"{LIST}suites/", views.report, name="report"),
    path(f"{LIST}suites/reprendre/", views.take_up, name="take_up"),
    path(f"{LIST}supprimer/", views.discard, name="discard"),
    path(f"{STRUCTURE}suivi/", views.register, name="register"),
    path(f"{STRUCTURE}suivi/relancer/", views.remind, name="remind"),
    path(f"{STRUCTURE}suivi/export/", views.order_export, name="order_export"),
    path(f"{STRUCTURE}suivi/export/<uuid:public_id>/", views.export, name="export"),
    path(f"{STRUCTURE}suivi/export/<uuid:public_id>/fichier/", views.export_file, name="export_file"),
    path(f"{STRUCTURE}suivi/export/<uuid:public_id>/reprendre/", views.write_again, name="write_again"),
    path("espace/invitations/<uuid:public_id>/", views.invitation, name="invitation"),
]
