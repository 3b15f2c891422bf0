"""Eight colleagues of one structure, a session of one day that prepares the habilitation, and who decides of it."""

from lms.organisations.models import Kind, Role
from lms.organisations.queries import today
from parcours.classroom.models import HalfDay, Session
from tests.browser.fourteen import NAMES, Group, afternoon_zone, member
from tests.catalogue.factories import EditionFactory, ParcoursPageFactory
from tests.certification.habilitation.stock import csv_of, pix_json
from tests.organisations.factories import CampagneFactory, OrganisationFactory
from tests.parcours.classroom.factories import RoomFactory, SessionFactory
from tests.parcours.classroom.ready import MINUTES, seances
from tests.parcours.paperwork.factories import organisme

DATAPASS = "35010001"
TO_TRAIN = (
    *("Date d'ajout", "N° de la demande Datapass", "Nom de la structure", "Nom de l'aidant à former"),
    *("Prénom de l'aidant à former", "Adresse e-mail de l'aidant à former", "status"),
)
PROOF = {"name": "capture.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 capture"}


class Eight(Group):
    """`people` are the eight. Six attend: `declares`, `declared`, `late`, `not_eligible`, and two who send nothing.

    Four are eligible: the first three, and `peer`, who attends nothing and is trained by a colleague.
    """

    def __init__(self):
        self.campagne = CampagneFactory(name="Campagne 2026-2027", objective=20_000)
        self.organisation = organisme(name="Formation Armor")
        self.structure = OrganisationFactory(name="Commune de Dol", data_pass_id=DATAPASS)
        self.trainer = member(self.organisation, Role.TRAINER)
        member(self.organisation, Role.TRAINING_MANAGER, "Yann Kerbrat")
        self.referent = member(self.structure, Role.STRUCTURE_REFERENT, "Solène Martin")
        self.pilot = member(OrganisationFactory(kind=Kind.ANCT, name="ANCT"), Role.PILOT, "Julien Moreau")
        self.people = [member(self.structure, Role.LEARNER, name) for name in NAMES[:8]]
        self.declares, self.declared, self.late, self.not_eligible, *self.silent, self.peer, self.away = self.people
        self.session = self._session()

    @property
    def present(self):
        return [one for one in self.people if one not in (self.peer, self.away)]

    @property
    def habilitated(self):
        return [self.declares, self.declared, self.late, self.peer]

    def _session(self) -> Session:
        parcours = ParcoursPageFactory(
            organisation=self.organisation,
            title="Aidants Connect, une journée",
            minutes=2 * MINUTES,
            is_habilitation=True,
        )
        content = parcours.description(str) | {"modules": [], "seances": seances()}
        session = SessionFactory(
            organisation=self.organisation,
            edition=EditionFactory(parcours=parcours, content=content, minutes=2 * MINUTES, activities=()),
            parcours=parcours,
            capacity=10,
            contact="Inès Le Goff",
            zone=afternoon_zone(),
            trainers=[self.trainer],
        )
        room = RoomFactory(organisation=self.organisation, name="Salle des Lices")
        for half_day, seance in zip(session.half_days.all(), content["seances"], strict=True):
            HalfDay.objects.filter(pk=half_day.pk).update(room=room, seance_id=seance["id"])
        return session

    def to_train(self) -> dict:
        """The file by which Aidants Connect says who is eligible, and by which route."""
        lines = [self._to_train(one, "processing") for one in (self.declares, self.declared, self.late)]
        lines.append(self._to_train(self.peer, "processing_p2p"))
        return _file("aidants-a-former.csv", "text/csv", csv_of(TO_TRAIN, lines, separator=";", encoding="utf-8-sig"))

    def _to_train(self, person, status):
        told = (str(today()), DATAPASS, self.structure.name, person.last_name, person.first_name, person.email, status)
        return dict(zip(TO_TRAIN, told, strict=True))

    def pix(self) -> dict:
        """Three results as Pix sends them: one of them is zero, one address is written in capitals."""
        day = str(today())
        lines = ((day, self.late.email.upper(), 0), (day, self.not_eligible.email, 0.62), (day, self.peer.email, 0.8))
        return _file("pix.json", "application/json", pix_json(*lines))


def _file(name, mime, content) -> dict:
    return {"name": name, "mimeType": mime, "buffer": content}
