from lms.accounts.models import DataRequest, FactorReset, Person
from lms.kernel.privacy import Personal

SERVICE = "Exécution du service demandé : tenir le compte de la personne."
SECURITY = "Intérêt légitime : protéger les comptes et les données qu’ils ouvrent."


def _identity_of(person):
    return {
        "prénom": person.first_name,
        "nom": person.last_name,
        "adresse de connexion": person.email,
        "adresse pour Pix et Aidants Connect": person.pix_email,
        "confirmée le": person.pix_email_confirmed_at,
        "fuseau horaire": person.get_time_zone_display(),
        "compte ouvert le": person.created_at,
        "dernière connexion": person.last_login,
        "identifiant public": person.public_id,
        "fiches réunies à celle-ci": [
            {"nom": one.full_name, "adresse": one.email} for one in person.merged_from.order_by("pk")
        ],
    }


def _addresses_of(person):
    return [{"adresse": row.email, "confirmée": row.verified} for row in person.emailaddress_set.order_by("pk")]


def _sign_ins_of(person):
    rows = person.usersession_set.order_by("pk")
    return [{"appareil": row.user_agent, "connecté le": row.created_at} for row in rows]


def _factors_of(person):
    rows = person.authenticator_set.order_by("pk")
    return [
        {"sorte": row.get_type_display(), "ajouté le": row.created_at, "utilisé le": row.last_used_at} for row in rows
    ]


def _resets_of(person):
    rows = FactorReset.objects.filter(person=person).select_related("asked_by")
    return [
        {
            "demandée par": row.asked_by.full_name,
            "le": row.asked_at,
            "circonstances": row.reason,
            "état": row.get_state_display(),
        }
        for row in rows
    ]


def _requests_of(person):
    return [
        {
            "demande": row.get_kind_display(),
            "précisions": row.message,
            "le": row.asked_at,
            "état": row.get_state_display(),
            "réponse": row.answer,
        }
        for row in DataRequest.objects.of(person)
    ]


PERSONAL = [
    Personal(
        model=Person._meta.label,
        fields=("email", "first_name", "last_name", "name_key", "time_zone", "last_login", "pix_email", "merged_into"),
        why="Reconnaître la personne, lui écrire, la nommer sur ses attestations, la relier à Pix et Aidants Connect.",
        basis=SERVICE,
        keep="Tant que le compte est ouvert ; la personne peut demander sa fermeture à tout moment.",
        erase="Nom et adresses sont effacés ; les attestations déjà délivrées gardent le nom qu’elles portent.",
        export=_identity_of,
    ),
    Personal(
        model="account.EmailAddress",
        name="adresses de connexion",
        fields=("user", "email"),
        why="Vérifier que la personne lit bien l’adresse de connexion qu’elle a donnée.",
        basis=SERVICE,
        keep="Tant que le compte est ouvert.",
        erase="Suppression de la ligne.",
        export=_addresses_of,
    ),
    Personal(
        model="usersessions.UserSession",
        name="appareils connectés",
        fields=("user", "user_agent"),
        why="Montrer à la personne les appareils connectés à son compte, en trois mots et sans le lieu.",
        basis=SECURITY,
        keep="Jusqu’à la fin de la connexion, quatorze jours au plus.",
        erase="Suppression de la ligne.",
        export=_sign_ins_of,
    ),
    Personal(
        model="mfa.Authenticator",
        name="seconds facteurs",
        fields=("user",),
        why="Demander une seconde preuve aux personnes qui voient les données d’autrui. Le secret est chiffré.",
        basis=SECURITY,
        keep="Jusqu’à ce que la personne le retire ou que son compte soit effacé.",
        erase="Suppression de la ligne.",
        export=_factors_of,
    ),
    Personal(
        model=FactorReset._meta.label,
        fields=("person", "asked_by", "closed_by", "reason"),
        why="Savoir qui a demandé et qui a exécuté la réinitialisation d’un second facteur perdu.",
        basis=SECURITY,
        keep="Trois ans.",
        erase="Les circonstances sont effacées ; la ligne reste, vers un compte rendu anonyme.",
        export=_resets_of,
    ),
    Personal(
        model=DataRequest._meta.label,
        fields=("person", "message", "answer", "answered_by"),
        why="Répondre aux demandes sur les données personnelles, et prouver qu’il y a été répondu.",
        basis="Obligation légale : articles 12 à 22 du RGPD.",
        keep="Trois ans après la réponse.",
        erase="Les textes sont effacés ; la date et la nature de la demande restent.",
        export=_requests_of,
    ),
]

ACTS = {
    "accounts.add_factor": "Un second facteur est ajouté.",
    "accounts.answer_data_request": "Une demande sur des données personnelles reçoit sa réponse.",
    "accounts.ask_about_data": "Une demande est faite sur des données personnelles.",
    "accounts.ask_factor_reset": "La remise à zéro d’un second facteur est demandée.",
    "accounts.change_email": "L’adresse de connexion est changée.",
    "accounts.change_password": "Le mot de passe est changé.",
    "accounts.change_profile": "Le profil est modifié.",
    "accounts.close_account": "Un compte est fermé.",
    "accounts.confirm_pix_address": "L’adresse pour Pix et Aidants Connect est confirmée.",
    "accounts.correct_person": "Une fiche de personne est corrigée par un administrateur.",
    "accounts.end_sign_ins": "Des connexions sont fermées.",
    "accounts.erase_account": "Un compte est effacé.",
    "accounts.execute_factor_reset": "Un second facteur est remis à zéro.",
    "accounts.export_data": "La personne enregistre le fichier de ses données.",
    "accounts.make_administrator": "Les droits d’administration sont donnés.",
    "accounts.open_account": "Le compte est ouvert.",
    "accounts.remove_factor": "Un second facteur est retiré.",
    "accounts.renew_codes": "Les codes de secours sont renouvelés.",
    "accounts.stop_factor_reset": "La remise à zéro d’un second facteur est arrêtée.",
}
