from certification.funding.models import Beneficiary, Decision
from lms.kernel.privacy import Personal


def _demandes_of(person):
    rows = Beneficiary.objects.filter(registration__person=person, demande__filed_at__isnull=False)
    rows = rows.select_related("demande__opco", "demande__employer", "demande__session__edition").order_by("pk")
    return [
        {
            "demande": row.demande.number,
            "OPCO": str(row.demande.opco),
            "employeur": str(row.demande.employer),
            "session": row.demande.session.title,
            "état": row.demande.get_announced_state_display(),
            "minutes accordées": row.granted_minutes if row.demande.agreement_is_announced else None,
            "minutes facturées": row.billed_minutes,
            "écart expliqué": row.explanation_note,
        }
        for row in rows
    ]


def _decisions_by(person):
    rows = Decision.objects.filter(by=person).select_related("demande").order_by("pk")
    return [
        {"demande": row.demande.number, "décision": row.get_verdict_display(), "le": row.at, "phrase": row.sentence}
        for row in rows
    ]


def _views_of(person):
    return [{"vue": one.name, "filtres": one.filters} for one in person.funding_views.all()]


CONTROL = "Obligation légale : contrôle de service fait par le financeur (article R6332-26 du Code du travail)."
TEN_YEARS = "Dix ans après le dernier paiement, comme les pièces comptables ; un brouillon, tant qu’il existe."
KEPT_WHOLE = "Un dossier financé ne se réécrit pas : il reste entier jusqu’à ce terme, puis il est supprimé la nuit."
NAMELESS = "Il reste un compte rendu anonyme."
PERSONAL = [
    Personal(
        model="funding.Demande",
        fields=("created_by", "filed_by", "officer", "agreement_file", "cancel_reason", "admitted_by", "admitted_note"),
        why="Savoir qui a préparé et déposé une demande de prise en charge, et ce que l’OPCO a accordé.",
        basis=CONTROL,
        keep=TEN_YEARS,
        erase=NAMELESS,
    ),
    Personal(
        model="funding.Beneficiary",
        fields=(
            *("registration", "granted_minutes", "billed_minutes", "explanation", "explanation_note"),
            *("explained_by", "explained_at"),
        ),
        why="Comparer par personne ce qui est accordé, fait, certifié et facturé ; dire pourquoi cela diffère.",
        basis=CONTROL,
        keep=TEN_YEARS,
        erase=KEPT_WHOLE,
        export=_demandes_of,
    ),
    Personal(
        model="funding.Decision",
        fields=("by", "sentence", "withdrawn_by", "evidence", "answer", "answered_by"),
        why="Savoir qui a décidé d’un financement, ce qui a été demandé et répondu.",
        basis=CONTROL,
        keep=TEN_YEARS,
        erase=NAMELESS,
        export=_decisions_by,
    ),
    Personal(
        model="funding.Payment",
        fields=("reference", "why"),
        why="Rapprocher ce qui est payé de ce qui était dû.",
        basis="Obligation légale : comptabilité.",
        keep=TEN_YEARS,
        erase=KEPT_WHOLE,
    ),
    Personal(
        model="funding.Piece",
        fields=("name", "file", "added_by"),
        why="Garder les pièces remises à l’appui d’une demande, et qui les a remises.",
        basis=CONTROL,
        keep=TEN_YEARS,
        erase=KEPT_WHOLE,
    ),
    Personal(
        model="funding.Confirmation",
        fields=("by", "source"),
        why="Savoir qui a confirmé une règle de financement, et sur quelle source.",
        basis=CONTROL,
        keep="Aussi longtemps que la règle.",
        erase=NAMELESS,
    ),
    Personal(
        model="funding.Branches",
        fields=("membership", "set_by"),
        why="Savoir quelles branches un gestionnaire suit, depuis quand, et qui l’a décidé.",
        basis="Intérêt public\u00a0: chacun ne lit que les dossiers dont il est chargé.",
        keep="Aussi longtemps que l’appartenance à l’OPCO.",
        erase=NAMELESS,
    ),
    Personal(
        model="funding.SavedView",
        fields=("person", "name"),
        why="Retrouver une liste de dossiers sous le nom qu’on lui a donné.",
        basis="À la demande de la personne.",
        keep="Jusqu’à ce que la personne la supprime.",
        erase="Supprimées avec le compte.",
        export=_views_of,
    ),
    Personal(
        model="funding.DigestStop",
        fields=("person",),
        why="Ne plus envoyer de récapitulatif à qui n’en veut pas.",
        basis="À la demande de la personne.",
        keep="Jusqu’à ce que la personne le reprenne.",
        erase="Supprimé avec le compte.",
    ),
    Personal(
        model="funding.Credential",
        fields=("recorded_by", "file"),
        why="Savoir qui a déclaré le certificat Qualiopi ou la déclaration d’activité d’un organisme.",
        basis=CONTROL,
        keep="Aussi longtemps que l’organisme dépose des demandes.",
        erase=NAMELESS,
    ),
    Personal(
        model="funding.Batch",
        fields=("by",),
        why="Dire à qui a décidé de plusieurs dossiers ensemble lesquels ne l’ont pas été, et pourquoi.",
        basis=CONTROL,
        keep="Trente jours\u00a0; chaque décision est gardée avec son dossier.",
        erase=NAMELESS,
    ),
    Personal(
        model="funding.DemandeExport",
        fields=("by", "content"),
        why="Remettre à qui décide une liste de dossiers trop longue pour être écrite aussitôt, sans nom de personne.",
        basis=CONTROL,
        keep="Sept jours.",
        erase="Suppression chaque nuit, après 7 jours.",
    ),
    Personal(
        model="funding.Bordereau",
        fields=("made_by",),
        why="Savoir qui a préparé une liste de paiements.",
        basis="Obligation légale\u00a0: comptabilité.",
        keep=TEN_YEARS,
        erase=NAMELESS,
    ),
]

ACTS = {
    "funding.add_piece": "Une pièce est ajoutée à une demande de prise en charge.",
    "funding.admit": "Un écart d’une demande de prise en charge est admis.",
    "funding.anomaly": "Une anomalie est signalée sur une prise en charge.",
    "funding.answer_anomaly": "Une anomalie reçoit sa réponse.",
    "funding.answer_demande": "Une demande de complément reçoit sa réponse.",
    "funding.answer_service": "Une demande de complément sur le service fait reçoit sa réponse.",
    "funding.assign": "Une demande de prise en charge est confiée à quelqu’un.",
    "funding.back_to_anomaly": "Une décision est retirée, et l’anomalie reste à lever.",
    "funding.back_to_complement": "Une décision est retirée, et le complément reste attendu.",
    "funding.back_to_filed": "Une décision est retirée, et la demande reste à étudier.",
    "funding.back_to_paid": "Une décision est retirée, et la demande reste payée.",
    "funding.back_to_partly_paid": "Une décision est retirée, et la demande reste payée en partie.",
    "funding.back_to_service": "Une décision est retirée, et le service fait reste à contrôler.",
    "funding.back_to_validated": "Une décision est retirée, et la demande reste à payer.",
    "funding.cancel": "Une demande de prise en charge est annulée.",
    "funding.cancel_bordereau": "Un bordereau de paiement est annulé.",
    "funding.choose_people": "Les personnes d’une demande de prise en charge sont choisies.",
    "funding.complement": "Un complément est demandé.",
    "funding.confirm_rule": "Une règle de prise en charge est confirmée.",
    "funding.correct": "Un paiement est corrigé.",
    "funding.correct_part": "Un paiement est corrigé en partie.",
    "funding.declare_service": "Le service fait est déclaré.",
    "funding.describe": "Une demande de prise en charge est décrite.",
    "funding.explain": "Un écart est expliqué.",
    "funding.export": "Une liste de demandes de prise en charge est exportée.",
    "funding.file": "Une demande de prise en charge est déposée.",
    "funding.forget_demande": "Une demande de prise en charge est effacée, à son terme.",
    "funding.grant": "Une prise en charge est accordée.",
    "funding.make_bordereau": "Un bordereau de paiement est préparé.",
    "funding.notify": "Une décision est notifiée.",
    "funding.part": "Une prise en charge est accordée en partie.",
    "funding.pay": "Un paiement est enregistré.",
    "funding.pay_part": "Un paiement partiel est enregistré.",
    "funding.record_credential": "Une certification ou une déclaration de l’organisme est enregistrée.",
    "funding.refuse": "Une prise en charge est refusée.",
    "funding.reject": "Un paiement est rejeté.",
    "funding.resume_digest": "Le résumé des demandes de prise en charge est repris.",
    "funding.set_branches": "Les branches suivies sont choisies.",
    "funding.start": "Une demande de prise en charge est commencée.",
    "funding.stop_digest": "Le résumé des demandes de prise en charge est arrêté.",
    "funding.validate": "Le service fait est validé.",
    "funding.withdraw_credential": "Une certification ou une déclaration de l’organisme est retirée.",
    "funding.withdraw_piece": "Une pièce est retirée d’une demande de prise en charge.",
}
