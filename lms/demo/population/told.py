"""What others tell of trainings held elsewhere: sessions, presences, accounts; and what is handed out to them."""

import csv
import io
from datetime import timedelta

from django.core.files.base import ContentFile

from certification.habilitation.actions.handing import hand_over
from certification.habilitation.actions.imports import receiving, recording
from certification.habilitation.engine.kinds import HandedKind
from certification.habilitation.lifecycle import FactKind, FileKind
from certification.habilitation.models import ExternalId, Fact, Habilitation, ImportedFile
from lms.accounts.models import Person
from lms.demo.population.draw import identity
from lms.demo.population.institutions import SEED, institution
from lms.kernel.formats import date_short
from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.models import Membership, Role
from lms.organisations.queries import today

SESSIONS = (
    *("NOM", "Publie sur le site, disponible à l'inscription", "LIEU", "DATEDEBUT", "DATEFIN"),
    *("En présentiel/à distance", "ETAT", "DUREE", "ORGANISATION", "ID GRIST", "ID"),
)
REGISTERED = (
    *("PRENOM", "NOM", "EMAIL", "PROFESSION", "STRUCTURE", "FORMATION", "ETAT"),
    *("Présence en formation", "Conseiller numérique", "ID"),
)
HALF_DAYS = (
    *("id_session", "intitule", "of", "siret_of", "date_debut", "date_fin", "modalite", "duree_prevue_h"),
    *("email", "nom", "prenom", "siret_structure", "data_pass_id"),
    *("demi_journee", "present", "heures_realisees", "signature_le"),
)
PLAIN = ("Adresse e-mail", "Nom", "Prénom", "Date", "Présent")
FEED = (
    *("aidant_connect_id", "updated_at_ac", "prenom", "nom", "is_active_ac", "formation_fne_ac"),
    *("profession_ac", "nb_accompagnements_ac", "is_referent_ac", "structure_ac_id"),
)
CERTIFIED = ("Prenom", "Nom", "Email", "IdPG", "Pix")
ELSEWHERE = ("Réseau fictif des familles", "Coopérative fictive de la médiation")
PLACES = ("Rennes", "Lille", "Saint-Denis", "Distanciel", "Ajaccio", "Limoges")
COUNT, TRAINED, ACCOUNTS = 36, 24, 60


def populate_told() -> int:
    """How many files came in; none when they are there already."""
    pilot = Person.objects.get(public_id=identity(SEED, "persona", "pilote-anct"))
    if ImportedFile.objects.filter(received_by=pilot, kind=FileKind.SESSIONS).exists():
        return 0
    anct, on = institution("anct"), today() - timedelta(days=4)
    free = _not_trained()
    _recorded(pilot, anct, FileKind.SESSIONS, "sessions-aidants-connect.csv", _sessions(), on)
    _recorded(pilot, anct, FileKind.ATTENDANCE, "inscrits-aidants-connect.csv", _registered(free[:TRAINED]), on)
    _recorded(pilot, anct, FileKind.ACCOUNTS_FEED, "aidants-flux.csv", _feed(), on)
    _received(pilot, anct, FileKind.PIX_CSV, "certification-pix-conseillers.csv", _certified(), on)
    organisme = institution("training")
    manager = Membership.objects.filter(organisation=organisme, role=Role.TRAINING_MANAGER).order_by("pk")[0].person
    others = [*free[TRAINED:], *Habilitation.objects.select_related("person", "organisation").order_by("pk")]
    _received(manager, organisme, FileKind.HALF_DAYS, "assiduite.csv", _half_days(others[:14]), on)
    _received(manager, organisme, FileKind.PLAIN_ATTENDANCE, "presents-mercredi.csv", _plain(others[14:24]), on)
    _hand_over(pilot, anct)
    return 6


def _not_trained() -> list[Habilitation]:
    """Eligible, in nobody’s training yet: colleagues of the personas are left as they are."""
    found = Habilitation.objects.filter(trained_on=None, registered_on=None, exit_step="", pix_on=None)
    return list(found.exclude(eligible_on=None).select_related("person", "organisation").order_by("-pk"))


def _received(by, organisation, kind, name, content, dated_on):
    file = ContentFile(content, name=name)
    found = receiving.receive(file, kind=kind, dated_on=dated_on, organisation=organisation, by=by)
    receiving.read(found)
    return found


def _recorded(by, *args):
    found = recording.confirm(_received(by, *args), by=by)
    while recording.record_some(found):
        pass


def _csv(headings, lines, separator=";") -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerows([headings, *lines])
    return out.getvalue().encode("utf-8-sig")


def _day(rank):
    return today() - timedelta(days=30 + 7 * rank)


def _name(rank) -> str:
    return f"{ELSEWHERE[rank % 2]} - {date_short(_day(rank))}"


def _sessions() -> bytes:
    """One a week, some of which were cancelled."""
    lines = []
    for rank in range(COUNT):
        place, hours = PLACES[rank % len(PLACES)], 14 if rank % 3 else 7
        ends_on = _day(rank) + timedelta(days=hours // 14)
        way = "À distance" if place == "Distanciel" else "En présentiel"
        state = "Annulé" if rank % 12 == 11 else "Active"
        told = (_name(rank), "Non", place, date_short(_day(rank)), date_short(ends_on))
        lines.append((*told, way, state, hours, ELSEWHERE[rank % 2], "", 1200 + rank))
    return _csv(SESSIONS, lines)


def _registered(people) -> bytes:
    """Three in four were there; one registration was cancelled, one address is of nobody."""
    lines = []
    for rank, one in enumerate(people):
        who, state = one.person, "Annulé" if rank == 5 else "Inscrit"
        told = (who.first_name, who.last_name, who.email, one.profession, one.organisation.name)
        lines.append((*told, _name(rank // 4), state, "Non" if rank % 4 == 3 else "Oui", "Non", 5000 + rank))
    stranger = ("Josiane", "Exemple-Martin", "j.exemple-martin@courriel.example", "", "Mairie")
    lines.append((*stranger, _name(2), "Inscrit", "Oui", "Non", 5900))
    return _csv(REGISTERED, lines)


def _feed() -> bytes:
    """Accounts already known by their identifier; some closed, some of référents; one identifier nobody knows."""
    accounts = Fact.objects.counting().filter(kind=FactKind.ACCOUNT).select_related("person").order_by("pk")
    people = list({one.person_id: one.person for one in accounts}.values())[:ACCOUNTS]
    known = [
        ExternalId(person=one, system="aidants_connect", value=str(7000 + rank)) for rank, one in enumerate(people)
    ]
    ExternalId.objects.bulk_create(known, ignore_conflicts=True)
    lines = [
        (
            7000 + rank,
            "",
            one.first_name,
            one.last_name,
            "f" if rank % 20 == 9 else "t",
            "f",
            "",
            3,
            _referent(rank),
            "",
        )
        for rank, one in enumerate(people)
    ]
    unknown = people[:1] or [Person(first_name="Josiane", last_name="Exemple-Martin")]
    lines += [(7999, "", one.first_name, one.last_name, "t", "f", "", 0, "f", "") for one in unknown]
    return _csv(FEED, lines, separator=",")


def _referent(rank) -> str:
    return "t" if rank % 15 == 4 else "f"


def _certified() -> bytes:
    """A Pix certification, taken for the test of Aidants Connect: the page says what it is."""
    lines = [("Camille", f"Exemple{rank}", f"c.exemple{rank}@commune.example", 900 + rank, "oui") for rank in range(30)]
    return _csv(CERTIFIED, lines)


def _half_days(people) -> bytes:
    """Three half-days of a session that the organisme held outside the site; two people missed one of them."""
    first = today() - timedelta(days=12)
    days = [(first, "09:00-12:30"), (first, "13:30-17:00"), (first + timedelta(days=1), "09:00-12:30")]
    told = ("HP-2026-14", "Devenir aidant numérique", "Institut fictif de la médiation numérique", "")
    span = (date_short(first), date_short(days[-1][0]), "En présentiel", "10,5")
    lines = []
    for day, hours in days:
        for rank, one in enumerate(people):
            absent = rank in (3, 8) and day == days[-1][0]
            who = (one.person.email, one.person.last_name, one.person.first_name, one.organisation.siret, "")
            seen = ("Non", "0", "") if absent else ("Oui", "3,5", date_short(day))
            lines.append((*told, *span, *who, f"{date_short(day)} {hours}", *seen))
    return _csv(HALF_DAYS, lines)


def _plain(people) -> bytes:
    """As a trainer keeps it; a presence that cannot be read, an address that nobody bears."""
    day = date_short(today() - timedelta(days=9))
    lines = [
        (one.person.email, one.person.last_name, one.person.first_name, day, "?" if rank == 4 else "présent")
        for rank, one in enumerate(people)
    ]
    return _csv(PLAIN, [*lines, ("accueil.perso@courriel.example", "Exemple", "Léone", day, "présente")])


def _hand_over(pilot, anct):
    for kind in (HandedKind.MEDIATORS, HandedKind.STRUCTURES, HandedKind.PROGRESS, HandedKind.HALF_DAYS):
        try:
            hand_over(kind, form="csv", by=pilot, organisation=anct)
        except TransitionRefused:
            continue  # a population of a few people has nothing to hand over
