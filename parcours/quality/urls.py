from django.urls import path

from parcours.quality.views import audits, complaints, entries, home, packs, surveys

app_name = "quality"

urlpatterns = [
    path("reclamations/", complaints.complain, name="complain"),
    path("reclamations/recue/", complaints.received, name="received"),
    path("reclamations/suivi/<str:token>/", complaints.followed, name="followed"),
    path("avis/<str:token>/", surveys.appreciate, name="appreciate"),
    path("formation/qualite/", home.home, name="home"),
    path("formation/qualite/indicateurs/", home.indicators, name="indicators"),
    path("formation/qualite/indicateurs/<slug:code>/", home.indicators, name="version"),
    path("formation/qualite/appreciations/", surveys.appreciations, name="appreciations"),
    path("formation/qualite/reclamations/", complaints.complaints, name="complaints"),
    path("formation/qualite/reclamations/exporter/", complaints.export_complaints, name="export_complaints"),
    path("formation/qualite/reclamations/<uuid:public_id>/", complaints.complaint, name="complaint"),
    path("formation/qualite/reclamations/<uuid:public_id>/clore/", complaints.close_complaint, name="close_complaint"),
    path("formation/qualite/registres/<slug:slug>/", entries.register, name="register"),
    path("formation/qualite/registres/<slug:slug>/exporter/", entries.export, name="export"),
    path("formation/qualite/registres/<slug:slug>/ajouter/", entries.add, name="add"),
    path("formation/qualite/registres/<slug:slug>/<uuid:public_id>/", entries.entry, name="entry"),
    path("formation/qualite/registres/<slug:slug>/<uuid:public_id>/corriger/", entries.correct, name="correct"),
    path("formation/qualite/registres/<slug:slug>/<uuid:public_id>/retirer/", entries.withdraw, name="withdraw"),
    path("formation/qualite/registres/<slug:slug>/<uuid:public_id>/fichier/", entries.piece, name="piece"),
    path("formation/qualite/ameliorations/<uuid:public_id>/abandonner/", entries.drop, name="drop"),
    path("formation/qualite/ameliorations/<uuid:public_id>/<slug:move>/", entries.advance, name="advance"),
    path("formation/qualite/audits/", audits.audits, name="audits"),
    path("formation/qualite/audits/<uuid:public_id>/", audits.audit_access, name="audit_access"),
    path("formation/qualite/audits/<uuid:public_id>/retirer/", audits.revoke_audit, name="revoke_audit"),
    path("audit/<str:token>/", audits.audit, name="audit"),
    path("audit/<str:token>/<uuid:public_id>/", audits.audit_session, name="audit_session"),
    path("audit/<str:token>/<uuid:public_id>/dossier.zip", audits.audit_pack, name="audit_pack"),
    path("audit/<str:token>/<uuid:public_id>/pieces/<path:path>", audits.audit_piece, name="audit_piece"),
    path("formation/sessions/<uuid:public_id>/preuves/", packs.packs, name="packs"),
    path("formation/sessions/<uuid:public_id>/preuves/constituer/", packs.order_pack, name="order_pack"),
    path("formation/sessions/<uuid:public_id>/preuves/<uuid:pack_id>.zip", packs.pack_file, name="pack_file"),
    path("formation/sessions/<uuid:public_id>/qualite/", surveys.session_quality, name="session"),
]
