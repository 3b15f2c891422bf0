"""The certificat de réalisation: the hours done by one person in one session, for whoever pays."""

from lms.kernel.definitions import define
from lms.kernel.formats import date_long, duration
from lms.kernel.rules import current
from parcours.learning.documents import employer_named
from parcours.paperwork.documents.pieces import content_of, facts, half_day_label, lines, nature_of

UNDERTAKING = define(
    "paperwork.engagement_conservation",
    "certificat de réalisation : l’engagement de conserver les pièces",
    "text",
    default="L’organisme s’engage à conserver pendant trois ans, à compter de la fin de l’année du dernier paiement, "
    "les pièces qui ont permis d’établir ce certificat, sans préjudice des délais des règles fiscales, comptables ou "
    "commerciales. Si des fonds européens participent au paiement, la durée est celle que leur convention fixe.",
)
"""Source: template published by the ministry (order of 21 December 2018); its exact wording is to be checked there."""
LIVE = "Heures en direct : demi-journées signées et contresignées, au temps de présence."
ONLINE = "Heures en ligne : somme des durées moyennes déclarées des étapes terminées (article D6313-3-1)."


def certificate_content(registration, hours, *, cites="") -> dict:
    session, person = registration.session, registration.person
    issuer = session.organisation
    employer = employer_named(registration.employer)
    attended = [one for one in hours.half_days if one.minutes]
    blocks = [
        lines(
            f"Je, {issuer.signatory_name}, {issuer.signatory_role} de {issuer}, atteste que "
            f"{person.full_name}, de {employer['name']}, a suivi l’action ci-dessous."
        ),
        facts(
            [
                ("Stagiaire", person.full_name),
                ("Employeur", [employer["name"], f"SIRET {employer['siret']}" if employer["siret"] else ""]),
                ("Action", session.title),
                ("Nature de l’action", nature_of(session.edition.content)),
                ("Dates", dates_of_session(session)),
                (
                    "Demi-journées suivies",
                    [f"{half_day_label(one.half_day)} : {duration(one.minutes)}" for one in attended],
                ),
                ("Heures en direct", duration(hours.signed_minutes)),
                ("Heures en ligne", duration(hours.distance_minutes) if hours.distance_planned_minutes else ""),
                ("Durée réalisée", duration(hours.total_minutes)),
            ]
        ),
        lines([LIVE, ONLINE] if hours.distance_planned_minutes else [LIVE], title="Comment ces heures sont comptées"),
        lines(
            current(UNDERTAKING.code, session.starts_at.astimezone(session.tzinfo).date()),
            title="Conservation des pièces",
        ),
    ]
    return content_of(
        session, blocks, holder=person.full_name, signed=True, cites=cites, minutes_done=hours.total_minutes
    )


def dates_of_session(session) -> str:
    first, last = (moment.astimezone(session.tzinfo).date() for moment in (session.starts_at, session.ends_at))
    return f"le {date_long(first)}" if first == last else f"du {date_long(first)} au {date_long(last)}"


def certificate_key(registration, rank=1) -> str:
    return f"paperwork.certificate:{registration.pk}" + (f":{rank}" if rank > 1 else "")
