"""What a convention de formation says.

Source: Code du travail, art. D6353-1: title, objective and content; means; duration and period; how it is held,
followed and sanctioned; price and terms of payment. Art. L6354-1: what was not held is paid back.
"""

from lms.kernel.formats import date_long, instant, nbsp, number
from parcours.catalogue.documents import completion_sentence
from parcours.catalogue.engine.description import whole
from parcours.paperwork.documents.pieces import (
    content_of,
    dates_lines,
    digest,
    euros,
    facts,
    lines,
    nature_of,
    online_minutes,
    parties,
    planned,
    points,
    rate,
)
from parcours.paperwork.lifecycle import Party

FOLLOWED = (
    "Chaque demi-journée en direct est émargée par chaque stagiaire et contresignée par la personne qui forme.",
    "À la fin, l’organisme remet à l’acheteur, par stagiaire, un certificat de réalisation qui dit les heures "
    "réalisées, et au stagiaire une attestation de fin de formation. La formation ne délivre ni titre, ni diplôme.",
)
ONLINE = (
    "La partie en ligne est suivie à distance. Sa durée est la somme des durées moyennes déclarées des étapes "
    "terminées ; le temps constaté est donné à côté. Une personne nommée assiste les stagiaires et leur répond "
    "{delay} (article D6313-3-1 du Code du travail)."
)
NOT_HELD = (
    "Seules les heures réalisées sont attestées. En cas d’inexécution totale ou partielle, l’organisme rembourse les "
    "sommes indûment perçues de ce fait (article L6354-1 du Code du travail).",
    "Une personne inscrite peut être remplacée par une ou un collègue jusqu’au début de la session. Un désaccord se "
    "règle d’abord à l’amiable, puis devant le tribunal compétent.",
)
STATEMENT = (
    "Je déclare avoir pouvoir d’engager {party}. J’ai lu la convention {number} et je la signe telle quelle ; "
    "l’empreinte de son fichier est {sha256}."
)


def convention_content(convention, trainees) -> dict:
    """`trainees`: names, in order. Without signatures: those come when it is sent, then on the signed copy."""
    session, told = convention.session, whole(convention.session.edition.content)
    blocks = [
        _between(convention),
        points(told["objectives"], title="1. Objet : " + nbsp(f"« {session.title} »")),
        facts([("Nature", nature_of(told)), ("Contenu", _contents(told)), ("Prérequis", told["prerequisites"])]),
        facts([("Durée", planned(session)), ("Dates et lieux", dates_lines(session))], title="2. Durée et période"),
        facts([("Méthodes et moyens", told["methods"]), ("Encadrement", _trainers(session))], title="3. Moyens"),
        lines(_followed(session, told), title="4. Déroulement, suivi et sanction"),
        points(trainees, title=f"5. Stagiaires : {number(convention.seats)}"),
        _price(convention),
        lines([*NOT_HELD, *convention.terms.splitlines()], title="7. Inexécution, remplacement, désaccord"),
        lines(
            f"Les données des stagiaires servent à organiser et à prouver la formation. Contact : "
            f"{session.organisation.dpo_contact}.",
            title="8. Données personnelles",
        ),
    ]
    return content_of(session, blocks, holder=str(convention.buyer), cites=_cites(convention))


def _between(convention):
    organisation, buyer = convention.session.organisation, convention.buyer
    return facts(
        [
            (
                "Entre",
                [
                    f"{organisation}, {organisation.full_address}",
                    f"SIRET {organisation.spaced_siret}, déclaration d’activité n° {organisation.nda}",
                    f"Signataire : {organisation.signatory_name}, {organisation.signatory_role}",
                ],
            ),
            ("Et", [f"{buyer}, {buyer.full_address}", f"SIRET {spaced(convention.buyer_siret)}"]),
        ]
    )


def spaced(siret):
    parts = (siret[:3], siret[3:6], siret[6:9], siret[9:])
    return "\u00a0".join(part for part in parts if part)


def _contents(told):
    return [one["title"] for one in (*told["modules"], *told["seances"])] or [told["programme"]]


def _trainers(session):
    names = {person.full_name for one in session.half_days.all() for person in one.trainers.all()}
    return ", ".join(sorted(names)) or "Les formatrices et formateurs de l’organisme"


def _followed(session, told):
    online = ONLINE.format(delay=session.organisation.assistance_delay) if online_minutes(session) else ""
    return [*FOLLOWED[:1], online, told["evaluation"], completion_sentence(session.edition), *FOLLOWED[1:]]


def _price(convention):
    vat = f"{rate(convention.vat_rate)}, soit {euros(convention.vat)}. {convention.session.organisation.vat_mention}"
    references = [
        ("Code service", convention.service_code),
        ("Numéro d’engagement", convention.engagement_number),
        ("Devis accepté", convention.quote.paper.number if convention.quote and convention.quote.paper else ""),
    ]
    return facts(
        [
            ("Prix hors taxes", euros(convention.net)),
            ("TVA", vat),
            ("Prix toutes taxes comprises", euros(convention.gross)),
            ("Règlement", convention.payment_terms),
            *references,
        ],
        title="6. Prix et règlement",
    )


def _cites(convention):
    if convention.replaces is None or convention.replaces.paper is None:
        return ""
    old = convention.replaces.paper
    return f"Version {convention.version} : elle remplace la convention {old.number} du {date_long(old.issued_on)}."


def statement(party, paper) -> str:
    return nbsp(STATEMENT.format(party=party, number=paper.number, sha256=paper.sha256))


def sent_content(convention, content, signature) -> dict:
    """What is sent: the frozen content, the hash of what it says, and the first signature."""
    seal = facts([("Empreinte du contenu", digest(content))])
    signed = parties(
        (f"Pour {convention.session.organisation}", signed_lines(signature, convention.session.zone)),
        (
            f"Pour {convention.buyer}",
            ["À signer en ligne dans l’espace de la structure, ou sur ce fichier, à y déposer."],
        ),
    )
    return content | {"blocks": [*content["blocks"], seal, signed]}


def signed_content(convention, signatures) -> dict:
    """The signed copy: the same content, both signatures, and which file they are about."""
    paper = convention.paper
    zone = convention.session.zone
    content = paper.content
    copy = facts(
        [
            ("Convention signée", f"{paper.number}, du {date_long(paper.issued_on)}"),
            ("Empreinte de son fichier", paper.sha256),
        ]
    )
    by = {one.party: one for one in signatures}
    signed = parties(
        (f"Pour {convention.session.organisation}", signed_lines(by[Party.ISSUER], zone)),
        (f"Pour {convention.buyer}", signed_lines(by[Party.BUYER], zone)),
    )
    return content | {"blocks": [*content["blocks"][:-1], copy, signed], "cites": ""}


def signed_lines(signature, zone) -> list[str]:
    how = "Signé en ligne" if signature.way == signature._meta.get_field("way").default else "Fichier signé déposé"
    second = ", second facteur vérifié" if signature.factor == "mfa" else ""
    return [
        f"{signature.name}, {signature.role}",
        f"{how} {instant(signature.at, zone)}{second}",
        f"Empreinte du fichier déposé : {signature.file_sha256}" if signature.file_sha256 else "",
    ]
