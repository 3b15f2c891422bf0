from lms.kernel.privacy import Personal
from parcours.classroom.models import Deroule, HalfDay, Registration, SignalledNeed, Survey

MISSION = "Mission d’intérêt public : formation des aidants, à la demande de leur employeur."
CONTRACT = "Obligation légale de l’organisme de formation, qui doit prouver qui a suivi quoi, pour quel payeur."


def _registrations_of(person):
    found = Registration.objects.filter(person=person).for_pages().order_by("pk")
    return [
        {
            "session": one.session.edition.title,
            "début": one.session.starts_at,
            "employeur": str(one.employer),
            "état": one.get_state_display(),
            "conseiller numérique": one.is_conseiller,
            "financement": one.funding_answers,
            "inscrit le": one.registered_at,
            "parti le": one.left_at,
            "motif": one.left_reason,
        }
        for one in found
    ]


def _surveys_of(person):
    found = Survey.objects.filter(person=person).select_related("session__edition").order_by("pk")
    return [
        {
            "session": one.session.edition.title,
            "demandé le": one.sent_at,
            "répondu le": one.answered_at,
            "réponses": one.answers,
        }
        for one in found.defer("session__edition__content")
    ]


def _needs_of(person):
    return [
        {
            "parcours": need.parcours.title,
            "département": str(need.departement),
            "personnes": need.people,
            "structure": need.structure,
            "signalé le": need.created_at,
            "prévenu le": need.warned_at,
        }
        for need in SignalledNeed.objects.filter(person=person).select_related("parcours", "departement")
    ]


def _half_days_of(person):
    found = HalfDay.objects.filter(trainers=person).select_related("session__edition", "room").order_by("pk")
    return [
        {
            "session": one.session.title,
            "début": one.starts_at,
            "fin": one.ends_at,
            "lieu": str(one.room or "à distance"),
        }
        for one in found.defer("session__edition__content")
    ]


def _deroules_of(person):
    found = Deroule.objects.filter(adapted_by=person).order_by("pk")
    return [{"déroulé": one.title, "adapté le": one.adapted_at, "notes": one.notes} for one in found]


PERSONAL = [
    Personal(
        model="classroom.Registration",
        fields=("person", "registered_by", "employer", "is_conseiller", "funding_answers", "left_reason"),
        why="Garder une place dans une session, savoir qui paie, et tenir la liste d’attente dans l’ordre.",
        basis=CONTRACT,
        keep="La place, tant que le compte existe : c’est ce que la personne a suivi. Les réponses sur le financement "
        "et le motif d’un départ, dix ans après la session, puis effacés chaque nuit.",
        erase="Le lien reste vers un compte rendu anonyme ; le motif d’un départ est écrit par qui l’a enregistré.",
        export=_registrations_of,
    ),
    Personal(
        model="classroom.Survey",
        fields=("person", "email", "answers"),
        why="Adapter la session : ce que la personne, son employeur et le financeur en attendent.",
        basis="Obligation légale : l’organisme analyse le besoin avant la formation (Qualiopi, indicateur 4).",
        keep="Six ans après la session, dix avec des fonds européens, puis supprimé chaque nuit. L’employeur et le "
        "financeur ne lisent jamais les réponses du stagiaire.",
        erase="Les réponses et l’adresse sont effacées avec le compte.",
        export=_surveys_of,
    ),
    Personal(
        model="classroom.SignalledNeed",
        fields=("person", "email", "structure", "people"),
        why="Prévenir une fois qui cherchait une session, et savoir où il en manque.",
        basis="Consentement : la personne le demande, et l’arrête par un lien.",
        keep="Un an.",
        erase="Suppression avec le compte, ou chaque nuit après un an.",
        export=_needs_of,
    ),
    Personal(
        model="classroom.OpeningOverride",
        fields=("by", "reason"),
        why="Savoir qui a ouvert une session hors des dates de la règle, et pourquoi.",
        basis=MISSION,
        keep="Aussi longtemps que la session.",
        erase="Le lien reste vers un compte rendu anonyme.",
    ),
    Personal(
        model="classroom.SessionMessage",
        fields=("by", "subject", "message"),
        why="Écrire une même chose à toutes les personnes d’une session, sans montrer leurs adresses.",
        basis=CONTRACT,
        keep="Aussi longtemps que la session.",
        erase="Le lien reste vers un compte rendu anonyme.",
    ),
    Personal(
        model="classroom.Session",
        fields=("created_by", "contact"),
        why="Savoir qui a préparé la session, et dire à qui s’adresser avant d’y venir.",
        basis=CONTRACT,
        keep="Aussi longtemps que la session, qui reste au parcours de ceux qui l’ont suivie.",
        erase="Le lien reste vers un compte rendu anonyme ; le contact est celui que l’organisme donne au public.",
    ),
    Personal(
        model="classroom.HalfDay",
        fields=("trainers",),
        why="Savoir qui anime, et ne pas demander la même personne à deux endroits à la fois.",
        basis=CONTRACT,
        keep="Aussi longtemps que la session, qui reste au parcours de ceux qui l’ont suivie.",
        erase="Le lien reste vers un compte rendu anonyme : la session garde qu’elle a été animée.",
        export=_half_days_of,
    ),
    Personal(
        model="classroom.Deroule",
        fields=("adapted_by", "notes"),
        why="Préparer une demi-journée pour un groupe. L’écran demande de n’y rien écrire sur une personne.",
        basis=MISSION,
        keep="Aussi longtemps que la session.",
        erase="Le lien reste vers un compte rendu anonyme.",
        export=_deroules_of,
    ),
    Personal(
        model="classroom.Room",
        fields=("address",),
        why="Dire où se tient une demi-journée : c’est l’adresse d’un lieu, pas celle d’une personne.",
        basis=MISSION,
        keep="Tant que l’organisme la propose ou que des sessions s’y sont tenues.",
        erase="Rien à effacer.",
    ),
]

ACTS = {
    "classroom.accept_seat": "Une place proposée est acceptée.",
    "classroom.adapt_deroule": "Le déroulé d’une demi-journée est adapté.",
    "classroom.add_room": "Une salle est ajoutée.",
    "classroom.add_sequence": "Une séquence est ajoutée à un déroulé.",
    "classroom.answer_needs": "Le questionnaire des attentes est rempli.",
    "classroom.archive_room": "Une salle est archivée.",
    "classroom.ask_needs": "Le questionnaire des attentes est envoyé.",
    "classroom.cancel_registration": "Une inscription à une session est annulée.",
    "classroom.cancel_session": "Une session est annulée.",
    "classroom.change_deroule_notes": "Les notes d’un déroulé sont modifiées.",
    "classroom.change_room": "Une salle est modifiée.",
    "classroom.change_sequence": "Une séquence d’un déroulé est modifiée.",
    "classroom.choose_parcours": "Le parcours d’une session est choisi.",
    "classroom.close_session": "Une session est terminée.",
    "classroom.convoke": "Une convocation est envoyée.",
    "classroom.create_person": "Une personne est créée pour une session.",
    "classroom.create_session": "Une session est créée.",
    "classroom.decline_seat": "Une place proposée est laissée.",
    "classroom.discard_session": "Un brouillon de session est supprimé.",
    "classroom.duplicate_session": "Une session est copiée.",
    "classroom.expire_offer": "Une proposition de place est arrivée à son terme.",
    "classroom.move_registration": "Une inscription est déplacée vers une autre session.",
    "classroom.move_sequence": "Une séquence d’un déroulé est déplacée.",
    "classroom.offer_seat": "Une place est proposée.",
    "classroom.override_opening": "Une session est ouverte par exception.",
    "classroom.publish_session": "Une session est publiée.",
    "classroom.register": "Une personne est inscrite à une session.",
    "classroom.remove_sequence": "Une séquence est retirée d’un déroulé.",
    "classroom.replace_registration": "Une personne inscrite est remplacée.",
    "classroom.reschedule_session": "Les dates d’une session sont changées.",
    "classroom.restore_deroule": "Un déroulé est remis comme à l’origine.",
    "classroom.restore_room": "Une salle archivée est reprise.",
    "classroom.set_half_days": "Les demi-journées d’une session sont fixées.",
    "classroom.settle_session": "Les réglages d’une session sont modifiés.",
    "classroom.signal_need": "Un besoin de session est signalé.",
    "classroom.stop_need": "Un besoin de session est retiré.",
    "classroom.take_edition": "Une session prend une autre édition du parcours.",
    "classroom.withdraw_registration": "Une personne se désiste d’une session.",
    "classroom.write_to_all": "Un message est envoyé aux personnes d’une session.",
}
