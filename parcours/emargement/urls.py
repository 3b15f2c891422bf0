from django.urls import path

from parcours.emargement.views import entering, mine, offline, paper, people, register, screen, sheets

app_name = "emargement"
SHEET = "formation/emargement/<uuid:public_id>/"
LINE = f"{SHEET}personnes/<uuid:line_id>/"

urlpatterns = [
    path("emarger/", entering.enter, name="enter"),
    path("emarger/confirmer/", entering.confirm, name="confirm"),
    path("emarger/suivante/", entering.leave, name="leave"),
    path("emarger/ecran/<str:token>/", screen.scan_screen, name="scan_screen"),
    path("espace/emargement/", mine.mine, name="mine"),
    path("espace/emargement/<uuid:line_id>/signer/", mine.sign, name="sign"),
    path("formation/sessions/<uuid:public_id>/emargement/", register.register, name="register"),
    path("formation/sessions/<uuid:public_id>/emargement/preparer/", register.prepare, name="prepare"),
    path("formation/emargement/feuilles/<uuid:public_id>/", paper.scan, name="scan"),
    path(SHEET, sheets.sheet, name="sheet"),
    path(f"{SHEET}ouvrir/", sheets.open_sheet, name="open"),
    path(f"{SHEET}fermer/", sheets.close_sheet, name="close"),
    path(f"{SHEET}horaires/", sheets.set_window, name="set_window"),
    path(f"{SHEET}facon/", sheets.choose_way, name="choose_way"),
    path(f"{SHEET}absences/", sheets.mark_the_rest, name="mark_the_rest"),
    path(f"{SHEET}verrouiller/", sheets.lock, name="lock"),
    path(f"{SHEET}codes/", people.codes, name="codes"),
    path(f"{SHEET}tablette/", people.tablet, name="tablet"),
    path(f"{SHEET}papier/", paper.paper, name="paper"),
    path(f"{SHEET}imprimer/", paper.blank, name="blank"),
    path(f"{SHEET}ecran/", screen.screen, name="screen"),
    path(f"{SHEET}hors-ligne/", offline.offline, name="offline"),
    path(f"{SHEET}hors-ligne/envoi/", offline.receive, name="receive"),
    path(LINE, people.person, name="person"),
    path(f"{LINE}code/", people.draw_code, name="draw_code"),
    path(f"{LINE}signer/", people.tablet_sign, name="tablet_sign"),
]
