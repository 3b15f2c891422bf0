"""assiduite.csv (domain reference § 8.6): one line for each person and half-day, from the sheets that are locked."""

from decimal import Decimal

from certification.habilitation.documents.handed.people import address_of
from lms.kernel.formats import date_short
from parcours.classroom.lifecycle import Modality
from parcours.emargement.lifecycle import AttendanceState, SheetState
from parcours.emargement.models import Attendance

COLUMNS = (
    *("id_session", "intitule", "of", "siret_of", "date_debut", "date_fin", "modalite", "duree_prevue_h"),
    *("email", "nom", "prenom", "siret_structure", "data_pass_id"),
    *("demi_journee", "present", "heures_realisees", "signature_le"),
)


def attendances_in(sessions):
    """On a locked sheet, and on no other: until then, nothing is proven."""
    found = Attendance.objects.filter(sheet__state=SheetState.LOCKED, sheet__half_day__session__in=sessions)
    found = found.select_related(
        *("sheet__half_day__session__organisation", "sheet__half_day__session__edition"),
        *("registration__person", "registration__employer", "signature"),
    )
    return found.defer("sheet__half_day__session__edition__content").order_by("sheet__half_day__starts_at", "pk")


def rows(attendances):
    for one in attendances:
        half_day, person, employer = one.sheet.half_day, one.registration.person, one.registration.employer
        session = half_day.session
        present = one.state == AttendanceState.PRESENT
        yield (
            *(str(session.public_id), session.title, str(session.organisation), session.organisation.siret),
            *(_day(session, session.starts_at), _day(session, session.ends_at), Modality(session.modality).label),
            *(_hours(session.edition.minutes), address_of(person), person.last_name, person.first_name),
            *(employer.siret, employer.data_pass_id or ""),
            f"{date_short(half_day.day)} {half_day.local_start:%H:%M}-{half_day.local_end:%H:%M}",
            *("Oui" if present else "Non", _hours(one.minutes or 0)),
            f"{one.signature.signed_at.astimezone(session.tzinfo):%d/%m/%Y %H:%M}" if one.is_signed else "",
        )


def _day(session, instant):
    return instant.astimezone(session.tzinfo).date()


def _hours(minutes) -> Decimal:
    return round(Decimal(minutes) / 60, 2)
