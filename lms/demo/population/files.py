"""Files as other services send them: one recorded that leaves doubts, one that waits for somebody to confirm it."""

import csv
import io
import json
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from certification.habilitation.actions.imports import receiving, recording
from certification.habilitation.lifecycle import FileKind
from certification.habilitation.models import Habilitation, ImportedFile
from lms.accounts.models import Person
from lms.demo.population.draw import identity, siret
from lms.demo.population.institutions import SEED, institution
from lms.organisations.models import Kind, Organisation

HEADINGS = (
    *("Adresse e-mail", "Nom", "Prénom", "Profession", "Moyen de connexion Activé", "Date de formation"),
    *("Organisation: Nom", "Organisation: Datapass ID", "Organisation: N° SIRET", "Organisation: Code Postal"),
)
STOCK = (
    ("Bernard", "Odile", "14-03-2025", "Mairie de Lanvaux-en-Exemple", "56990001", "56000"),
    ("Chevalier", "Rachid", "14-03-2025", "Mairie de Lanvaux-en-Exemple", "56990001", "56000"),
    ("Da Silva", "Inès", "02-06-2025", "CCAS de Saint-Exemple", "33990002", "33000"),
    ("Nguyen", "Thi Mai", "31-02-2025", "CCAS de Saint-Exemple", "33990002", "33000"),
    ("Payet", "Jean-Noël", "19-09-2025", "France services des Hauts", "97499003", "97400"),
)
UNKNOWN = ("c.roux.perso@courriel.example", "accueil.mairie@courriel.example", "m.k@courriel.example")


def populate_files() -> int:
    """How many files came in; none when they are there already."""
    pilot = Person.objects.get(public_id=identity(SEED, "persona", "pilote-anct"))
    if ImportedFile.objects.filter(received_by=pilot, name="resultats-test-pix.json").exists():
        return 0
    sent = timezone.localdate() - timedelta(days=6)
    recording.confirm(_received(pilot, FileKind.PIX_JSON, "resultats-test-pix.json", _pix(sent), sent), by=pilot)
    found = ImportedFile.objects.get(name="resultats-test-pix.json")
    while recording.record_some(found):
        pass
    _received(pilot, FileKind.GENERAL, "export-aidants.csv", _stock(), sent)
    _twins()
    return 2


def _received(pilot, kind, name, content, dated_on):
    file = ContentFile(content, name=name)
    found = receiving.receive(file, kind=kind, dated_on=dated_on, organisation=institution("anct"), by=pilot)
    receiving.read(found)
    return found


def _pix(sent) -> bytes:
    """Two of those trained here, and addresses that nobody bears."""
    trained = Habilitation.objects.filter(trained_on__isnull=False, pix_on=None, exit_step="").order_by("pk")
    known = [one.person.email for one in trained.select_related("person")[:2]]
    names = ("date d'envoi", "email saisi", "résultat")
    lines = [(sent.isoformat(), email, 0.5 + rank / 10) for rank, email in enumerate((*known, *UNKNOWN))]
    return json.dumps([dict(zip(names, line, strict=True)) for line in lines]).encode()


def _stock() -> bytes:
    """A few lines of the general export: one date that cannot be, one name that is known under another address."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for rank, (last, first, trained, structure, number, postcode) in enumerate(STOCK):
        address = f"{first[0].lower()}.{last.split()[-1].lower()}@{number}.example"
        told = (
            "agent d’accueil",
            "True" if rank % 2 else "False",
            trained,
            structure,
            number,
            siret(9000 + int(number[:2])),
        )
        writer.writerow([address, last, first, *told, postcode])
    known = Habilitation.objects.select_related("person", "organisation").filter(trained_on__isnull=False).first()
    if known:
        where, person = known.organisation, known.person
        named = (person.last_name, person.first_name, "agent d’accueil", "False", "19-09-2025")
        writer.writerow(
            ["autre.adresse@courriel.example", *named, where.name, where.data_pass_id or "", where.siret, ""]
        )
    return out.getvalue().encode()


def _twins():
    """Two structures that share a SIRET: an antenna, or the same one twice."""
    first = Organisation.objects.structures().exclude(siret="").order_by("pk").first()
    if first and not Organisation.objects.filter(siret=first.siret, antenne="Antenne du marché").exists():
        place = {name: getattr(first, name) for name in ("address", "postcode", "city", "departement")}
        Organisation.objects.create(
            kind=Kind.STRUCTURE,
            name=first.name,
            antenne="Antenne du marché",
            siret=first.siret,
            confirmed_at=timezone.now(),
            fictional=True,
            **place,
        )
