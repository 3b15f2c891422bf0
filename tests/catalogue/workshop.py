"""Two organisations that write, a national catalogue, and the people who come and go between them."""

import json
import uuid

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from lms.organisations.actions import add_member
from lms.organisations.models import Role
from parcours.catalogue.models import LibraryPage, ModulePage, ParcoursModule, ParcoursPage
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import QUALIOPI
from tests.catalogue.situations import loaded
from tests.organisations.factories import OrganisationFactory

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><path d="M0 0h9v9z"/></svg>'
ROLES = {
    "author": ("armor", Role.TRAINER),
    "reviewer": ("armor", Role.REVIEWER),
    "manager": ("armor", Role.TRAINING_MANAGER),
    "other": ("littoral", Role.TRAINER),
    "learner": ("armor", Role.LEARNER),
    "pilot": ("anct", Role.PILOT),
}


def body(words=140, **changes) -> str:
    text = {"type": "texte", "value": "<p>" + "mot " * words + "</p>", "id": str(uuid.uuid4())}
    etape = {"title": "Savoir décider", "slug": "", "minutes": 1, "reflection": 0, "reflection_reason": ""}
    value = etape | {"estimate": False, "content": [text]} | changes
    return json.dumps([{"type": "etape", "value": value, "id": str(uuid.uuid4())}])


class Workshop:
    def __init__(self):
        self.parcours, self.national = loaded()
        self.organisations = {
            "armor": OrganisationFactory(training=True, name="Formation Armor"),
            "littoral": OrganisationFactory(training=True, name="École Littoral"),
            "anct": OrganisationFactory(anct=True, name="ANCT"),
        }
        self.people = {name: self.member(home, role) for name, (home, role) in ROLES.items()}
        self.people["admin"] = PersonFactory(staff=True)
        self.libraries = {
            name: LibraryPage.objects.get(organisation=self.organisations[name]) for name in ("armor", "littoral")
        }
        self.pages = {
            "own module": self.module("armor", "Brouillon Armor"),
            "other's module": self.module("littoral", "Brouillon Littoral"),
            "national module": self.national,
            "own parcours": self.parcours_in("armor", "Parcours Armor"),
            "other's parcours": self.parcours_in("littoral", "Parcours Littoral"),
        }
        self.images = self.media(get_image_model(), "svg", SVG)
        self.documents = self.media(get_document_model(), "txt", b"Une fiche.")

    def member(self, home, role, **names):
        person = PersonFactory(**names)
        add_member(person, self.organisations[home], role=role, by=None)
        return person

    def module(self, name, title, *, by=None, **values):
        author = by or self.people["other" if name == "littoral" else "author"]
        page = ModulePage(title=title, summary="Savoir.", live=False, owner=author, body=body(), **values)
        page = self.libraries[name].add_child(instance=page)
        page.save_revision(user=author)
        return page

    def parcours_in(self, name, title):
        page = ParcoursPage(title=title, summary="Un parcours.", minutes=5, live=False, **QUALIOPI)
        page.parcours_modules = [ParcoursModule(module=self.national, sort_order=0)]
        page = self.libraries[name].add_child(instance=page)
        page.save_revision()
        return page

    def media(self, model, extension, raw) -> dict:
        places = {"own": self.libraries["armor"].collection, "other's": self.libraries["littoral"].collection}
        places["national"] = LibraryPage.objects.get(organisation=None).collection
        return {
            f"{whose} medium": model.objects.create(
                title=f"Fiche {place.name}", collection=place, file=ContentFile(raw, name=f"fiche.{extension}")
            )
            for whose, place in places.items()
        }
