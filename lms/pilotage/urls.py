from django.urls import path

from lms.pilotage import views

app_name = "pilotage"
urlpatterns = [
    path("pilotage/", views.board, name="board"),
    path("pilotage/repartition/<slug:axis>/", views.breakdown, name="breakdown"),
    path("pilotage/tableau/<slug:axis>/<slug:form>/", views.table, name="table"),
    path("pilotage/indicateurs/", views.definitions, name="definitions"),
    path("pilotage/indicateurs/<slug:code>/liste/", views.listing, name="list"),
    path("pilotage/indicateurs/<slug:code>/export/", views.order_export, name="order_export"),
    path("pilotage/exports/<uuid:public_id>/", views.export, name="export"),
    path("pilotage/exports/<uuid:public_id>/fichier/", views.export_file, name="export_file"),
    path("pilotage/exports/<uuid:public_id>/reprendre/", views.write_again, name="write_again"),
]
