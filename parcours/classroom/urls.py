from django.urls import path

from parcours.classroom.views import session, sessions

app_name = "classroom"

urlpatterns = [
    path("formation/sessions/", sessions.sessions, name="sessions"),
    path("formation/sessions/<uuid:public_id>/", session.session, name="session"),
]
