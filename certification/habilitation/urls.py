from django.urls import path

from certification.habilitation.views import (
    campagnes,
    doubts,
    files,
    handing,
    merging,
    mine,
    person,
    presences,
    queue,
    refusals,
    structure,
)

app_name = "habilitation"


def files_in(space):
    """The same pages in the space of who deposits."""
    pages = (
        ("", files.files, "files"),
        ("deposer/", files.deposit, "deposit"),
        ("<uuid:public_id>/", files.file, "file"),
        ("<uuid:public_id>/enregistrer/", files.confirm, "confirm"),
        ("<uuid:public_id>/reprendre/", files.take_up_again, "take_up"),
        ("<uuid:public_id>/abandonner/", files.abandon, "abandon"),
        ("<uuid:public_id>/colonne/", files.choose_column, "column"),
    )
    return [
        path(f"{space}/fichiers/{tail}", view, {"space": space}, name=f"{space}_{name}") for tail, view, name in pages
    ]


def handed_in(space):
    return [
        path(f"{space}/remises/", handing.exports, {"space": space}, name=f"{space}_exports"),
        path(f"{space}/remises/<uuid:public_id>/fichier/", handing.made_file, {"space": space}, name=f"{space}_made"),
        path(
            f"{space}/remises/<uuid:public_id>/reprendre/", handing.make_again, {"space": space}, name=f"{space}_again"
        ),
        path(f"{space}/remises/<slug:kind>/", handing.export, {"space": space}, name=f"{space}_export"),
    ]


urlpatterns = [
    path("espace/habilitation/", mine.mine, name="mine"),
    path("espace/habilitation/test-pix/", mine.declare_pix, name="declare_pix"),
    path("habilitations/justificatifs/<uuid:public_id>/", mine.proof, name="proof"),
    path("habilitations/declarations/<uuid:public_id>/retrait/", mine.take_back, name="take_back"),
    path("habilitations/faits/<uuid:public_id>/retrait/", person.withdraw, name="withdraw"),
    path("habilitations/<uuid:public_id>/", person.person, name="person"),
    path("habilitations/<uuid:public_id>/test-pix/", person.declare_for, name="declare_for"),
    path("habilitations/<uuid:public_id>/sortie/", person.leave, name="leave"),
    path("habilitations/<uuid:public_id>/reprise/", person.come_back, name="come_back"),
    path("habilitations/<uuid:public_id>/statut/", person.transcribe, name="transcribe"),
    path("structure/<uuid:public_id>/habilitations/", structure.structure, name="structure"),
    path("structure/<uuid:public_id>/habilitations/export/", structure.structure_export, name="structure_export"),
    path("formation/presences/", presences.presences, name="presences"),
    path("pilotage/habilitations/", queue.queue, name="queue"),
    path("pilotage/habilitations/plusieurs/", queue.decide_many, name="decide_many"),
    path("pilotage/habilitations/<uuid:public_id>/", queue.declaration, name="declaration"),
    path("pilotage/rapprochements/", doubts.doubts, name="doubts"),
    path("pilotage/rapprochements/<int:pk>/", doubts.doubt, name="doubt"),
    path("pilotage/fichiers/personnes-effacees/", refusals.refusals, name="refusals"),
    path("pilotage/doublons/", merging.duplicates, name="duplicates"),
    path("pilotage/doublons/fusion/<slug:kind>/", merging.merge, name="merge"),
    path("pilotage/doublons/fusions/<uuid:public_id>/defaire/", merging.undo_merge, name="undo_merge"),
    path("habilitations/<uuid:public_id>/mutation/", merging.move, name="move"),
    *files_in("pilotage"),
    *files_in("formation"),
    *handed_in("pilotage"),
    *handed_in("formation"),
    path("pilotage/campagnes/", campagnes.campagnes, name="campagnes"),
    path("pilotage/campagnes/<slug:code>/", campagnes.campagne, name="campagne"),
    path("pilotage/campagnes/<slug:code>/modifier/", campagnes.change_campagne, name="change_campagne"),
    path("pilotage/campagnes/<slug:code>/objectifs/<slug:grain>/", campagnes.set_objectives, name="set_objectives"),
    path("pilotage/campagnes/<slug:code>/cloture/", campagnes.close_campagne, name="close_campagne"),
    path("pilotage/campagnes/<slug:code>/vagues/<int:number>/", campagnes.change_wave, name="change_wave"),
]
