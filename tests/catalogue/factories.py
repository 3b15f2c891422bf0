"""Editions as `freeze` writes them, without the page tree: what `learning` stands on in its tests."""

import uuid

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Locale, Page

from lms.organisations.models import Kind, Organisation
from parcours.catalogue.actions.listing import list_in_catalogue
from parcours.catalogue.models import Edition, EditionActivity, ParcoursPage
from tests.assessment.factories import new_id, question
from tests.organisations.factories import OrganisationFactory

QUALIOPI = {
    "audience": "Agents d’accueil",
    "prerequisites": "Aucun",
    "objectives": "Distinguer « faire avec » et « faire pour le compte de »",
    "methods": "Lecture, exercices, questions",
    "evaluation": "Quiz final",
    "modalities": "À distance, en autonomie",
    "access": "Immédiat",
    "price": "Gratuit",
    "contact": "contact@exemple.test, réponse sous deux jours ouvrés",
    "accessibility": "Contenus lisibles au clavier et par un lecteur d’écran",
    "disability_contact": "handicap@exemple.test",
}


def root_page():
    """The root that migrations made, or another one after a test that emptied the tables."""
    Locale.objects.get_or_create(language_code="fr")
    return Page.get_first_root_node() or Page.add_root(title="Root", slug="root")


def somebody_who_answers():
    """The only training organisation of the test, or one of its own."""
    known = Organisation.objects.filter(kind=Kind.TRAINING).exclude(nda="").exclude(assistance_contact="")
    return known.get() if known.count() == 1 else OrganisationFactory(training=True)


class ParcoursPageFactory(DjangoModelFactory):
    class Meta:
        model = ParcoursPage

    title = factory.Sequence(lambda n: f"Parcours {n}")
    slug = factory.Sequence(lambda n: f"parcours-{n}")
    summary = "Savoir quand un mandat est nécessaire."
    minutes = 30
    audience = factory.LazyFunction(lambda: QUALIOPI["audience"])

    @classmethod
    def _create(cls, model_class, *args, parent=None, **kwargs):
        parent = parent or root_page()
        return parent.add_child(instance=model_class(**QUALIOPI | kwargs))


def series(*kinds, title="À vous de décider") -> dict:
    kinds = kinds or ("choix-unique", "choix-multiple", "vrai-faux")
    return {"type": "questions", "id": new_id(), "title": title, "questions": [question(kind) for kind in kinds]}


READING = {"type": "html", "html": "<h2>Le mandat</h2><p>Il dit ce que vous pouvez faire.</p>"}
ACTIVITIES = (
    {"title": "Lire", "minutes": 12, "rule": {"kind": "read"}, "nodes": lambda: [READING]},
    {"title": "Décider", "minutes": 10, "rule": {"kind": "answered"}, "nodes": lambda: [READING, series()]},
    {
        "title": "Quiz final",
        "minutes": 8,
        "rule": {"kind": "score", "threshold": 70, "keep": "best"},
        "nodes": lambda: [series(*["choix-unique"] * 4, title="Quiz final")],
    },
)


class EditionFactory(DjangoModelFactory):
    """Three étapes by default: one read, one answered, one scored. `activities=[{…}]` gives others.

    Somebody answers for its parcours, so that one may enrol.

    Trait: `described=True` says of the parcours what its page says.
    """

    class Meta:
        model = Edition
        skip_postgeneration_save = True

    parcours = factory.SubFactory(ParcoursPageFactory, organisation=factory.LazyFunction(somebody_who_answers))
    number = factory.LazyAttribute(lambda edition: Edition.objects.next_number(edition.parcours))
    title = factory.SelfAttribute("parcours.title")
    slug = factory.SelfAttribute("parcours.slug")
    digest = factory.LazyFunction(lambda: uuid.uuid4().hex * 2)
    minutes = factory.SelfAttribute("parcours.minutes")
    published_at = factory.LazyFunction(timezone.now)
    content = factory.LazyAttribute(
        lambda edition: (
            {
                "title": edition.title,
                "summary": "Savoir quand un mandat est nécessaire.",
                "introduction": "",
                "objectives": ["Distinguer « faire avec » et « faire pour le compte de »"],
                "nature": "Action de formation",
                "modality": {"code": "a-distance", "label": "à distance"},
                "evaluation": "Quiz final",
                "habilitation": edition.habilitation,
                "minutes": edition.minutes,
                "modules": [{"id": MODULE_ID, "title": "Cadre juridique"}],
            }
            | (edition.parcours.description(str) if edition.described else {})
        )
    )

    class Params:
        habilitation = False
        described = False

    @factory.post_generation
    def activities(edition, create, given, **kwargs):
        given = ACTIVITIES if given is None else given
        for position, values in enumerate(given, start=1):
            EditionActivityFactory(edition=edition, position=position, **activity_values(values))
        list_in_catalogue(edition)


MODULE_ID = str(uuid.uuid5(uuid.NAMESPACE_URL, "tests/module"))


def activity_values(values: dict) -> dict:
    nodes = values.get("nodes", [READING])
    return values | {"nodes": nodes() if callable(nodes) else nodes}


class EditionActivityFactory(DjangoModelFactory):
    class Meta:
        model = EditionActivity

    position = factory.Sequence(lambda n: n + 1)
    activity_id = factory.LazyFunction(new_id)
    slug = factory.LazyAttribute(lambda activity: f"etape-{activity.position}")
    module_id = MODULE_ID
    module_title = "Cadre juridique"
    title = factory.Sequence(lambda n: f"Étape {n}")
    minutes = 10
    duration_basis = "390 mots à 130 par minute, et 7 min de réflexion : les questions."
    rule = {"kind": "read"}
    nodes = [READING]
    competences = ["mandat"]
