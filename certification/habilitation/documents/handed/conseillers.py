"""What conseillers numériques followed here: M5, and the list of operators (domain reference § 8.3 and 8.4).

What another service alone knows (its identifiers, the lot, the recruitment, the certifications) is left empty.
"""

from django.db.models import Exists, Max, OuterRef, Subquery

from parcours.classroom.models import Registration
from parcours.emargement.lifecycle import AttendanceState, SheetState
from parcours.emargement.models import Attendance

RECORD = (
    *("personne_id_pg", "lot", "marche_formation", "label", "date_debut", "date_fin", "lieu"),
    *("parcours", "pix", "remn", "observations"),
)
LIST = (
    *("Prénom", "Nom", "Email", "Email @conseiller-numerique.fr", "Nom de la structure", "Code Postal"),
    *("Date de recrutement", "Date de fin de formation", "Certification", "Activé", "CRA Saisis"),
)
DOMAIN = "@conseiller-numerique.fr"


def trainings_of(registrations):
    """The seats of conseillers of which at least one half-day is signed, on a sheet that is locked."""
    found = registrations.filter(_signed("registration", "pk"), is_conseiller=True)
    found = found.select_related("person", "session__edition").prefetch_related("session__half_days__room")
    return found.defer("session__edition__content").order_by("session__starts_at", "pk")


def conseillers_of(habilitations):
    """One line for each structure; with `trained_until`: the last day of what was signed there."""
    seats = Registration.objects.filter(_signed("registration", "pk"), person=OuterRef("person"))
    last = seats.order_by().values("person").annotate(last=Max("session__ends_at")).values("last")
    return habilitations.filter(is_conseiller=True).annotate(trained_until=Subquery(last))


def _signed(field, outer):
    locked = Attendance.objects.filter(sheet__state=SheetState.LOCKED, state=AttendanceState.PRESENT)
    return Exists(locked.filter(**{field: OuterRef(outer)}))


def record_rows(registrations):
    for one in registrations:
        session = one.session
        place = session.where or "Distanciel"
        told = f"{session.title} ({one.person.full_name})"
        yield ("", "", "", "", *_days(session), place, "", "", "", told)


def _days(session):
    return [instant.astimezone(session.tzinfo).date() for instant in (session.starts_at, session.ends_at)]


def list_rows(habilitations):
    for one in habilitations:
        person, where = one.person, one.organisation
        own = person.email or ""
        email, former = ("", own) if own.endswith(DOMAIN) else (own, "")
        yield (
            *(person.first_name, person.last_name, email, former, where.name, where.postcode),
            *("", one.trained_until, "", "", ""),
        )
