"""The rooms and the sessions of the organisme de formation: six months held, four months to come, from here to Mayotte.

No two sessions share a day, so that no room and no trainer is taken twice.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from lms.accounts.models import Person
from lms.demo.population.draw import identity
from lms.demo.population.institutions import SEED, institution
from lms.organisations.actions import add_member
from lms.organisations.models import Departement, Role
from parcours.catalogue.models import Edition
from parcours.classroom.engine.slots import SATURDAY, next_working_day, proposed
from parcours.classroom.lifecycle import Modality, SessionState
from parcours.classroom.models import HalfDay, Room, Session

DAYS_HELD, DAYS_TO_COME = 180, 120
FEWEST, MOST = 20, 60
ROOMS = (
    ("Salle des Lices", "2 rue de l’Exemple", "35000", "Rennes", "35", 14, True, "Métro à 200 m. Boucle magnétique."),
    ("Salle Estuaire", "8 quai Fictif", "44000", "Nantes", "44", 16, True, "Tramway à 300 m, entrée de plain-pied."),
    ("Salle du Beffroi", "5 place Imaginée", "59000", "Lille", "59", 12, False, "Deuxième étage sans ascenseur."),
    ("Salle Karukéra", "1 rue du Port-Exemple", "97110", "Pointe-à-Pitre", "971", 14, True, "Parking devant la salle."),
    (
        "Salle du Lagon",
        "3 rue de la Barge-Exemple",
        "97600",
        "Mamoudzou",
        "976",
        12,
        True,
        "À dix minutes de la barge.",
    ),
    ("Salle des Hauts", "7 rue du Piton-Exemple", "97400", "Saint-Denis", "974", 14, True, "Bus à 100 m."),
    ("Salle des Canuts", "9 montée Fictive", "69004", "Lyon", "69", 14, True, "Métro, ascenseur."),
)
REMOTE_FROM = ("", "", "Indian/Mayotte")
"""Where the trainer of a remote session is, in turn: at the organisme, or at the other end of the country."""
TRAINERS = (("Malo", "Rivoal"), ("Soizic", "Madec"))
PRICES = {2: 450, 4: 890}
REASON = "Trop peu d’inscriptions : la session est reportée au printemps."


@transaction.atomic
def populate_classroom(*, people) -> int:
    """About one session for ten people; the national parcours with live half-days, in turn."""
    organisation = institution("training")
    editions = list(Edition.objects.offered().filter(content__seances__0__isnull=False).order_by("slug"))
    if not editions or Session.objects.filter(organisation=organisation).exists():
        return 0
    rooms = [_room(organisation, values) for values in ROOMS]
    trainers = _trainers(organisation)
    count = min(max(people // 10, FEWEST), MOST)
    for rank in range(count):
        edition = editions[rank % len(editions)]
        first_day = _day(rank, count)
        session = _session(rank, organisation, edition, rooms[rank % len(rooms)], first_day)
        _half_days(session, rooms[rank % len(rooms)], trainers[rank % len(trainers)], first_day)
        _move(session, rank, count)
    return count


def _room(organisation, values):
    name, address, postcode, city, departement, capacity, is_accessible, access = values
    kept = {"address": address, "city": city, "capacity": capacity, "is_accessible": is_accessible, "access": access}
    defaults = kept | {"departement": Departement.objects.get(code=departement)}
    return Room.objects.get_or_create(organisation=organisation, name=name, postcode=postcode, defaults=defaults)[0]


def _trainers(organisation):
    held = organisation.memberships.active().filter(role=Role.TRAINER).order_by("pk")
    return [one.person for one in held.select_related("person")] + [_trainer(organisation, *one) for one in TRAINERS]


def _trainer(organisation, first_name, last_name):
    person = Person(
        public_id=identity(SEED, "trainer", last_name),
        first_name=first_name,
        last_name=last_name,
        email=f"{first_name}.{last_name}@institut-mediation.example".lower(),
    )
    person.set_unusable_password()
    person.save(force_insert=True)
    add_member(person, organisation, role=Role.TRAINER, by=None)
    return person


def _day(rank, count):
    """Spread over the whole period, on working days."""
    day = timezone.localdate() + timedelta(days=rank * (DAYS_HELD + DAYS_TO_COME) // count - DAYS_HELD)
    return day if day.weekday() < SATURDAY else next_working_day(day)


def _session(rank, organisation, edition, room, first_day):
    remote, turn = rank % 6 == 2, rank // 6 % len(REMOTE_FROM)
    seances = edition.content["seances"]
    return Session.objects.create(
        public_id=identity(SEED, "session", rank),
        organisation=organisation,
        parcours_id=edition.parcours_id,
        edition=edition,
        modality=Modality.REMOTE if remote else Modality.ONSITE,
        zone=(REMOTE_FROM[turn] or organisation.time_zone) if remote else room.departement.time_zone,
        departement=None if remote else room.departement,
        capacity=room.capacity,
        for_conseillers=rank % 11 == 5,
        registrar="anyone" if rank % 3 == 0 else "referent",
        price=PRICES.get(len(seances), 450),
        price_note="Repas non compris" if not remote else "",
        practical="Accueil un quart d’heure avant. Venez avec votre téléphone et votre ordinateur, si vous en avez un.",
        contact="Claire Fontaine, contact@institut-mediation.example",
    )


def _half_days(session, room, trainer, first_day):
    remote = session.modality == Modality.REMOTE
    seances = session.edition.content["seances"]
    minutes = [one["minutes"] for one in seances]
    rhythm = "matins" if remote else "journees"
    hours = proposed(first_day, minutes, rhythm, session.zone)
    for position, (described, (start, end)) in enumerate(zip(seances, hours, strict=True), start=1):
        half_day = HalfDay.objects.create(
            session=session,
            position=position,
            starts_at=start,
            ends_at=end,
            seance_id=described["id"],
            room=None if remote else room,
            link="https://visio.exemple.fr/institut" if remote else "",
        )
        half_day.trainers.add(trainer)
    session.starts_at, session.ends_at = hours[0][0], hours[-1][1]


def _move(session, rank, count):
    """The last one is a draft, one in the middle was cancelled; what is over is closed, but for the latest."""
    now = timezone.now()
    if rank < count - 1:
        session.published_at = min(now, session.starts_at - timedelta(days=45))
        closed = session.ends_at < now - timedelta(days=10)
        session.state = SessionState.CLOSED if closed else SessionState.PUBLISHED
    if rank == count // 2:
        cancelled_at = min(now, session.starts_at - timedelta(days=9))
        session.state, session.cancelled_at, session.cancel_reason = SessionState.CANCELLED, cancelled_at, REASON
    session.save()
