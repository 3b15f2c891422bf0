"""Questions as the actions make them, put to an organisme where somebody trains."""

import io
import uuid
import zipfile

from PIL import Image

from lms.organisations.models import Role
from parcours.assistance import actions
from parcours.assistance.engine.files import DOCX, ODT
from parcours.assistance.models import Thread
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import EditionFactory
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.parcours.learning.factories import EnrolmentFactory

NIR = "1 85 05 78 006 084 36"
QUESTION = "Une dame n’a pas d’adresse électronique.\nPuis-je utiliser celle de la mairie ?"
GPS = 34853


def number():
    return uuid.uuid4().hex


def responsible(**values):
    return OrganisationFactory(training=True, **{"name": "Formation Armor", "email": "aide@armor.example"} | values)


def edition_of(organisation=None, **values):
    return EditionFactory(parcours__organisation=organisation or responsible(), **values)


def follower(edition=None, person=None):
    """Someone who follows the parcours, hence may ask."""
    return EnrolmentFactory(edition=edition or edition_of(), person=person or PersonFactory()).person


def trainer_of(organisation, role=Role.TRAINER, **values):
    return MembershipFactory(organisation=organisation, role=role, person=PersonFactory(**values)).person


def ask(edition=None, person=None, *, rank=0, text=QUESTION, **values) -> Thread:
    """A question asked from the étape of this rank; None for the whole parcours."""
    edition = edition or edition_of()
    activity = None if rank is None else edition.outline[rank]
    values.setdefault("client_id", number())
    return actions.ask(edition, activity, text=text, by=person or PersonFactory(), **values)


def answer(thread, by=None, text="Non : aidez-la à en créer une, et notez-la sur sa carte.", **values) -> Thread:
    values.setdefault("client_id", number())
    return actions.answer(thread, text=text, by=by or trainer_of(thread.organisation), **values)


def share(thread, by=None, question="Peut-on utiliser l’adresse de la mairie ?", answer_text="Non.", **values):
    values.setdefault("client_id", number())
    by = by or trainer_of(thread.organisation)
    return actions.share(thread, question=question, answer_text=answer_text, by=by, **values)


# --- Files ------------------------------------------------------------------------------------------------------------


def picture(format="JPEG", mode="RGB", size=(60, 40), located=False) -> bytes:
    output, image = io.BytesIO(), Image.new(mode, size, 1)
    exif = Image.Exif()
    if located:
        exif[GPS] = {1: "N", 2: (48.0, 7.0, 0.0), 3: "W", 4: (1.0, 41.0, 0.0)}
        exif[271] = "Téléphone"
    image.save(output, format, exif=exif)
    return output.getvalue()


def archive(**entries) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as file:
        for name, content in entries.items():
            file.writestr(name.replace("__", "/"), content)
    return output.getvalue()


def odt(**more) -> bytes:
    return archive(mimetype=ODT, **{"content.xml": "<office/>"} | more)


def docx(**more) -> bytes:
    return archive(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"} | more)


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
GOOD = {
    "consigne.pdf": (PDF, "application/pdf"),
    "capture.png": (picture("PNG"), "image/png"),
    "photo.jpg": (picture(), "image/jpeg"),
    "notes.odt": (odt(), ODT),
    "notes.docx": (docx(), DOCX),
    "notes.txt": (b"Une note.", "text/plain"),
}
