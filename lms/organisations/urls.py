from django.urls import path

from lms.organisations import views

app_name = "organisations"
urlpatterns = [
    path("espace/employeurs/", views.employers, name="employers"),
    path("espace/employeurs/declarer/", views.declare_employer, name="declare_employer"),
    path("appartenances/<int:pk>/depart/", views.end_membership, name="end_membership"),
    path("structure/", views.structures, name="structures"),
    path("structure/<uuid:public_id>/", views.members, name="members"),
    path("pilotage/structures/", views.organisations, name="organisations"),
]
