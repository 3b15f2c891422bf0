from lms.kernel.privacy import Personal
from parcours.colleagues.models import Invitation, ListLine

MISSION = "Mission d’intérêt public : formation des aidants, à la demande de leur employeur."


def _lines_about(person):
    lines = ListLine.objects.filter(person=person).select_related("enrolment_list__organisation", "enrolment_list")
    return [
        {
            "structure": str(line.enrolment_list.organisation),
            "prénom": line.first_name,
            "nom": line.last_name,
            "adresse": line.email,
            "suite": line.get_outcome_display(),
            "liste confirmée le": line.enrolment_list.confirmed_at,
        }
        for line in lines.order_by("pk")
    ]


def _invitations_of(person):
    return [
        {
            "structure": str(one.organisation),
            "parcours": one.parcours.title,
            "état": one.get_state_display(),
            "envoyée le": one.sent_at,
            "réponse le": one.answered_at,
        }
        for one in Invitation.objects.filter(person=person).for_answer().order_by("pk")
    ]


PERSONAL = [
    Personal(
        model="colleagues.EnrolmentList",
        fields=("created_by", "confirmed_by", "source"),
        why="Savoir quel référent a inscrit des collègues, et quand.",
        basis=MISSION,
        keep="Aussi longtemps que les inscriptions qu’elle explique ; un brouillon, 30 jours.",
        erase="Le lien reste vers un compte rendu anonyme.",
    ),
    Personal(
        model="colleagues.ListLine",
        fields=("person", "first_name", "last_name", "email", "extra", "note"),
        why="Inscrire des collègues à partir d’une liste, la corriger, et montrer ce qu’est devenue chaque ligne.",
        basis=MISSION,
        keep="Brouillon : 30 jours sans modification. Liste confirmée : un an, puis il n’en reste que des nombres.",
        erase="Le nom et l’adresse de la ligne sont effacés avec le compte.",
        export=_lines_about,
    ),
    Personal(
        model="colleagues.Invitation",
        fields=("person", "by", "organisation", "state", "answered_at"),
        why="Demander à une personne qui a déjà un compte si elle travaille pour la structure qui veut l’inscrire.",
        basis=MISSION,
        keep="Tant que le compte existe ; sans réponse, l’invitation expire au bout de 30 jours.",
        erase="L’invitation est supprimée avec le compte.",
        export=_invitations_of,
    ),
    Personal(
        model="colleagues.RegisterExport",
        fields=("by", "filters", "content"),
        why="Remettre au référent le suivi de sa structure, quand il est trop long pour être écrit aussitôt.",
        basis=MISSION,
        keep="Sept jours, avec ce qui était tapé dans la recherche.",
        erase="Suppression chaque nuit, après 7 jours.",
    ),
]

ACTS = {
    "colleagues.accept_invitation": "L’invitation d’une structure est acceptée.",
    "colleagues.confirm_list": "Une liste d’inscription est confirmée.",
    "colleagues.create_person": "Une personne est créée par sa structure.",
    "colleagues.decline_invitation": "L’invitation d’une structure est refusée.",
    "colleagues.draft_list": "Une liste d’inscription est commencée.",
    "colleagues.expire_invitation": "L’invitation d’une structure est arrivée à son terme.",
    "colleagues.expire_list": "Un brouillon de liste est supprimé, à son terme.",
    "colleagues.export_register": "Le suivi d’une structure est exporté.",
    "colleagues.finish_list": "Une liste d’inscription est terminée.",
    "colleagues.invite": "Une personne est invitée par une structure.",
    "colleagues.remind": "Un rappel est envoyé.",
    "colleagues.start_list": "Les inscriptions d’une liste commencent.",
}
