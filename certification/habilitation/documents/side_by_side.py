"""Records that look alike, line by line, so that somebody may say whether they are one."""

from collections import defaultdict

from certification.habilitation.documents.standing import WORD_OF_STEP
from certification.habilitation.models import Habilitation
from lms.accounts.models import Person
from lms.kernel.formats import date_short, number
from lms.organisations.models import Membership

UNSAID = "–"


def compared(members) -> list[tuple[str, list[str]]]:
    """What each record says, by label, but for what none of them says. All are people, or all structures."""
    told = _people(members) if isinstance(members[0], Person) else _structures(members)
    rows = [(label, [one[label] or UNSAID for one in told]) for label in told[0]]
    return [(label, values) for label, values in rows if set(values) != {UNSAID}]


def _structures(members) -> list[dict[str, str]]:
    followed = _people_of(Habilitation.objects.filter(organisation__in=members))
    attached = _people_of(Membership.objects.active().filter(organisation__in=members))
    return [
        {
            "SIRET": one.spaced_siret,
            "Numéro Datapass": one.data_pass_id,
            "Type": str(one.structure_type or ""),
            "Adresse": ", ".join(filter(None, (one.address, f"{one.postcode} {one.city}".strip()))),
            "Personnes suivies": number(len(followed[one.pk])),
            "Personnes rattachées": number(len(attached[one.pk])),
        }
        for one in members
    ]


def _people_of(rows) -> dict[int, set]:
    found = defaultdict(set)
    for organisation, person in rows.values_list("organisation", "person"):
        found[organisation].add(person)
    return found


def _people(members) -> list[dict[str, str]]:
    habilitations = defaultdict(list)
    for one in Habilitation.objects.filter(person__in=members).select_related("organisation").order_by("pk"):
        habilitations[one.person_id].append(f"{one.organisation} ({WORD_OF_STEP[one.step].lower()})")
    return [
        {
            "Adresse électronique": one.email,
            "Adresse pour Pix": one.pix_email,
            "Structures": ", ".join(habilitations[one.pk]),
            "Dernière connexion": date_short(one.last_login) if one.last_login else "jamais",
        }
        for one in members
    ]
