"""The files that other services export, column by column, with the headings they bear (domain reference § 8)."""

from dataclasses import dataclass

from certification.habilitation.engine.kinds import FileKind
from lms.kernel.tables import Column

EMAIL = Column(
    "email",
    "Adresse e-mail",
    ("email", "e-mail", "courriel", "adresse électronique", "adresse email", "mail", "username", "nom d’utilisateur"),
)
FIRST_NAME = Column("first_name", "Prénom", ("first_name", "prénoms", "prenom"))
LAST_NAME = Column("last_name", "Nom", ("last_name", "nom de famille"))
PROFESSION = Column("profession", "Profession", ("intitulé de poste", "poste", "fonction"))
DATAPASS = Column(
    "data_pass_id", "data_pass_id", ("datapass_id", "numéro Datapass", "datapass id", "organisation: datapass id")
)
SIRET = Column("siret", "siret", ("SIRET de l’organisation", "N° SIRET", "organisation: n° siret", "numéro siret"))
NAME = Column(
    "structure", "Nom de la structure", ("name", "nom organisation", "organisation: nom", "structure", "organisation")
)
ADDRESS = Column(
    "address", "Adresse de la structure", ("address", "adresse postale", "organisation: adresse", "adresse")
)
POSTCODE = Column("postcode", "Code postal de la structure", ("zipcode", "code postal", "organisation: code postal"))
CITY = Column("city", "Ville de la structure", ("city", "ville", "organisation: ville", "commune"))
TYPE = Column("type", "Type de structure", ("type__name", "nom type", "organisation type: nom"))
PRESENT = Column("present", "Présence en formation", ("présence", "présent", "présente", "émargement", "émargé"))
CONSEILLER = Column("conseiller", "Conseiller numérique", ("conseiller_numerique", "l’aidant est conseiller numérique"))


@dataclass(frozen=True)
class Shape:
    """What one kind of file holds. `needed`: without these columns nothing can be read; one of each tuple is enough.

    `makes_people`: somebody nobody knows yet becomes known by this file. `about_structures`: its lines are structures.
    """

    columns: tuple[Column, ...]
    needed: tuple[tuple[str, ...], ...]
    makes_people: bool = False
    about_structures: bool = False
    any_identifier: bool = False
    """Whether the operator may say which column holds the address: campaigns name it as they like."""
    by_identifier: bool = False
    """Whether its lines have no address: a person is known by the identifier of Aidants Connect alone."""
    by_half_day: bool = False
    """Whether a training takes several lines: it was followed when the person was present at all of them."""


SHAPES = {
    FileKind.PLAIN_ATTENDANCE: Shape(
        (
            EMAIL,
            FIRST_NAME,
            LAST_NAME,
            Column("on", "Date", ("date de formation", "date_formation", "jour", "date de la demi-journée")),
            Column("present", "Présent", PRESENT.names),
            Column("session", "Formation", ("session", "intitulé")),
        ),
        (("email",), ("present",)),
        any_identifier=True,
        by_half_day=True,
    ),
    FileKind.HALF_DAYS: Shape(
        (
            Column("session_id", "id_session"),
            Column("session", "intitule"),
            Column("trainer", "of"),
            Column("on", "date_debut"),
            Column("ends_on", "date_fin"),
            EMAIL,
            LAST_NAME,
            FIRST_NAME,
            Column("half_day", "demi_journee"),
            Column("present", "present"),
        ),
        (("session_id",), ("on",), ("email",), ("half_day",), ("present",)),
        by_half_day=True,
    ),
    FileKind.PEOPLE_TO_TRAIN: Shape(
        (
            Column("added_on", "Date d’ajout", ("created_at",)),
            Column("data_pass_id", "N° de la demande Datapass", DATAPASS.names),
            NAME,
            TYPE,
            Column("last_name", "Nom de l’aidant à former"),
            Column("first_name", "Prénom de l’aidant à former"),
            Column("email", "Adresse e-mail de l’aidant à former", EMAIL.names),
            Column("profession", "Intitulé de poste de l’aidant à former", PROFESSION.names),
            ADDRESS,
            POSTCODE,
            CITY,
            Column("status", "status", ("statut",)),
        ),
        (("email",), ("data_pass_id", "structure")),
        makes_people=True,
    ),
    FileKind.ATTENDANCE: Shape(
        (
            FIRST_NAME,
            LAST_NAME,
            EMAIL,
            PROFESSION,
            NAME,
            Column("session", "FORMATION", ("session",)),
            Column("state", "ETAT", ("état",)),
            PRESENT,
            CONSEILLER,
            Column("on", "Date de formation", ("date_formation", "date")),
            Column("registration", "ID"),
        ),
        (("email",), ("present",)),
        any_identifier=True,
    ),
    FileKind.SESSIONS: Shape(
        (
            Column("session", "NOM"),
            Column("starts_on", "DATEDEBUT"),
            Column("ends_on", "DATEFIN"),
            Column("modality", "En présentiel/à distance"),
            Column("state", "ETAT"),
            Column("hours", "DUREE"),
            Column("trainer", "ORGANISATION"),
            Column("session_id", "ID"),
        ),
        (("session",), ("starts_on",), ("state",), ("session_id",)),
    ),
    FileKind.STRUCTURES: Shape(
        (
            NAME,
            SIRET,
            ADDRESS,
            Column("address_complement", "Complément d’adresse de la structure"),
            CITY,
            POSTCODE,
            TYPE,
        ),
        (("structure",), ("siret",)),
        about_structures=True,
    ),
    FileKind.STRUCTURES_DATAPASS: Shape(
        (
            Column("data_pass_id", "Numéro de demande", DATAPASS.names),
            NAME,
            POSTCODE,
            CITY,
            SIRET,
            Column("status", "Statut de la demande", ("statut",)),
        ),
        (("structure",), ("data_pass_id",), ("status",)),
        about_structures=True,
    ),
    FileKind.PEOPLE_BY_STRUCTURE: Shape(
        (
            FIRST_NAME,
            LAST_NAME,
            EMAIL,
            DATAPASS,
            Column("structure", "Nom Organisation", NAME.names),
            SIRET,
            ADDRESS,
            CITY,
            POSTCODE,
            TYPE,
        ),
        (("email",), ("structure",), ("data_pass_id", "siret")),
        makes_people=True,
    ),
    FileKind.STRUCTURE_REQUESTS: Shape(
        (
            Column("added_on", "request_created_at"),
            Column("status", "status", ("statut",)),
            NAME,
            SIRET,
            Column("legal_category", "legal_category"),
            TYPE,
            Column("type_details", "type_other"),
            ADDRESS,
            POSTCODE,
            CITY,
            Column("france_services", "france_services_label"),
            Column("france_services_number", "france_services_number"),
        ),
        (("structure",), ("siret",), ("status",)),
        about_structures=True,
    ),
    FileKind.ACCOUNTS: Shape(
        (
            EMAIL,
            LAST_NAME,
            FIRST_NAME,
            PROFESSION,
            Column("is_active", "is_active", ("actif",)),
            Column("can_create", "can_create_mandats"),
            CONSEILLER,
            DATAPASS,
        ),
        (("email",), ("data_pass_id",), ("is_active",)),
        makes_people=True,
    ),
    FileKind.GENERAL: Shape(
        (
            Column("external_id", "ID", ("identifiant", "id aidant")),
            EMAIL,
            LAST_NAME,
            FIRST_NAME,
            PROFESSION,
            CONSEILLER,
            Column("can_create", "peut créer des mandats", ("can_create_mandats",)),
            Column("is_active", "actif", ("is_active",)),
            Column("is_referent", "Est référent"),
            Column("device", "Moyen de connexion Activé"),
            Column("app", "App OTP"),
            Column("on", "Date de formation"),
            Column("trainer", "Nom Organisme de formation"),
            Column("structure", "Organisation: Nom", NAME.names),
            Column("data_pass_id", "Organisation: Datapass ID", DATAPASS.names),
            Column("siret", "Organisation: N° SIRET", SIRET.names),
            Column("bad_siret", "Organisation: Siret Invalide"),
            Column("address", "Organisation: Adresse", ADDRESS.names),
            Column("postcode", "Organisation: Code Postal", POSTCODE.names),
            Column("city", "Organisation: Ville", CITY.names),
            Column("departement", "Organisation: Code INSEE du département"),
            Column("type", "Organisation type: Nom", TYPE.names),
            Column("france_services", "Organisation: Labellisation France Services"),
            Column("legal_category", "Organisation: categorieJuridiqueUniteLegale"),
        ),
        (("email",), ("data_pass_id", "siret", "structure")),
        makes_people=True,
    ),
    FileKind.ACCOUNTS_FEED: Shape(
        (
            Column("external_id", "aidant_connect_id"),
            Column("first_name", "prenom"),
            Column("last_name", "nom"),
            Column("profession", "profession_ac"),
            Column("is_active", "is_active_ac"),
            Column("is_referent", "is_referent_ac"),
        ),
        (("external_id",), ("is_active",), ("is_referent",)),
        by_identifier=True,
    ),
    FileKind.PIX_JSON: Shape(
        (
            Column("on", "date d’envoi"),
            Column("email", "email saisi"),
            Column("score", "résultat"),
        ),
        (("on",), ("email",)),
    ),
    FileKind.PIX_CSV: Shape(
        (
            Column("campaign", "Nom de la campagne"),
            Column("profile", "Nom du Profil Cible"),
            Column("last_name", "Nom du Participant"),
            Column("first_name", "Prénom du Participant"),
            Column("email", "adresse e-mail professionnelle", (*EMAIL.names, "identifiant")),
            Column("shared", "Partage (O/N)", ("partage",)),
            Column("on", "Date du partage", ("date et heure du partage",)),
            Column("score", "% maitrise de l’ensemble des acquis du profil", ("% de maitrise",)),
        ),
        (("email",), ("shared",), ("on",)),
        any_identifier=True,
    ),
}


def missing_columns(kind: str, found) -> list[str]:
    """The labels of what this kind of file cannot do without, when it is not among the columns found."""
    shape = SHAPES[kind]
    labels = {column.code: column.label for column in shape.columns}
    return [
        " ou ".join(f"«\u00a0{labels[code]}\u00a0»" for code in group)
        for group in shape.needed
        if not any(code in found for code in group)
    ]
