from lms.kernel.privacy import Personal
from parcours.quality.models import (
    Abandonment,
    AuditAccess,
    Complaint,
    DisabilityReferent,
    Improvement,
    SurveyRequest,
    TrainerDocument,
)


def _abandonments_of(person):
    rows = Abandonment.objects.filter(person=person).select_related("parcours").order_by("pk")
    return [{"parcours": one.parcours.title, "le": one.on, "motif": one.get_reason_display()} for one in rows]


def _documents_of(person):
    rows = TrainerDocument.objects.filter(trainer=person).order_by("pk")
    return [
        {"pièce": one.title, "nature": one.get_kind_display(), "du": one.on, "fichier": one.file_name} for one in rows
    ]


def _mandates_of(person):
    rows = DisabilityReferent.objects.filter(person=person).select_related("organisation").order_by("pk")
    return [{"organisme": str(one.organisation), "depuis": one.on, "formation": one.training} for one in rows]


def _improvements_of(person):
    rows = Improvement.objects.filter(owner=person).order_by("pk")
    return [{"action": one.what, "échéance": one.due_on, "état": one.get_state_display()} for one in rows]


def _complaints_of(person):
    found = Complaint.objects.filter(person=person).prefetch_related("messages").order_by("pk")
    return [
        {
            "numéro": one.number,
            "objet": one.subject,
            "reçue le": one.received_at,
            "état": one.get_state_display(),
            "messages": [{"le": each.at, "texte": each.text} for each in one.messages.all()],
        }
        for one in found
    ]


def _requests_of(person):
    rows = SurveyRequest.objects.filter(person=person).select_related("questionnaire").order_by("pk")
    return [
        {"questionnaire": one.questionnaire.title, "demandée": one.asked_at, "répondue": one.answered_at}
        for one in rows
    ]


def _accesses_by(person):
    rows = AuditAccess.objects.filter(given_by=person).order_by("pk")
    return [{"auditeur": one.name, "donné le": one.given_at, "jusqu’au": one.until} for one in rows]


QUALITY = "Obligation légale : référentiel national qualité des actions de formation (Code du travail, art. L6316-1)."
PROOF = "Six ans après la fin de la formation, dix avec des fonds européens, puis supprimé chaque nuit."
RECORDER = "L’auteur devient un compte rendu anonyme ; la ligne reste."

PERSONAL = [
    Personal(
        model="quality.Abandonment",
        fields=("person", "recorded_by", "reason", "tried"),
        why="Comprendre les abandons et les publier en nombre, sans nom.",
        basis=QUALITY,
        keep=PROOF,
        erase="Le nom devient un compte rendu anonyme ; le motif reste, pour les chiffres.",
        export=_abandonments_of,
    ),
    Personal(
        model="quality.TrainerDocument",
        fields=("trainer", "recorded_by", "title", "file", "file_name"),
        why="Prouver les compétences de ceux qui forment et leur mise à jour. Lu par le responsable de formation.",
        basis=QUALITY,
        keep="Tant que la personne forme dans l’organisme, puis six ans.",
        erase="Suppression du fichier et de la ligne, une fois ce terme passé.",
        export=_documents_of,
    ),
    Personal(
        model="quality.DisabilityReferent",
        fields=("person", "recorded_by", "training"),
        why="Dire qui est le référent handicap, depuis quand, et comment il s’est formé.",
        basis=QUALITY,
        keep=PROOF,
        erase=RECORDER,
        export=_mandates_of,
    ),
    Personal(
        model="quality.Subcontract",
        fields=("recorded_by", "name", "file_name"),
        why="Prouver les contrats de sous-traitance et leur suivi.",
        basis=QUALITY,
        keep="Six ans après la fin du contrat.",
        erase=RECORDER,
    ),
    Personal(
        model="quality.Hazard",
        fields=("recorded_by",),
        why="Garder ce qui est arrivé et ce qui a été fait.",
        basis=QUALITY,
        keep=PROOF,
        erase=RECORDER,
    ),
    Personal(
        model="quality.Improvement",
        fields=("owner", "recorded_by"),
        why="Suivre les actions d’amélioration jusqu’à leur effet.",
        basis=QUALITY,
        keep=PROOF,
        erase=RECORDER,
        export=_improvements_of,
    ),
    Personal(
        model="quality.Watch",
        fields=("recorded_by",),
        why="Prouver la veille de l’organisme et l’usage qui en est fait.",
        basis=QUALITY,
        keep=PROOF,
        erase=RECORDER,
    ),
    Personal(
        model="quality.Complaint",
        fields=("person", "name", "email", "capacity", "subject"),
        why="Répondre à une réclamation et en garder la trace datée. Lue par le responsable de formation de "
        "l’organisme choisi, ou par l’équipe nationale.",
        basis=QUALITY,
        keep="Le nom, l’adresse et les textes trois ans après la clôture ; le numéro et les dates, six ans.",
        erase="Le nom, l’adresse et les textes sont effacés ; le numéro, les dates et le délai restent.",
        export=_complaints_of,
    ),
    Personal(
        model="quality.ComplaintMessage",
        fields=("by", "text"),
        why="Garder l’échange d’une réclamation.",
        basis=QUALITY,
        keep="Comme la réclamation.",
        erase="Comme la réclamation.",
    ),
    Personal(
        model="quality.SurveyRequest",
        fields=("person", "name", "email", "answered_at"),
        why="Demander une appréciation une fois, la rappeler une fois, et compter qui a répondu.",
        basis=QUALITY,
        keep="L’adresse jusqu’à la fin de la demande ; le compte des demandes et des réponses, six ans.",
        erase="L’adresse est supprimée ; le lien reste vers un compte rendu anonyme.",
        export=_requests_of,
    ),
    Personal(
        model="quality.Appreciation",
        fields=("answers",),
        why="Connaître les appréciations des quatre publics. Aucune réponse n’est reliée à la personne qui l’a donnée.",
        basis=QUALITY,
        keep=PROOF,
        erase="Rien n’y désigne quelqu’un : la réponse reste.",
    ),
    Personal(
        model="quality.Pack",
        fields=("asked_by", "file"),
        why="Remettre à un auditeur ou à un financeur les preuves d’une session.",
        basis=QUALITY,
        keep="Le fichier trente jours : il se refait. Qui l’a demandé et quand, six ans.",
        erase=RECORDER,
    ),
    Personal(
        model="quality.AuditAccess",
        fields=("given_by", "name", "email"),
        why="Ouvrir à un auditeur nommé les preuves d’une session, et savoir ce qu’il a lu.",
        basis=QUALITY,
        keep="Six ans après la fin de l’accès.",
        erase=RECORDER,
        export=_accesses_by,
    ),
]

ACTS = {
    "quality.answer_complaint": "Une réclamation reçoit sa réponse.",
    "quality.appreciate": "Une appréciation est donnée.",
    "quality.audit_view": "Une page est ouverte dans un accès d’audit.",
    "quality.close_complaint": "Une réclamation est close.",
    "quality.complain": "Une réclamation est déposée.",
    "quality.complain_again": "Une réclamation est précisée.",
    "quality.correct_abandonment": "Un abandon noté est corrigé.",
    "quality.correct_disabilityreferent": "Une ligne des référents handicap est corrigée.",
    "quality.correct_hazard": "Un aléa noté est corrigé.",
    "quality.correct_improvement": "Une action d’amélioration est corrigée.",
    "quality.correct_subcontract": "Une sous-traitance notée est corrigée.",
    "quality.correct_trainerdocument": "Un document de formateur est corrigé.",
    "quality.correct_watch": "Une ligne de la veille est corrigée.",
    "quality.do_improvement": "Une action d’amélioration est faite.",
    "quality.download_pack": "Un dossier de preuves est enregistré.",
    "quality.draw_sessions": "Les sessions d’un audit sont tirées au sort.",
    "quality.drop_improvement": "Une action d’amélioration est abandonnée.",
    "quality.export_register": "Un registre de la qualité est exporté.",
    "quality.finish_pack": "Un dossier de preuves est prêt.",
    "quality.forget_outlived": "Des lignes de la qualité sont effacées, à leur terme.",
    "quality.give_audit": "Un accès d’audit est donné.",
    "quality.load_questionnaire": "Un questionnaire est chargé.",
    "quality.load_referential": "Un référentiel est chargé.",
    "quality.measure_improvement": "L’effet d’une action d’amélioration est noté.",
    "quality.order_pack": "Un dossier de preuves est demandé.",
    "quality.record_abandonment": "Un abandon est noté.",
    "quality.record_disabilityreferent": "Un référent handicap est noté.",
    "quality.record_hazard": "Un aléa est noté.",
    "quality.record_improvement": "Une action d’amélioration est notée.",
    "quality.record_subcontract": "Une sous-traitance est notée.",
    "quality.record_trainerdocument": "Un document de formateur est déposé.",
    "quality.record_watch": "Une ligne de veille est notée.",
    "quality.revoke_audit": "Un accès d’audit est retiré.",
    "quality.withdraw_abandonment": "Un abandon noté est retiré.",
    "quality.withdraw_disabilityreferent": "Une ligne des référents handicap est retirée.",
    "quality.withdraw_hazard": "Un aléa noté est retiré.",
    "quality.withdraw_improvement": "Une action d’amélioration est retirée.",
    "quality.withdraw_subcontract": "Une sous-traitance notée est retirée.",
    "quality.withdraw_trainerdocument": "Un document de formateur est retiré.",
    "quality.withdraw_watch": "Une ligne de la veille est retirée.",
}
