"""The people a visitor may become in one click."""

from dataclasses import dataclass
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from lms.accounts.models import Person
from lms.accounts.receivers import NOWHERE
from lms.demo.population.draw import identity, plain, siret
from lms.demo.population.institutions import SEED, institution
from lms.organisations.actions import add_member
from lms.organisations.models import Organisation, Role, StructureType


@dataclass(frozen=True)
class Persona:
    """`homes`: institution codes or keys of HOMES, each with the roles held there. `lands` is their first screen.

    `departements` are those that a territorial pilot follows.
    """

    code: str
    first_name: str
    last_name: str
    email: str
    title: str
    purpose: str
    homes: dict
    lands: str = "/espace/"
    time_zone: str = "Europe/Paris"
    staff: bool = False
    departements: tuple = ()

    @property
    def public_id(self):
        return identity(SEED, "persona", self.code)

    @property
    def invitation(self):
        return f"Entrer comme {self.title[0].lower()}{self.title[1:]}"

    @property
    def full_name(self):
        return f"{self.first_name} {self.last_name}"


HOMES = {
    "ploumar": {
        "name": "Mairie de Ploumar-sur-Exemple",
        "address": "1 place de l’Exemple",
        "city": "Ploumar-sur-Exemple",
        "postcode": "29000",
        "departement_id": "29",
        "type": 30,
    },
    "kerizel": {
        "name": "Mairie de Kerizel-en-Exemple",
        "address": "1 place de l’Exemple",
        "city": "Kerizel-en-Exemple",
        "postcode": "29000",
        "departement_id": "29",
        "type": 30,
    },
    "mtsangadou": {
        "name": "France services de Mtsangadou",
        "address": "1 place de l’Exemple",
        "city": "Mtsangadou",
        "postcode": "97600",
        "departement_id": "976",
        "type": 1,
        "france_services": True,
        "france_services_number": "FS-97600",
    },
    "valdexemple": {
        "name": "CCAS de Val-d’Exemple",
        "address": "1 place de l’Exemple",
        "city": "Val-d’Exemple",
        "postcode": "59000",
        "departement_id": "59",
        "type": 2,
    },
}
DEVICES = {"Chrome sur Windows": timedelta(days=9, hours=3), "Firefox sur Android": timedelta(days=2, hours=5)}
SIGNED_IN_FOR = timedelta(days=365)
FIRST_RANK = 100
LEARNER = (Role.LEARNER,)

PERSONAS = (
    Persona(
        "apprenante",
        "Sophie",
        "Le Bris",
        "sophie.lebris@mairie-ploumar.example",
        "Apprenante",
        "secrétaire de mairie dans deux communes du Finistère, vingt minutes par jour pour se former.",
        {"ploumar": LEARNER, "kerizel": LEARNER},
    ),
    Persona(
        "apprenante-mayotte",
        "Anrafati",
        "Saïd Bacar",
        "anrafati.saidbacar@fs-mtsangadou.example",
        "Apprenante à Mayotte",
        "agente France services ; suit son parcours sur un téléphone, à l’heure de Mayotte.",
        {"mtsangadou": LEARNER},
        time_zone="Indian/Mayotte",
    ),
    Persona(
        "referente",
        "Nadia",
        "Vasseur",
        "nadia.vasseur@ccas-valdexemple.example",
        "Référente de structure",
        "responsable d’un CCAS du Nord ; suit ses collègues et se forme avec eux.",
        {"valdexemple": (Role.LEARNER, Role.STRUCTURE_REFERENT)},
        lands="/structure/",
    ),
    Persona(
        "formatrice",
        "Claire",
        "Fontaine",
        "claire.fontaine@institut-mediation.example",
        "Formatrice",
        "écrit les modules et répond aux apprenants de l’organisme de formation.",
        {"training": (Role.TRAINER, Role.TRAINING_MANAGER)},
        lands="/cms/",
    ),
    Persona(
        "referent-handicap",
        "Gwenaël",
        "Le Saux",
        "gwenael.lesaux@institut-mediation.example",
        "Référent handicap",
        "répond aux demandes d’adaptation de l’organisme de formation ; lui seul les lit.",
        {"training": (Role.DISABILITY_REFERENT,)},
        lands="/formation/adaptations/",
    ),
    Persona(
        "relectrice",
        "Élodie",
        "Marchand",
        "elodie.marchand@institut-mediation.example",
        "Relectrice",
        "relit les modules que soumettent les formateurs de l’organisme, les publie ou demande des changements.",
        {"training": (Role.REVIEWER,)},
        lands="/cms/",
    ),
    Persona(
        "formatrice-ecole",
        "Maëlle",
        "Guéguen",
        "maelle.gueguen@ecole-numerique.example",
        "Formatrice d’un autre organisme",
        "écrit dans la bibliothèque d’une seconde école ; n’y voit que ses modules et ceux du catalogue national.",
        {"school": (Role.TRAINER,)},
        lands="/cms/",
    ),
    Persona(
        "gestionnaire-opco",
        "Thomas",
        "Keller",
        "thomas.keller@opco-cohesion.example",
        "Gestionnaire OPCO",
        "contrôle les formations financées et les certifications.",
        {"opco": (Role.OPCO_OFFICER,)},
        lands="/financement/",
    ),
    Persona(
        "pilote-anct",
        "Julien",
        "Moreau",
        "julien.moreau@anct-demonstration.example",
        "Pilote ANCT",
        "suit la campagne, vague par vague, dans toutes les régions.",
        {"anct": (Role.PILOT,)},
        lands="/pilotage/",
    ),
    Persona(
        "pilote-territoriale",
        "Anne",
        "Kervella",
        "anne.kervella@hub-grand-ouest.example",
        "Coordinatrice de hub",
        "suit quatre départements de Bretagne : les chiffres et les structures, sans le nom des personnes.",
        {"hub": (Role.TERRITORIAL_PILOT,)},
        lands="/pilotage/",
        departements=("22", "29", "35", "56"),
    ),
    Persona(
        "administratrice",
        "Mariama",
        "Diallo",
        "mariama.diallo@anct-demonstration.example",
        "Administratrice",
        "règle l’instance : comptes, organisations, règles, travaux.",
        {"anct": (Role.ADMIN,)},
        lands="/admin/",
        staff=True,
    ),
)


COLLEAGUES = (  # of the référente, at the CCAS
    ("Bruno", "Carlier"),
    ("Fatou", "Sané"),
    ("Isabelle", "De La Croix"),
    ("Karim", "Aït Ahmed"),
    ("Maud", "Delattre"),
    ("Rosalie", "D’Almeida"),
    ("Thanh", "Pham"),
    ("Yannick", "Kowalski"),
)


def populate_personas() -> int:
    colleagues = sum(_colleague(first_name, last_name) for first_name, last_name in COLLEAGUES)
    return colleagues + sum(_persona(persona) for persona in PERSONAS)


@transaction.atomic
def _persona(persona) -> bool:
    if Person.objects.filter(public_id=persona.public_id).exists():
        return False
    person = Person.objects.create_person(
        email=persona.email,
        first_name=persona.first_name,
        last_name=persona.last_name,
        verified=True,
        public_id=persona.public_id,
        time_zone=persona.time_zone,
        is_staff=persona.staff,
        is_superuser=persona.staff,
    )
    for code, roles in persona.homes.items():
        for role in roles:
            followed = persona.departements if role == Role.TERRITORIAL_PILOT else ()
            add_member(person, home(code), role=role, by=None, departements=followed)
    _devices(person, persona)
    return True


def _devices(person, persona):
    """Signed in elsewhere, as their page of security shows; such a session holds nobody and opens nothing."""
    now = timezone.now()
    keys = [identity(SEED, "device", f"{persona.code} {words}").hex for words in DEVICES]
    kept = {"session_data": Session.get_session_store_class()().encode({}), "expire_date": now + SIGNED_IN_FOR}
    Session.objects.bulk_create([Session(session_key=key, **kept) for key in keys])
    devices = zip(keys, DEVICES.items(), strict=True)
    UserSession.objects.bulk_create(
        UserSession(user=person, session_key=key, user_agent=words, ip=NOWHERE, created_at=now - ago)
        for key, (words, ago) in devices
    )


@transaction.atomic
def _colleague(first_name, last_name) -> bool:
    public_id = identity(SEED, "colleague", f"{first_name} {last_name}")
    if Person.objects.filter(public_id=public_id).exists():
        return False
    email = f"{plain(first_name)}.{plain(last_name)}@ccas-valdexemple.example"
    names = {"first_name": first_name, "last_name": last_name}
    person = Person.objects.create_person(email=email, verified=True, public_id=public_id, **names)
    add_member(person, home("valdexemple"), role=Role.LEARNER, by=None)
    return True


def home(code) -> Organisation:
    if code not in HOMES:
        return institution(code)
    values = HOMES[code] | {"siret": siret(FIRST_RANK + list(HOMES).index(code)), "fictional": True}
    values["structure_type"] = StructureType.objects.filter(aidants_connect_id=values.pop("type")).first()
    return Organisation.objects.get_or_create(public_id=identity(SEED, "organisation", code), defaults=values)[0]
