from django.urls import path

from lms.demo import views

app_name = "demo"
urlpatterns = [
    path("_demonstration/connexion/", views.sign_in, name="sign_in"),
    path("_courriels/", views.mails, name="mails"),
]
