from django.urls import path

from certification.funding.views import (
    batch,
    bordereaux,
    credentials,
    deciding,
    exporting,
    following,
    mail,
    officer,
    paying,
    people,
    pieces,
    preparing,
    rules,
    sharing,
)

app_name = "funding"
FILE = "financement/dossiers/<uuid:demande>/"
HOMES = {
    "employer": "structure/<uuid:structure>/prises-en-charge/",
    "training": "formation/sessions/<uuid:session>/prises-en-charge/",
}


def kept_by(side, home):
    """The same pages on both sides."""
    one = f"{home}<uuid:demande>/"
    return [
        path(home, preparing.demandes, name=f"{side}_list"),
        path(f"{home}nouvelle/", preparing.new, name=f"{side}_new"),
        path(one, following.demande, name=f"{side}_demande"),
        path(f"{one}personnes/", preparing.people, name=f"{side}_people"),
        path(f"{one}action/", preparing.action, name=f"{side}_action"),
        path(f"{one}pieces/", preparing.pieces, name=f"{side}_pieces"),
        path(f"{one}pieces/<int:piece>/retirer/", preparing.withdraw_piece, name=f"{side}_withdraw_piece"),
        path(f"{one}deposer/", preparing.file, name=f"{side}_file"),
        path(f"{one}annuler/", following.cancel, name=f"{side}_cancel"),
        path(f"{one}repondre/", following.answer, name=f"{side}_answer"),
    ]


urlpatterns = [
    path("financement/", officer.home, name="home"),
    path("financement/export/", exporting.export, name="export"),
    path("financement/exports/<uuid:public_id>/", exporting.prepared, name="prepared"),
    path("financement/exports/<uuid:public_id>/fichier/", exporting.prepared_file, name="prepared_file"),
    path("financement/exports/<uuid:public_id>/reprendre/", exporting.write_again, name="write_again"),
    path("financement/fichier/", people.people, name="people_file"),
    path("financement/fichier/<uuid:public_id>/", people.made_file, name="people_made"),
    path("financement/fichier/<uuid:public_id>/reprendre/", people.make_again, name="people_again"),
    path("financement/ensemble/", batch.preview, name="preview"),
    path("financement/ensemble/decider/", batch.confirm, name="confirm"),
    path("financement/ensemble/decisions/", batch.batches, name="batches"),
    path("financement/ensemble/decisions/<int:batch>/reprendre/", batch.resume, name="resume_batch"),
    path("financement/regles/", rules.rules, name="rules"),
    path("financement/regles/<uuid:opco>/confirmer/", rules.confirm_rule, name="confirm_rule"),
    path("financement/bordereaux/", bordereaux.bordereaux, name="bordereaux"),
    path("financement/bordereaux/nouveau/", bordereaux.new_bordereau, name="new_bordereau"),
    path("financement/bordereaux/<slug:number>/", bordereaux.bordereau, name="bordereau"),
    path("financement/bordereaux/<slug:number>/fichier/", bordereaux.bordereau_file, name="bordereau_file"),
    path("financement/bordereaux/<slug:number>/annuler/", bordereaux.cancel_bordereau, name="cancel_bordereau"),
    path("financement/equipe/", sharing.team, name="team"),
    path("financement/equipe/<int:membership>/branches/", sharing.branches, name="branches"),
    path("financement/confier/", sharing.share, name="share"),
    path("financement/confier/confirmer/", sharing.assign, name="assign"),
    path("financement/vues/", sharing.save_view, name="save_view"),
    path("financement/vues/<int:view>/supprimer/", sharing.delete_view, name="delete_view"),
    path("financement/recapitulatif/<slug:wanted>/", sharing.digest, name="digest"),
    path("financement/recapitulatif/arret/<str:token>/", mail.stop_digest, name="stop_digest"),
    path(FILE, officer.file, name="file"),
    path(f"{FILE}prendre/", sharing.take, name="take"),
    path(f"{FILE}paiements/<int:payment>/corriger/", paying.correct, name="correct_payment"),
    path(f"{FILE}anomalies/<int:decision>/", paying.anomaly, name="anomaly"),
    path(f"{FILE}admettre/", deciding.admit, name="admit"),
    path(f"{FILE}retirer/", deciding.withdraw, name="withdraw"),
    path(f"{FILE}documents/<str:number>/", pieces.paper, name="paper"),
    path(f"{FILE}facture/", pieces.invoice, name="invoice"),
    path(f"{FILE}<slug:slug>/", deciding.decide, name="decide"),
    path("prises-en-charge/<uuid:demande>/pieces/<int:piece>/", pieces.piece, name="piece"),
    path("prises-en-charge/<uuid:demande>/accord/", pieces.agreement, name="agreement"),
    path("formation/justificatifs/", credentials.credentials, name="credentials"),
    path("formation/justificatifs/<uuid:organisation>/ajouter/", credentials.add_credential, name="add_credential"),
    path(
        "formation/justificatifs/<int:credential>/retirer/", credentials.withdraw_credential, name="withdraw_credential"
    ),
    path("formation/justificatifs/<int:credential>/piece/", credentials.credential_piece, name="credential_piece"),
    *(one for side, home in HOMES.items() for one in kept_by(side, home)),
    path(f"{HOMES['training']}<uuid:demande>/service/", following.service, name="training_service"),
    path(f"{HOMES['training']}<uuid:demande>/expliquer/<int:beneficiary>/", following.explain, name="training_explain"),
]
