"""The programme of an edition: what its page stated on the day it was published."""

from lms.kernel.formats import date_long, duration
from parcours.catalogue.documents import completion_sentence, hours_sentence
from parcours.paperwork.documents.pieces import content_of, facts, lines, nature_of, points


def programme_key(session) -> str:
    return f"paperwork.programme:{session.edition_id}:{session.organisation_id}"


def programme_content(session) -> dict:
    edition = session.edition
    shown = edition.shown()
    told = shown["content"]
    blocks = [
        facts(
            [
                ("Édition", f"n° {edition.number}, du {date_long(edition.published_at)}"),
                ("Nature de l’action", nature_of(told)),
                ("Public visé", told["audience"]),
                ("Prérequis", told["prerequisites"]),
                ("Durée", hours_sentence(shown["figures"])),
                ("Modalités", [told["modality"]["label"], told["modalities"]]),
            ]
        ),
        points(told["objectives"], title="Objectifs : à la fin, savoir"),
        points([_module(one) for one in shown["programme"]], title="Modules en ligne"),
        points([_seance(one) for one in told["seances"]], title="Demi-journées en direct"),
        lines(told["programme"], title="Déroulé"),
        facts(
            [
                ("Moyens et méthodes", told["methods"]),
                ("Évaluation", told["evaluation"]),
                ("Fin du parcours", completion_sentence(edition)),
                ("Accès et délais", told["access"]),
                ("Tarif", told["price"]),
                ("Accessibilité", told["accessibility"]),
                ("Référent handicap", told["disability_contact"]),
                ("Contact", told["contact"]),
            ],
            title="Conditions",
        ),
    ]
    return content_of(session, [one for one in blocks if any(one.get(key) for key in ("facts", "lines", "points"))])


def _module(module) -> str:
    told = f"{module['title']} ({duration(module['minutes'])})"
    return f"{told} : {module['summary']}" if module["summary"] else told


def _seance(seance) -> str:
    told = f"{seance['title']} ({duration(seance['minutes'])})"
    return f"{told} : {seance['summary']}" if seance["summary"] else told
