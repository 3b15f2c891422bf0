"""The relevé de connexion: the online part étape by étape, read again and signed by the person trained. No score."""

from zoneinfo import ZoneInfo

from lms.kernel.formats import NBSP, date_short, duration, instant, nbsp, time_short
from parcours.learning.documents import employer_named, releve_of
from parcours.learning.engine.presence import minutes
from parcours.paperwork.documents.pieces import content_of, digest, facts, nature_of, parties, table

STATEMENT = (
    "J’ai relu ce relevé : il correspond à la partie en ligne que j’ai suivie. J’ai pu demander des corrections avant "
    "de le signer."
)


def connections_content(registration) -> dict:
    """Without the signature; what is signed is its digest."""
    session, person = registration.session, registration.person
    releve = releve_of(registration.enrolment)
    zone = person.time_zone or session.zone
    employer = employer_named(registration.employer)
    blocks = [
        facts(
            [
                ("Stagiaire", person.full_name),
                ("Employeur", employer["name"]),
                ("Formation", session.title),
                ("Nature", nature_of(session.edition.content)),
                ("Durée déclarée des étapes terminées", duration(releve["declared"])),
                ("Temps constaté", f"{duration(releve['seen'])}, donné à titre d’information"),
            ]
        ),
        table(
            ("Étape", "Premier accès", "Dernier accès", "Terminée", "Durée déclarée", "Temps constaté"),
            [_row(line, zone) for line in releve["lines"]],
            widths=(46, 28, 28, 28, 20, 20),
            right=(4, 5),
            title=f"Étapes ouvertes{NBSP}: {len(releve['lines'])}",
            total=("Total", "", "", "", duration(releve["declared"]), duration(releve["seen"])),
        ),
    ]
    return content_of(session, blocks, holder=person.full_name)


def _row(line, zone):
    last = line.row.last_at or line.opened_at
    return (
        line.activity.title,
        _moment(line.opened_at, zone),
        _moment(last, zone),
        _moment(line.done_at, zone) if line.done_at else "non",
        duration(line.activity.minutes),
        duration(minutes(line.seconds)),
    )


def _moment(at, zone) -> str:
    if at is None:
        return "–"
    local = at.astimezone(ZoneInfo(zone))
    return f"{date_short(local)} {time_short(local)}"


def signed_connections(registration, content, *, at) -> dict:
    """What was shown, with who signed it and when."""
    told = [registration.person.full_name, STATEMENT, f"Signé en ligne {instant(at, registration.session.zone)}"]
    learner = (nbsp("La personne formée"), [*told, f"Empreinte de ce qui est signé{NBSP}: {digest(content)}"])
    organisation = registration.session.organisation
    issuer = (f"Pour {organisation}", [organisation.signatory_name, organisation.signatory_role])
    return content | {"blocks": [*content["blocks"], parties(learner, issuer)]}


def connections_key(registration, rank=1) -> str:
    return f"paperwork.connections:{registration.pk}" + (f":{rank}" if rank > 1 else "")
