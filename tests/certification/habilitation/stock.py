"""Files as Aidants Connect and Pix export them, made up line by line."""

import csv
import io
import json
import random
import unicodedata

from django.core.files.uploadedfile import SimpleUploadedFile

from certification.habilitation.actions.imports import receiving, recording
from certification.habilitation.lifecycle import FileState
from lms.kernel.jobs import run_due
from tests.accounts.factories import PersonFactory
from tests.certification.habilitation.factories import DAY
from tests.organisations.factories import OrganisationFactory, luhn_siret

GENERAL = (
    *("Adresse e-mail", "Nom", "Prénom", "Profession", "Type de Parcours", "Est référent"),
    *("L'aidant est conseiller numérique", "Moyen de connexion Activé", "Date de formation"),
    *("Nom Organisme de formation", "Organisation: Nom", "Organisation: Datapass ID", "Organisation: N° SIRET"),
    *("Organisation: Siret Invalide", "Organisation: Code Postal", "Organisation: Ville"),
    *("Organisation: Code INSEE du département", "Organisation: Code INSEE de la région", "Organisation type: Nom"),
)


def general_line(rank, **values):
    """One account of the general export, with its defects: the region column holds the département."""
    return {
        "Adresse e-mail": f"aidant{rank}@ville{rank // 3}.example",
        "Nom": f"Nom{rank}",
        "Prénom": "Camille",
        "Profession": "agent d’accueil",
        "Est référent": "False",
        "L'aidant est conseiller numérique": "False",
        "Moyen de connexion Activé": "True" if rank % 2 else "False",
        "Date de formation": "14-03-2025",
        "Nom Organisme de formation": "NC",
        "Organisation: Nom": f"Mairie de Ville{rank // 3}",
        "Organisation: Datapass ID": str(35010000 + rank // 3),
        "Organisation: N° SIRET": luhn_siret(rank // 3 + 1),
        "Organisation: Siret Invalide": "False",
        "Organisation: Code Postal": "35000",
        "Organisation: Ville": f"Ville{rank // 3}",
        "Organisation: Code INSEE du département": "35",
        "Organisation: Code INSEE de la région": "35",
        "Organisation type: Nom": "None",
    } | values


def csv_of(headings, lines, *, separator=",", encoding="utf-8", end="\r\n") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, headings, delimiter=separator, lineterminator=end, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode(encoding)


def general(count=6, **options) -> bytes:
    return csv_of(GENERAL, [general_line(rank) for rank in range(count)], **options)


def pix_json(*lines) -> bytes:
    return json.dumps(
        [{"date d'envoi": on, "email saisi": email, "résultat": score} for on, email, score in lines]
    ).encode()


def received(content, kind="A11", *, name="aidants.csv", by=None, organisation=None, dated_on=DAY, **values):
    """A file that was deposited and read."""
    found = receiving.receive(
        SimpleUploadedFile(name, content),
        kind=kind,
        dated_on=dated_on,
        organisation=organisation or OrganisationFactory(),
        by=by or PersonFactory(),
        **values,
    )
    run_due()
    found.refresh_from_db()
    return found


def recorded(content, kind="A11", *, by=None, **values):
    """A file that was deposited, read, then recorded whole."""
    by = by or PersonFactory()
    found = received(content, kind, by=by, **values)
    recording.confirm(found, by=by)
    run_due()
    found.refresh_from_db()
    assert found.state == FileState.DONE
    return found


def in_disorder(rank) -> dict:
    """A line of the general export: five in a hundred have one of the defects that it is known for."""
    line = general_line(rank)
    return line | DEFECTS.get(rank % 100, lambda line: {})(line)


DEFECTS = {
    7: lambda line: {"Date de formation": "31-02-2025"},
    13: lambda line: {"Adresse e-mail": ""},
    37: lambda line: {"Adresse e-mail": "shared@ville.example", "Nom": f"Autre{line['Nom']}"},
    41: lambda line: {"Organisation: Siret Invalide": "True", "Organisation: N° SIRET": "12"},
    43: lambda line: {"Nom": "=cmd|' /C calc'!A0", "Prénom": "Zoe\u0301"},
}
"""By the last two digits of the rank: a day that is not one, no address, somebody else’s, no SIRET, a formula."""


def general_otherwise(count, *, seed=0) -> bytes:
    """The same lines as `general_in_disorder`, in another order, other columns first, saved by another program."""
    ranks = [*range(count), *(rank for rank in range(count) if rank % 100 == 99)]
    random.Random(seed).shuffle(ranks)
    content = csv_of(tuple(reversed(GENERAL)), (in_disorder(rank) for rank in ranks), separator=";", end="\n")
    return unicodedata.normalize("NFC", content.decode()).encode("cp1252")


def general_in_disorder(count, *, start=0, **options) -> bytes:
    """Every hundredth line comes twice."""
    ranks = (
        rank for first in range(start, start + count) for rank in ((first, first) if first % 100 == 99 else (first,))
    )
    return csv_of(GENERAL, (in_disorder(rank) for rank in ranks), **options)
