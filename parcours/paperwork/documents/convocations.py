"""The paper twin of the convocation: what the mail says, to print and to show an employer."""

from lms.kernel.formats import ZONES
from parcours.catalogue.engine.description import whole
from parcours.learning.documents import employer_named
from parcours.paperwork.documents.pieces import (
    content_of,
    digest,
    facts,
    half_day_label,
    lines,
    nature_of,
    online_minutes,
    place_of,
    planned,
    table,
)

SIGNING = (
    "Chaque demi-journée se signe, par la façon que vous préférez : votre code, un QR, la tablette ou le papier. "
    "Prévenez-nous d’une absence ou d’un retard dès que vous le savez.",
    "Le livret d’accueil et le règlement intérieur vous attendent dans votre espace : lisez-les avant de venir.",
)
ONLINE = "Terminez la partie en ligne dans votre espace, au plus tard la veille de la dernière demi-journée."


def convocation_content(registration) -> dict:
    session, person = registration.session, registration.person
    told = whole(session.edition.content)
    employer = employer_named(registration.employer)
    blocks = [
        facts(
            [
                ("Stagiaire", person.full_name),
                ("Employeur", employer["name"]),
                ("Formation", session.title),
                ("Nature", nature_of(told)),
                ("Durée", planned(session)),
                ("Heures données", ZONES.get(session.zone, session.zone).replace("heure", "à l’heure", 1)),
            ]
        ),
        _where(session),
        facts(
            [
                ("Accès", _access(session)),
                ("À savoir", session.practical),
                ("Contact", session.contact or told["contact"]),
                ("Besoin d’un aménagement", told["disability_contact"]),
            ],
            title="Venir",
        ),
        lines([ONLINE, *SIGNING] if online_minutes(session) else SIGNING, title="Le jour venu"),
    ]
    return content_of(session, blocks, holder=person.full_name)


def _where(session):
    rows = [(half_day_label(one), place_of(one), one.link) for one in session.half_days.all()]
    if any(link for *_, link in rows):
        return table(("Quand", "Où", "Lien"), rows, widths=(60, 60, 50), title="Vous êtes attendue ou attendu")
    return table(("Quand", "Où"), [row[:2] for row in rows], widths=(75, 95), title="Vous êtes attendue ou attendu")


def _access(session):
    rooms = {one.room_id: one.room for one in session.half_days.all() if one.room_id}
    said = [text for room in rooms.values() for text in room.access.splitlines()]
    if rooms and all(room.is_accessible for room in rooms.values()):
        said.append("Lieu accessible en fauteuil roulant.")
    return said


def convocation_key(registration, content) -> str:
    """Changed dates or places make another one."""
    return f"paperwork.convocation:{registration.pk}:{digest(content['blocks'])[:16]}"
