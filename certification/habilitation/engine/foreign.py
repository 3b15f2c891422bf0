"""Files that are not what they were deposited as: told by their headings, refused with what to deposit instead."""

from dataclasses import dataclass

from certification.habilitation.engine.kinds import FileKind
from certification.habilitation.engine.layouts import SHAPES
from lms.kernel.tables import heading_key


@dataclass(frozen=True)
class Foreign:
    """`headings`: all of them stand in the file. `nature`: the one under which it is read, when there is one."""

    headings: tuple[str, ...]
    sentence: str
    nature: str = ""


POSITIONING = (
    "C’est le positionnement Pix passé avant le recrutement d’un conseiller numérique. Ce n’est pas le test Pix "
    "Aidants Connect, qui se passe après la formation : rien n’en est enregistré. Déposez les résultats de la "
    "campagne Aidants Connect."
)
CERTIFICATION = (
    "Ce fichier dit qui a la certification Pix, un examen surveillé dans un centre agréé. Ce n’est pas le test Pix "
    "Aidants Connect : elle ne rend personne habilité, et rien n’en est enregistré. Déposez les résultats de la "
    "campagne Aidants Connect."
)
PROFILE = (
    "C’est une collecte de profils Pix : elle compte des pix, elle n’est pas le test Pix Aidants Connect. "
    "Rien n’en est enregistré. Déposez les résultats de la campagne Aidants Connect."
)
RECRUITS = (
    "Ce fichier dit des dates de départ en formation prévues, pas des présences : rien n’en est enregistré. Déposez la "
    "liste de présence de l’organisme de formation."
)
PLACES = (
    "Ces données sont celles de Mon inclusion numérique : elles ne se déposent pas ici. Pour les structures, déposez "
    "un fichier d’Aidants Connect."
)
HANDED = (
    "Ce fichier est de ceux que ce site remet à Aidants Connect. Il n’apprend rien ici, et rien n’en est enregistré. "
    "Déposez les comptes aidants d’Aidants Connect, ou son export général."
)
ONE_BY_ONE = "Ce fichier a une ligne par demi-journée : déposez-le comme « Assiduité par demi-journée »."
OF_AIDANTS_CONNECT = (
    "Ce fichier est la liste des inscrits d’un organisme, telle qu’Aidants Connect la donne : déposez-le comme "
    "« Inscrits d’un organisme de formation »."
)
FOREIGN = (
    Foreign(("Utilisation du numérique dans la vie professionnelle obtenu",), POSITIONING),
    Foreign(("Compétences numériques en lien avec la e-citoyenneté obtenu",), POSITIONING),
    Foreign(("pix_nom", "pix_prenom"), POSITIONING),
    Foreign(("Prenom", "Nom", "Email", "IdPG", "Pix"), CERTIFICATION),
    Foreign(("Nombre de pix total",), PROFILE),
    Foreign(("ID conseiller", "Date de départ en formation"), RECRUITS),
    Foreign(("ID Cartographie Nationale",), PLACES),
    Foreign(("ID Poste", "ID Structure TP"), PLACES),
    Foreign(("email", "data_pass_id", "date_formation"), HANDED),
    Foreign(("data_pass_id", "last_name", "first_name", "email", "profession", "status", "origin"), HANDED),
    Foreign(("id_session", "demi_journee"), ONE_BY_ONE, FileKind.HALF_DAYS),
    Foreign(("Présence en formation", "FINANCEMENT CONUM"), OF_AIDANTS_CONNECT, FileKind.ATTENDANCE),
)


def refusal(kind: str, headings) -> str:
    """Why a file with these headings is not read as this nature; empty when nothing says so."""
    there = {heading_key(one) for one in headings if one}
    for one in FOREIGN:
        if one.nature != kind and there.issuperset(map(heading_key, one.headings)):
            return one.sentence
    return ""


def natures_like(headings) -> list[str]:
    """The natures whose columns a file has, the fullest first: what to say when it was deposited under another."""
    there = {heading_key(one) for one in headings if one}
    found = []
    for kind, shape in SHAPES.items():
        has = {column.code for column in shape.columns if there & _names(column)}
        if len(has) > 2 and all(has.intersection(group) for group in shape.needed):
            found.append((len(has), -len(shape.columns), kind))
    return [kind for *_, kind in sorted(found, reverse=True)]


def _names(column) -> set[str]:
    return {heading_key(name) for name in (column.label, *column.names)}
