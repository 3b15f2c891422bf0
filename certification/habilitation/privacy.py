from certification.habilitation.models import ExternalId, Fact, Habilitation, ImportedLine, Refusal
from lms.kernel.privacy import Personal


def _habilitations_of(person):
    found = Habilitation.objects.filter(person=person).select_related("organisation").prefetch_related("moves")
    return [
        {
            "structure": str(one.organisation),
            "étape": one.get_step_display(),
            "depuis le": one.step_on,
            "profession": one.profession,
            "statut dans Aidants Connect": one.get_external_status_display(),
            "motif de la sortie": one.get_exit_reason_display(),
            "précision": one.exit_note,
            "étapes": [{"étape": move.get_after_display(), "le": move.on} for move in one.moves.all()],
        }
        for one in found.order_by("pk")
    ]


def _facts_of(person):
    found = Fact.objects.filter(person=person).select_related("habilitation__organisation", "file").order_by("pk")
    return [
        {
            "fait": one.get_kind_display(),
            "date": one.on,
            "résultat en pourcentage": one.score,
            "valeur": one.get_standing_display(),
            "origine": one.get_origin_display(),
            "fichier": one.file.name if one.file else "",
            "structure": str(one.habilitation.organisation) if one.habilitation else "",
            "enregistré le": one.declared_at,
            "motif": one.note,
            "retiré le": one.withdrawn_at,
        }
        for one in found
    ]


def _lines_about(person):
    addresses = {person.email, person.pix_email} - {None}
    found = ImportedLine.objects.naming(person, sorted(addresses)).select_related("file").order_by("pk")
    return [{"fichier": one.file.name, "ligne": one.number, "valeurs": one.values} for one in found]


def _identifiers_of(person):
    return list(ExternalId.objects.filter(person=person).order_by("pk").values("system", "value"))


def _refusals_of(person):
    found = Refusal.objects.filter(person=person).order_by("pk")
    return [{"empreinte": one.digest, "gardée depuis": one.at} for one in found]


MISSION = "Mission d’intérêt public : suivre les aidants jusqu’à leur habilitation et en rendre compte."
SIX_YEARS = (
    "Les dates, tant que le compte existe : l’habilitation dure. Le résultat, les justificatifs, les motifs et la "
    "profession, six ans après le dernier fait, puis effacés chaque nuit."
)
NAMELESS = "Il reste une ligne rattachée à un compte anonyme, pour que les comptes restent justes."
PERSONAL = [
    Personal(
        model="habilitation.Habilitation",
        fields=("person", "profession", "external_id", "external_status", "exit_reason", "exit_note"),
        why="Savoir où en est une personne vers Aidants Connect, pour chacune de ses structures.",
        basis=MISSION,
        keep=SIX_YEARS,
        erase=f"{NAMELESS} La profession, l’identifiant d’Aidants Connect et les précisions écrites sont effacés.",
        export=_habilitations_of,
    ),
    Personal(
        model="habilitation.Move",
        fields=("by",),
        why="Dater chaque étape et savoir qui l’a fait avancer.",
        basis=MISSION,
        keep=SIX_YEARS,
        erase="Le lien reste vers un compte rendu anonyme.",
    ),
    Personal(
        model="habilitation.Fact",
        fields=(
            *("person", "kind", "on", "score", "proof", "note"),
            *("declared_by", "decided_by", "withdrawn_by"),
        ),
        why="Prouver qu’une formation a été suivie et qu’un test Pix a été envoyé, et dire d’où on le tient.",
        basis=MISSION,
        keep=SIX_YEARS,
        erase=f"{NAMELESS} Le résultat du test, les justificatifs et les motifs écrits sont effacés.",
        export=_facts_of,
    ),
    Personal(
        model="habilitation.ImportedFile",
        fields=("content", "received_by", "confirmed_by"),
        why="Garder la preuve de ce qu’un service a transmis, et savoir qui l’a enregistré.",
        basis=MISSION,
        keep="Le fichier, un an ; ensuite il reste son nom, son empreinte et le compte de ses lignes.",
        erase="Le lien reste vers un compte rendu anonyme.",
    ),
    Personal(
        model="habilitation.ImportedLine",
        fields=("person", "values", "sentences", "candidates", "decided_by"),
        why="Montrer ce qu’est devenue chaque ligne d’un fichier, et rapprocher celles qui sont douteuses.",
        basis=MISSION,
        keep="Les valeurs, un an après le dépôt du fichier ; ensuite il reste la suite donnée.",
        erase="Les valeurs de ses lignes sont effacées.",
        export=_lines_about,
    ),
    Personal(
        model="habilitation.ExternalId",
        fields=("person", "system", "value"),
        why="Reconnaître la même personne d’un fichier à l’autre, sans se fier à son nom.",
        basis=MISSION,
        keep="Aussi longtemps que le compte.",
        erase="L’identifiant est supprimé.",
        export=_identifiers_of,
    ),
    Personal(
        model="habilitation.Refusal",
        fields=("person", "digest"),
        why="Ne pas faire revenir, par un fichier reçu, une personne qui a demandé l’effacement de ses données.",
        basis="Obligation légale : respecter l’effacement demandé (RGPD, articles 17 et 21).",
        keep="Dix ans après l’effacement, ou jusqu’à ce que la personne demande à revenir ; puis supprimée la nuit.",
        erase="Elle naît de l’effacement : une empreinte à clé de l’adresse et de l’identifiant, qui reconnaît sans "
        "permettre de les relire.",
        export=_refusals_of,
    ),
    Personal(
        model="habilitation.HandOver",
        fields=("by", "lines_ids", "content"),
        why="Savoir quel fichier a été remis à quel service, par qui, et de qui il parlait.",
        basis="Obligation légale : tenir le registre des transmissions.",
        keep="Le registre, six ans, puis supprimé chaque nuit ; un long fichier, préparé pour qui l’a demandé, "
        "sept jours.",
        erase="Les lignes ne portent que des numéros, rattachés à un compte anonyme.",
    ),
    Personal(
        model="habilitation.Merge",
        fields=("kept_person", "merged_person", "moved", "by", "undone_by"),
        why="Réunir deux fiches d’une même personne, et pouvoir le défaire.",
        basis=MISSION,
        keep="Six ans, puis supprimée chaque nuit.",
        erase="Les liens restent vers des comptes rendus anonymes.",
    ),
]

ACTS = {
    "habilitation.abandon_file": "Un fichier reçu est abandonné.",
    "habilitation.come_back": "Le suivi d’une habilitation est repris.",
    "habilitation.complete_structure": "Une structure est complétée par un fichier.",
    "habilitation.confirm_fact": "Un fait déclaré est confirmé.",
    "habilitation.confirm_file": "L’enregistrement d’un fichier est demandé.",
    "habilitation.decide_line": "Une ligne d’un fichier est rapprochée.",
    "habilitation.export_people": "La liste des habilitations d’une structure est exportée.",
    "habilitation.finish_file": "L’enregistrement d’un fichier est terminé.",
    "habilitation.follow": "Une habilitation commence à être suivie.",
    "habilitation.forget_outlived": "Les détails d’une habilitation sont effacés, à leur terme.",
    "habilitation.forget_register": "Une ligne d’un registre est supprimée, à son terme.",
    "habilitation.hand_over": "Un fichier est remis à un autre service.",
    "habilitation.import_person": "Une personne est créée par un fichier.",
    "habilitation.import_session": "Une session est connue par un fichier.",
    "habilitation.import_structure": "Une structure est créée par un fichier.",
    "habilitation.leave": "Une sortie est notée.",
    "habilitation.lift_refusals": (
        "Une personne effacée demande à revenir, et les fichiers peuvent de nouveau parler d’elle."
    ),
    "habilitation.merge_people": "Deux fiches d’une personne sont fusionnées.",
    "habilitation.merge_structures": "Deux structures sont fusionnées.",
    "habilitation.mirror_status": "Un statut d’Aidants Connect est recopié.",
    "habilitation.receive_file": "Un fichier est déposé.",
    "habilitation.record_fact": "Un fait est enregistré vers l’habilitation.",
    "habilitation.reject_fact": "Un fait déclaré est écarté.",
    "habilitation.transfer": "Une habilitation se poursuit dans une autre structure.",
    "habilitation.undo_merge": "Une fusion est défaite.",
    "habilitation.withdraw_fact": "Un fait est retiré.",
}
