"""What earlier files have already asked somebody: the same line is not asked twice."""

from django.db.models import Q

from certification.habilitation.models import ImportedLine
from lms.accounts.models import Person
from lms.kernel.formats import date_short

WAITS = "Cette ligne attend déjà d’être rapprochée : elle était dans le fichier du {on}."
SET_ASIDE = "Cette ligne a déjà été mise de côté par une personne : elle était dans le fichier du {on}."


class Earlier:
    """The lines of other recorded files like this one that say the same: those that wait, those somebody decided."""

    def __init__(self, file, lines):
        emails = {values["email"] for _, values, _ in lines if values.get("email")}
        ids = {values["external_id"] for _, values, _ in lines if values.get("external_id") and not values.get("email")}
        named = Q(values__email__in=emails) if emails else Q(values__external_id__in=ids)
        found = ImportedLine.objects.asked_by_others(file).filter(named) if emails or ids else ()
        self.lines = {_said(one.values): one for one in found if one.file.held_on == file.held_on}
        self.people = Person.objects.in_bulk([one.person_id for one in self.lines.values() if _is_matched(one)])

    def person_for(self, values):
        """Whom somebody said that it is about."""
        found = self.lines.get(_said(values))
        person = self.people.get(found.person_id) if found else None
        return person and person.standing()

    def answer_to(self, values) -> str:
        """Why nobody is asked again; empty when nobody was asked before."""
        found = self.lines.get(_said(values))
        if found is None:
            return ""
        return (SET_ASIDE if found.decided_at else WAITS).format(on=date_short(found.file.dated_on))


def _said(values):
    return tuple(sorted(values.items()))


def _is_matched(line):
    return line.decided_at is not None and line.person_id is not None
