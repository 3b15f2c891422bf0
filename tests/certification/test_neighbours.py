"""Whoever is next door tries every address of the three rooms: nothing is told, nothing moves."""

import html

import pytest

from certification.funding.models import Batch, Bordereau, Branches, Credential, Demande, Piece, SavedView
from certification.habilitation import actions
from certification.habilitation.models import Fact, Habilitation, HandOver, ImportedFile, ImportedLine, Merge
from lms.organisations.models import Role
from lms.pilotage.actions import fold
from lms.pilotage.models import ListExport
from parcours.assistance.engine.files import CheckedFile
from tests.accounts.factories import PersonFactory
from tests.certification.funding import factories as made
from tests.certification.habilitation.factories import DAY, HabilitationFactory, ImportedFileFactory
from tests.organisations.factories import CampagneFactory, MembershipFactory, OrganisationFactory, WaveFactory
from tests.organisations.situations import World
from tests.permissions.matrix import read_whole, signed_in
from tests.permissions.test_matrix import doors
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
SEARCHED = {
    "q": "Kerguelen",
    "region": "53",
    "departement": "35",
    "campagne": "toutes",
    "pile": "tous",
    "etat": "test-pix",
    "tri": "nom",
}
"""What somebody who knows the name and the place would ask: none of these words may be echoed by what is told."""
TOLD = ("Zéphyrine", "Pleumeur", "zephyrine@")
NAMESPACES = {
    "habilitation": {"person", "queue", "declaration", "doubts", "doubt", "pilotage_files", "pilotage_file"},
    "pilotage": {"list", "export_file"},
    "funding": {"home", "file", "bordereau", "share"},
}
"""Of each room, pages that do tell those they are for."""
CODES = {"axis": "region", "form": "csv", "code": "personnes-formees", "slug": "payer", "number": "CRE-2026-00001"}
OF_A_FACT = ("proof", "take_back", "withdraw", "declaration")
KINDS = {"merge": "structures"}


class Secret:
    """Somebody of a structure in Bretagne: what is followed, declared, received, asked and decided of her."""

    def __init__(self, world):
        self.structure = OrganisationFactory(name="Mairie de Pleumeur", departement=world.structure.departement)
        self.demande = made.validated(opco=made.an_opco(name="OPCO Armor"), employer=self.structure)
        self.session = self.demande.session
        self.beneficiary = self.demande.beneficiaries.get()
        self.person = self.beneficiary.registration.person
        named = {"first_name": "Zéphyrine", "last_name": "Kerguelen", "email": "zephyrine@pleumeur.example"}
        for name, value in named.items():
            setattr(self.person, name, value)
        self.person.save()
        self.habilitation = HabilitationFactory(
            person=self.person, organisation=self.structure, facts=("eligibility", "training")
        )
        proof = CheckedFile("capture.pdf", "application/pdf", b"%PDF-1.4 capture")
        self.fact = actions.declare_pix(self.person, DAY, proof=proof, by=self.person)
        self.file = ImportedFileFactory(kind="A5", organisation=self.session.organisation, name="Pleumeur.csv")
        self.file.state = "done"
        self.file.save()
        values = {"email": self.person.email, "structure": "Mairie de Pleumeur"}
        self.line = ImportedLine.objects.create(file=self.file, number=2, values=values, outcome="unmatched")
        self.merge = Merge.objects.create(kept_person=self.person, merged_person=PersonFactory(), by=PersonFactory())
        pilot = world.people[Role.PILOT]
        values = {"content": b"Pleumeur", "read_with": {"level": 3, "departements": None}}
        self.export = ListExport.objects.create(indicator="personnes-formees", by=pilot, **values)
        told = {"kind": "A1", "by": pilot, "organisation": self.session.organisation, "lines": 1}
        self.handed = HandOver.objects.create(content=b"Pleumeur", **told)
        self._of_the_officers()
        self.wave = WaveFactory(campagne=CampagneFactory(code="2026"), number=1)
        fold()

    def _of_the_officers(self):
        """What they share, show and pay together, that names her file."""
        opco = self.demande.opco
        self.membership = MembershipFactory(organisation=opco, role=Role.OPCO_OFFICER)
        self.view = SavedView.objects.create(person=self.membership.person, name="Pleumeur")
        self.credential = made.credential_of(self.session.organisation)
        told = {"opco": opco, "made_by": self.membership.person}
        self.bordereau = Bordereau.objects.create(number="BP-2026-99999", **told)
        self.bordereau.lines.create(demande=self.demande, payee="Mairie de Pleumeur", amount=450)
        self.batch = Batch.objects.create(verdict="grant", by=self.membership.person)
        self.batch.lines.create(demande=self.demande)

    def given(self, namespace, name):
        """What stands in the address of a page, by the name of the part."""
        fact_or_file = self.fact if name in OF_A_FACT else self.file if "_" in name and "file" in name else None
        whose = {
            "habilitation": fact_or_file or self._of_habilitation(name),
            "pilotage": self.export,
            "funding": self.demande,
        }[namespace]
        return CODES | {
            "public_id": (self.handed if name.endswith("_made") else whose).public_id,
            "structure": self.structure.public_id,
            "session": self.session.public_id,
            "demande": self.demande.public_id,
            "opco": self.demande.opco.public_id,
            "piece": self.demande.pieces.first().pk,
            "beneficiary": self.beneficiary.pk,
            "pk": self.line.pk,
            "membership": self.membership.pk,
            "view": self.view.pk,
            "batch": self.batch.pk,
            "credential": self.credential.pk,
            "organisation": self.session.organisation.public_id,
            "decision": self.demande.decisions.first().pk,
            "payment": 1,
            "wanted": "arreter",
            "grain": "region",
            "kind": KINDS.get(name, "A1"),
            "number": self._number(name),
            "code": "2026" if namespace == "habilitation" else CODES["code"],
        }

    def _number(self, name):
        if name == "change_wave":
            return self.wave.number
        return self.bordereau.number if "bordereau" in name else CODES["number"]

    def _of_habilitation(self, name):
        if name.startswith("structure"):
            return self.structure
        if name == "undo_merge":
            return self.merge
        of_a_file = ("_confirm", "_abandon", "_column")
        return self.file if name.endswith(of_a_file) else self.habilitation

    def posted(self) -> dict:
        """Enough for each form that decides, were it open."""
        return SEARCHED | {
            "suite": "confirmer",
            "decider": "oui",
            "fait": self.fact.pk,
            "choix": str(self.demande.public_id),
            "whom": "aucune",
            "note": "Pour voir",
            "reason": "job_left",
            "status": "refused",
            "on": str(DAY),
            "sentence": "Pour voir",
            "format": "csv",
        }

    def rows(self) -> list:
        """What is recorded of her, and nothing else."""
        kept = (
            Habilitation.objects.filter(pk=self.habilitation.pk),
            Fact.objects.filter(person=self.person),
            Demande.objects.filter(pk=self.demande.pk),
            Piece.objects.filter(demande=self.demande),
            ImportedFile.objects.filter(pk=self.file.pk),
            ImportedLine.objects.filter(pk=self.line.pk),
            Merge.objects.filter(pk=self.merge.pk),
            ListExport.objects.filter(pk=self.export.pk),
            Credential.objects.filter(pk=self.credential.pk),
            Bordereau.objects.filter(pk=self.bordereau.pk),
            SavedView.objects.filter(pk=self.view.pk),
            Branches.objects.filter(membership=self.membership),
        )
        return [list(rows.order_by("pk").values_list()) for rows in kept]


def neighbours(world) -> dict:
    """Each as close as can be: the same role, the structure, région, OPCO or organisme next door."""
    mayotte = MembershipFactory(role=Role.TERRITORIAL_PILOT, organisation=OrganisationFactory(kind="hub"))
    mayotte.perimeter_regions.add(world.far.departement.region)
    referent = MembershipFactory(role=Role.STRUCTURE_REFERENT, organisation=world.neighbour)
    learner = MembershipFactory(role=Role.LEARNER, organisation=world.neighbour)
    return {
        "a hub of another région": mayotte.person,
        "a référent next door": referent.person,
        "a colleague next door": learner.person,
        "another OPCO": world.people[Role.OPCO_OFFICER],
        "another organisme": world.people[Role.TRAINING_MANAGER],
        "a trainer of another organisme": world.people[Role.TRAINER],
        "a former référent": world.people["former"],
        "a stranger": world.people["stranger"],
    }


def addresses(secret, namespace):
    """Every page of the room that is not public, filled with what is hers."""
    for door in doors(namespace):
        given = secret.given(namespace, door.name)
        defaults = door.default_args
        wanted = {name: given[name] for name in door.pattern.converters if name not in defaults}
        path = "/" + door.pattern._route
        for name, value in wanted.items():
            converter = next(part for part in path.split("<") if part.partition(">")[0].split(":")[-1] == name)
            path = path.replace(f"<{converter.partition('>')[0]}>", str(value))
        yield door.name, path


def heard(secret, asked, person, *, posts=True):
    """The pages of `asked` that tell this person anything of her, asked as they are, searched, posted to."""
    client, told = signed_in(person), (*TOLD, secret.demande.number)
    for name, path in asked:
        answers = [client.get(path), client.get(path, SEARCHED)]
        answers += [client.post(path, secret.posted())] if posts else []
        for answer in map(read_whole, answers):
            said = "" if answer.streaming else html.unescape(answer.content.decode(errors="replace"))
            yield from (f"{name}: {word}" for word in told if word in said)


@made_once
def next_door():
    world = World()
    return world, Secret(world)


@pytest.fixture
def world(next_door):
    return next_door[0]


@pytest.fixture
def secret(next_door):
    return next_door[1]


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_next_door_no_address_list_export_or_search_tells_anything_and_nothing_moves(namespace, world, secret):
    before, asked = secret.rows(), list(addresses(secret, namespace))
    for who, person in neighbours(world).items():
        assert (who, set(heard(secret, asked, person))) == (who, set())
    assert secret.rows() == before


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_the_same_addresses_tell_those_they_are_for(namespace, world, secret):
    officer = made.officer_of(secret.demande.opco)
    theirs = officer if namespace == "funding" else world.people[Role.PILOT]
    pages = {said.partition(":")[0] for said in heard(secret, addresses(secret, namespace), theirs, posts=False)}
    assert pages >= NAMESPACES[namespace]
