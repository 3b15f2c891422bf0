from lms.kernel.privacy import Personal
from parcours.emargement.models import Attendance, Correction, Scan, Signature


def _attendances_of(person):
    found = Attendance.objects.of(person).for_signing().select_related("signature__entered_by").order_by("pk")
    return [_readable(one) for one in found]


def _readable(one):
    told = {
        "session": one.sheet.session.edition.title,
        "demi-journée": one.sheet.label,
        "état": one.state_words,
        "minutes comptées": one.minutes,
        "signature écartée": one.set_aside,
    }
    return told | (_signature(one.signature) if one.is_signed else {})


def _signature(signature):
    return {
        "façon de signer": signature.get_way_display(),
        "signée le": signature.signed_at,
        "heure de l’appareil": signature.claimed_at,
        "recueillie par": signature.entered_by.full_name if signature.entered_by else "",
        "hors délai": signature.is_late,
        "motif": signature.reason,
        "attestation signée": signature.statement,
    }


def _corrections_of(person):
    found = Correction.objects.filter(attendance__registration__person=person).order_by("pk")
    return [
        {"corrigée le": one.at, "avant": one.before["words"], "après": one.after["words"], "motif": one.reason}
        for one in found
    ]


def _entered_by(person):
    found = Signature.objects.filter(entered_by=person).order_by("pk")
    return [{"recueillie le": one.signed_at, "façon": one.get_way_display(), "motif": one.reason} for one in found]


def _scans_by(person):
    rows = Scan.objects.filter(by=person).order_by("pk")
    return [{"fichier": one.name, "joint le": one.at, "taille en octets": one.size} for one in rows]


PROOF = "Obligation légale : preuve de la réalisation de l’action de formation (Code du travail, art. R6313-3)."
KEEP = "Six ans après la fin de la formation ; dix ans quand elle est cofinancée par l’Union européenne."
ERASE = "La ligne reste jusqu’à la fin de sa durée, sous un compte rendu anonyme ; l’attestation signée garde son nom."
PERSONAL = [
    Personal(
        model="emargement.Sheet",
        fields=("locked_by",),
        why="Savoir qui a contresigné la présence d’une demi-journée.",
        basis=PROOF,
        keep=KEEP,
        erase=ERASE,
    ),
    Personal(
        model="emargement.Attendance",
        fields=("registration", "state", "arrived_at", "left_at", "excuse", "set_aside", "minutes", "code_hash"),
        why="Dire qui était présent à chaque demi-journée, et combien de minutes comptent. Un motif d’absence se "
        "choisit dans une liste courte, sans précision sur la santé.",
        basis=PROOF,
        keep=KEEP + " L’empreinte du code personnel est effacée au verrouillage, ou un jour après.",
        erase=ERASE,
        export=_attendances_of,
    ),
    Personal(
        model="emargement.Signature",
        fields=("way", "signed_at", "claimed_at", "entered_by", "statement", "reason", "client_id"),
        why="Prouver que la personne a signé, quand et de quelle façon. Rien de l’appareil n’est gardé.",
        basis=PROOF,
        keep=KEEP,
        erase=ERASE,
        export=_entered_by,
    ),
    Personal(
        model="emargement.Correction",
        fields=("before", "after", "reason", "by"),
        why="Montrer ce que disait une feuille avant sa correction, qui l’a corrigée et pourquoi.",
        basis=PROOF,
        keep=KEEP,
        erase=ERASE,
        export=_corrections_of,
    ),
    Personal(
        model="emargement.Scan",
        fields=("file", "name", "by"),
        why="Garder la feuille papier que des personnes ont signée, avec ce qui en a été saisi.",
        basis=PROOF,
        keep=KEEP,
        erase="Le fichier reste jusqu’à la fin de sa durée : il porte la signature d’autres personnes.",
        export=_scans_by,
    ),
]

ACTS = {
    "emargement.choose_way": "La façon de signer une demi-journée est choisie.",
    "emargement.correct_absent": "Une présence est corrigée en absence.",
    "emargement.correct_excused": "Une présence est corrigée en absence excusée.",
    "emargement.correct_present": "Une absence est corrigée en présence.",
    "emargement.draw_code": "Un code de présence est tiré.",
    "emargement.forget_session": "Les preuves d’une session sont effacées, à leur terme.",
    "emargement.keep_scan": "Une feuille signée sur papier est déposée.",
    "emargement.lock": "Une feuille d’émargement est contresignée et verrouillée.",
    "emargement.mark_absent": "Une absence est notée.",
    "emargement.mark_excused": "Une absence excusée est notée.",
    "emargement.mark_expected": "Une personne est de nouveau attendue.",
    "emargement.mark_present": "Une présence est notée.",
    "emargement.prepare": "Une feuille d’émargement est préparée.",
    "emargement.set_window": "Les heures de signature d’une demi-journée sont fixées.",
    "emargement.sign": "Une présence est signée.",
}
