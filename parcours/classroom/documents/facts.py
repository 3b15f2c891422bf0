"""What a session says of itself, in pairs of a term and a value."""

from lms.kernel.formats import money
from parcours.classroom.documents.dates import hours_line


def facts_of(session) -> list[tuple[str, str]]:
    """Read from half-days loaded with `for_page`; what is not said is left out."""
    found = [
        ("Organisme de formation", str(session.organisation)),
        ("Parcours", session.title),
        *((f"Demi-journée {one.position}", _half_day(one)) for one in session.half_days.all()),
        *_practical(session),
    ]
    return [(term, value) for term, value in found if value]


def practical_facts(session) -> list[tuple[str, str]]:
    """Without what the page of the session shows elsewhere."""
    return [(term, value) for term, value in _practical(session) if value]


def _practical(session):
    return [
        ("Modalité", session.get_modality_display()),
        ("Places", str(session.capacity)),
        ("Pour qui", _audience(session)),
        ("Qui inscrit", session.get_registrar_display()),
        ("Tarif par personne", _price(session)),
        ("Informations pratiques", session.practical),
        ("Contact", session.contact),
    ]


def _half_day(half_day):
    where = str(half_day.room or "À distance")
    who = ", ".join(one.full_name for one in half_day.trainers.all())
    return f"{hours_line(half_day)}. {where}. {f'Avec {who}' if who else 'Sans formateur pour l’instant'}."


def _audience(session) -> str:
    whom = (
        f"réservée à {session.intra_for}" if session.intra and session.intra_for else "ouverte à toutes les structures"
    )
    return f"{whom}, conseillers numériques seulement" if session.for_conseillers else whom


def _price(session) -> str:
    if not session.is_settled:
        return ""
    amount = money(round(session.price * 100)) if session.price else "Gratuit"
    return f"{amount} ({session.price_note})" if session.price_note else amount
