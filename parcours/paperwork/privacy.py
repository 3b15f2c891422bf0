from lms.kernel.privacy import Personal
from parcours.paperwork.models import Delivery, PaperSignature, SessionPaper


def _papers_of(person):
    rows = SessionPaper.objects.filter(registration__person=person).select_related("paper", "session__edition")
    return [
        {
            "document": row.paper.number,
            "session": row.session.title,
            "préparé le": row.created_at,
            "motif de la correction": row.reason,
        }
        for row in rows.order_by("pk")
    ]


def _signatures_by(person):
    rows = PaperSignature.objects.filter(person=person).select_related("session_paper__paper").order_by("pk")
    return [
        {
            "document": row.session_paper.paper.number,
            "signé le": row.at,
            "nom": row.name,
            "qualité": row.role,
            "déclaration": row.statement,
            "façon": row.get_way_display(),
        }
        for row in rows
    ]


def _deliveries_to(person):
    rows = Delivery.objects.held_by(person).order_by("pk")
    return [
        {
            "texte": str(row.text),
            "remis le": row.delivered_at,
            "ouvert le": row.opened_at,
            "reconnu le": row.acknowledged_at,
        }
        for row in rows
    ]


PROOF = "Obligation légale : preuve de la formation devant qui la finance et la contrôle (Code du travail)."
SIX_YEARS = "Six ans après la fin de la formation, dix si des fonds européens y participent."
KEPT_WHOLE = "Une pièce ne se réécrit pas : elle reste entière jusqu’à ce terme, puis elle est supprimée."
NAMELESS = "Il reste un compte rendu anonyme."
PERSONAL = [
    Personal(
        model="paperwork.SessionPaper",
        fields=("registration", "employer", "asked_by", "reason"),
        why="Savoir quels documents d’une session ont été délivrés, à qui, et ce qu’ils remplacent.",
        basis=PROOF,
        keep=SIX_YEARS,
        erase=KEPT_WHOLE,
        export=_papers_of,
    ),
    Personal(
        model="paperwork.PaperSignature",
        fields=("person", "name", "role", "statement", "factor", "file", "at"),
        why="Prouver qui a accepté un devis, signé une convention ou un relevé, quand et comment.",
        basis=PROOF,
        keep=SIX_YEARS,
        erase=KEPT_WHOLE,
        export=_signatures_by,
    ),
    Personal(
        model="paperwork.Delivery",
        fields=("registration", "delivered_at", "opened_at", "acknowledged_at"),
        why="Prouver que le livret d’accueil et le règlement intérieur ont été remis.",
        basis=PROOF,
        keep=SIX_YEARS,
        erase=NAMELESS,
        export=_deliveries_to,
    ),
    Personal(
        model="paperwork.Quote",
        fields=("created_by", "decline_reason"),
        why="Savoir qui a préparé un devis et pourquoi il a été refusé.",
        basis=PROOF,
        keep=SIX_YEARS,
        erase=NAMELESS,
    ),
    Personal(
        model="paperwork.Convention",
        fields=("created_by", "terms"),
        why="Savoir qui a préparé une convention, et ce qu’elle prévoit de particulier.",
        basis=PROOF,
        keep=SIX_YEARS,
        erase=NAMELESS,
    ),
    Personal(
        model="paperwork.HouseText",
        fields=("published_by", "body"),
        why="Remettre à chaque stagiaire le même texte, qui nomme parfois quelqu’un à joindre ; savoir qui l’a publié.",
        basis=PROOF,
        keep="Aussi longtemps que le texte.",
        erase=NAMELESS,
    ),
    Personal(
        model="paperwork.Batch",
        fields=("asked_by",),
        why="Savoir qui a fait délivrer les documents d’une session.",
        basis=PROOF,
        keep=SIX_YEARS,
        erase=NAMELESS,
    ),
    Personal(
        model="paperwork.Part",
        fields=("payer_name", "payer_siret", "agreement"),
        why="Facturer chaque payeur, dont parfois la personne elle-même.",
        basis="Obligation légale : comptabilité.",
        keep="Dix ans, comme les pièces comptables.",
        erase=KEPT_WHOLE,
    ),
    Personal(
        model="paperwork.Invoice",
        fields=("payer_name", "file", "recorded_by"),
        why="Rapprocher les factures faites ailleurs de ce qu’elles facturent.",
        basis="Obligation légale : comptabilité.",
        keep="Dix ans, comme les pièces comptables.",
        erase=KEPT_WHOLE,
    ),
]

ACTS = {
    "paperwork.accept_quote": "Un devis est accepté.",
    "paperwork.acknowledge_text": "La lecture d’un document est attestée.",
    "paperwork.amend_convention": "Un projet de convention est modifié.",
    "paperwork.cancel_convention": "Une convention est abandonnée.",
    "paperwork.decline_quote": "Un devis est refusé.",
    "paperwork.deliver_text": "Un document est remis.",
    "paperwork.draft_convention": "Un projet de convention est préparé.",
    "paperwork.export_billing": "La facturation d’une session est exportée.",
    "paperwork.forget_money": "Les pièces financières d’une session sont effacées, à leur terme.",
    "paperwork.forget_proofs": "Les preuves d’une session sont effacées, à leur terme.",
    "paperwork.issue_paper": "Un document est délivré.",
    "paperwork.open_text": "Un document remis est ouvert.",
    "paperwork.order_batch": "Un lot de documents est demandé.",
    "paperwork.publish_text": "Un texte de l’organisme est publié.",
    "paperwork.record_invoice": "Une facture est enregistrée.",
    "paperwork.replace_convention": "Une convention est remplacée.",
    "paperwork.replace_quote": "Un devis est remplacé.",
    "paperwork.send_convention": "Une convention est signée et envoyée.",
    "paperwork.set_parts": "Les parts des payeurs sont fixées.",
    "paperwork.sign": "Un document est signé.",
    "paperwork.sign_convention": "Une convention est signée.",
    "paperwork.state_mentions": "Les mentions de l’organisme sont modifiées.",
}
