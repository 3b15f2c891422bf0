from django.urls import path

from parcours.classroom.views import (
    finding,
    links,
    mine,
    registering,
    session,
    sessions,
    signalling,
    structure,
    trainees,
)

app_name = "classroom"

STRUCTURE = "structure/<uuid:structure>/sessions/"

urlpatterns = [
    path("formation/sessions/", sessions.sessions, name="sessions"),
    path("formation/sessions/<uuid:public_id>/", session.session, name="session"),
    path("formation/sessions/<uuid:public_id>/stagiaires/", trainees.trainees, name="trainees"),
    path("formation/sessions/<uuid:public_id>/stagiaires/message/", trainees.write_to_all, name="write_to_all"),
    path("formation/sessions/<uuid:public_id>/stagiaires/ouverture/", trainees.override, name="override"),
    path("sessions/", finding.find_session, name="find"),
    path("sessions/signaler/", signalling.signal_need, name="signal_need"),
    path("sessions/<uuid:public_id>/", finding.found, name="found"),
    path("sessions/<uuid:public_id>/session.ics", finding.found_calendar, name="found_calendar"),
    path("sessions/<uuid:public_id>/inscription/", registering.door, name="door"),
    path("sessions/<uuid:public_id>/inscription/moi/", registering.register_oneself, name="register_oneself"),
    path("sessions/place/<str:token>/", links.offer, name="offer"),
    path("sessions/rejoindre/<str:token>/", links.join, name="join"),
    path("sessions/besoins/<str:token>/", links.needs, name="needs"),
    path("sessions/arret/<str:token>/", signalling.stop_need, name="stop_need"),
    path("espace/sessions/", mine.my_sessions, name="my_sessions"),
    path("espace/sessions/besoins/<uuid:public_id>/", mine.my_needs, name="my_needs"),
    path("espace/sessions/<uuid:public_id>/", mine.my_session, name="my_session"),
    path("espace/sessions/<uuid:public_id>/convocation.ics", mine.my_session_calendar, name="my_session_calendar"),
    path("espace/sessions/<uuid:public_id>/place/", mine.my_offer, name="my_offer"),
    path("espace/sessions/<uuid:public_id>/desistement/", mine.leave, name="leave"),
    path("espace/sessions/<uuid:public_id>/remplacement/", mine.replace, name="replace"),
    path("espace/sessions/<uuid:public_id>/deplacement/", trainees.move, name="move"),
    path(f"{STRUCTURE}", structure.structure_sessions, name="structure_sessions"),
    path(f"{STRUCTURE}<uuid:public_id>/financement/", registering.road, name="road"),
    path(f"{STRUCTURE}<uuid:public_id>/personnes/", registering.people, name="people"),
    path(f"{STRUCTURE}<uuid:public_id>/financeur/", structure.ask_payer, name="ask_payer"),
]
