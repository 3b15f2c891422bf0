"""What is asked of the site, with the budgets of DESIGN § 8."""

import itertools
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from django.urls import reverse

from lms.kernel.models import OutgoingMail, Paper
from parcours.assessment.engine.marking import right_answer
from parcours.learning import actions
from parcours.learning.documents.standing import SORTS

READERS, WRITERS, FINISHERS = slice(0, 60), slice(60, 120), slice(120, 140)


@dataclass(frozen=True)
class Ask:
    path: str
    person: object = None
    values: dict | None = None
    headers: dict = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True)
class Scenario:
    """`asks` yields as many requests as are wanted; `ms`, `queries`, `p95` are budgets, None when there is none."""

    name: str
    asks: Callable[[object], Iterator[Ask]]
    ms: float | None = None
    queries: int | None = None
    p95: float | None = None
    requests: int = 200


def scenarios(world) -> list[Scenario]:
    first_views = _first_views(world)
    found = [
        Scenario("vue nue, connectée", lambda world: _cycle(world, lambda one: "/bench/bare/")),
        Scenario("étape, première vue", lambda world: first_views, ms=16, queries=12),
        Scenario("étape, revue", _views_again, ms=12, queries=8),
        Scenario("réponse et question suivante", _answers, ms=14, queries=12, p95=50),
        Scenario("60 étapes, revue", _long_views, ms=12, queries=8),
        Scenario("60 étapes, réponse", _long_answers, ms=14, queries=12),
        Scenario("Mon espace", lambda world: _cycle(world, lambda one: "/espace/")),
        Scenario("accueil du parcours", lambda world: _cycle(world, lambda one: one.get_absolute_url())),
        Scenario("catalogue", lambda world: _cycle(world, lambda one: "/catalogue/")),
        Scenario("page d’un parcours", lambda world: _cycle(world, lambda one: one.parcours.url)),
        *(
            Scenario(f"suivi des collègues, par {sort}", partial(_register, sort), ms=40, queries=15, requests=60)
            for sort in SORTS
        ),
        *_sessions(world.classroom),
        *_boards(world.boards),
        *_people_on_their_way(world),
        *_structures(world),
        *_piles(world.piles),
    ]
    paper = Paper.objects.issued().first()
    if paper:
        address = reverse("kernel:verify_paper", args=[paper.token])
        found.append(Scenario("vérification", lambda world: _strangers(address)))
    return found


def _strangers(path):
    """Each from an address of their own: the page counts how often one comes."""
    for rank in itertools.count():
        yield Ask(path, headers={"X-Forwarded-For": f"10.0.{rank // 250}.{rank % 250}"})


def _cycle(world, address):
    for enrolment in itertools.cycle(world.enrolments[READERS]):
        yield Ask(address(enrolment), enrolment.person)


def _register(sort, world):
    """The first page of the longest register there is, then the next ones."""
    address = reverse("colleagues:register", args=[world.structure.public_id])
    for page in itertools.cycle((1, 2, 3)):
        yield Ask(f"{address}?tri={sort}&page={page}", world.referent)


def _sessions(room):
    """Lists of five hundred sessions, pages of one with three hundred people."""
    session, sheet = room.session, room.session.half_days.first().sheet
    found = {
        "trouver une session": (reverse("classroom:find"), None),
        "sessions de l’organisme": (reverse("classroom:sessions"), room.manager),
        "stagiaires d’une session": (reverse("classroom:trainees", args=[session.public_id]), room.manager),
        "registre d’une session": (reverse("emargement:register", args=[session.public_id]), room.manager),
        "feuille d’émargement": (reverse("emargement:sheet", args=[sheet.public_id]), room.manager),
    }
    yield from _lists(found)


def _boards(boards):
    """What everybody counts for, of the whole nation, then of one région; the lists behind."""
    people = reverse("pilotage:list", args=["personnes-formees"])
    found = {
        "pilotage, la nation": (reverse("pilotage:board"), boards.pilot),
        "pilotage, une région": (reverse("pilotage:board"), boards.territorial),
        "pilotage, par région": (reverse("pilotage:breakdown", args=["region"]), boards.pilot),
        "pilotage, par type de structure": (reverse("pilotage:breakdown", args=["type"]), boards.pilot),
        "pilotage, la liste par date": (f"{people}?tri=date", boards.pilot),
        "pilotage, la liste par nom": (f"{people}?tri=nom", boards.pilot),
        "pilotage, une région par nom": (f"{people}?tri=nom&region=84", boards.pilot),
        "pilotage, les structures d’une région": (people, boards.territorial),
        "pilotage, un nom": (f"{people}?q=martin", boards.pilot),
        "pilotage, un mot de mille structures": (f"{people}?q=mairie", boards.pilot),
        "pilotage, un nom de structure": (f"{people}?q=mairie", boards.territorial),
    }
    yield from _lists(found)


def _people_on_their_way(world):
    """What référents follow, what the ANCT has to decide, to bring together, and the files it received."""
    pilot, followed = world.boards.pilot, reverse("habilitation:structure", args=[world.structure.public_id])
    queue = reverse("habilitation:queue")
    yield from _lists(
        {
            "habilitations d’une structure": (followed, world.referent),
            "habilitations d’une structure, un nom": (f"{followed}?q=martin", world.referent),
            "déclarations à vérifier": (queue, pilot),
            "déclarations à vérifier, un nom": (f"{queue}?q=martin", pilot),
            "fichiers reçus": (reverse("habilitation:pilotage_files"), pilot),
        }
    )


def _structures(world):
    """Those of the nation, the people of one of them, and what is there twice."""
    pilot, every = world.boards.pilot, reverse("organisations:organisations")
    twice = reverse("habilitation:duplicates")
    yield from _lists(
        {
            "structures de la nation": (every, pilot),
            "structures, un mot": (f"{every}?q=mairie", pilot),
            "structures, un SIRET": (f"{every}?q=2130", pilot),
            "personnes d’une structure": (reverse("organisations:members", args=[world.structure.public_id]), pilot),
            "structures en double": (f"{twice}?nature=structures", pilot),
            "personnes en double": (f"{twice}?nature=personnes", pilot),
        }
    )


def _piles(piles):
    """What an officer has to decide, and the files whose pieces are compared one by one."""
    home = reverse("funding:home")
    yield from _lists(
        {
            "piles d’un OPCO": (home, piles.officer),
            "piles, à contrôler": (f"{home}?pile=service-fait", piles.officer),
            "piles, tous les dossiers": (f"{home}?pile=tous&tri=montant", piles.officer),
            "piles, les filtres": (f"{home}?pile=tous&filtres=oui", piles.officer),
            "bordereau à préparer": (reverse("funding:new_bordereau"), piles.officer),
            "piles, un nom": (f"{home}?pile=tous&q=martin", piles.officer),
            "piles, un mot de mille dossiers": (f"{home}?pile=tous&q=mairie", piles.officer),
        }
    )
    files = [reverse("funding:file", args=[one]) for one in piles.checked]
    yield Scenario("dossier à contrôler", lambda world: _each(files, piles.officer), ms=40, queries=21, requests=60)


def _lists(found):
    for name, (path, person) in found.items():
        yield Scenario(name, partial(_pages, path, person), ms=40, queries=15, requests=60)


def _pages(path, person, world):
    for page in itertools.cycle((1, 2, 3)):
        yield Ask(f"{path}{'&' if '?' in path else '?'}page={page}", person)


def _each(paths, person):
    for path in itertools.cycle(paths):
        yield Ask(path, person)


def path_of(enrolment, activity):
    return reverse("learning:activity", args=[enrolment.pk, activity.slug])


def _first_views(world):
    for activity in world.edition.outline:
        for enrolment in world.enrolments[READERS]:
            yield Ask(path_of(enrolment, activity), enrolment.person)


def _views_again(world):
    """The first étapes, which the scenario before has opened for these readers."""
    for activity in itertools.cycle(world.edition.outline[:3]):
        for enrolment in world.enrolments[READERS]:
            yield Ask(path_of(enrolment, activity), enrolment.person)


def _long_views(world):
    activity = world.long_enrolments[0].edition.outline[30]
    for enrolment in world.long_enrolments[:30]:
        actions.open_activity(enrolment, activity)
    for enrolment in itertools.cycle(world.long_enrolments[:30]):
        yield Ask(path_of(enrolment, activity), enrolment.person)


def _long_answers(world):
    outline = [activity for activity in world.long_enrolments[0].edition.outline if activity.questions]
    for activity in outline[:8]:
        for enrolment in world.long_enrolments[30:]:
            question = activity.questions[0]
            yield _answer_of(enrolment, activity, question)


def _answer_of(enrolment, activity, question):
    values = {
        "question_id": question["id"],
        "given": right_answer(question),
        "attempt": 1,
        "client_id": str(uuid.uuid4()),
    }
    return Ask(path_of(enrolment, activity), enrolment.person, values, {"Accept": "application/json"})


def _answers(world):
    quiz = max(world.edition.outline, key=lambda activity: len(activity.questions))
    for enrolment in world.enrolments[WRITERS]:
        actions.open_activity(enrolment, quiz)
    for question in quiz.questions:
        for enrolment in world.enrolments[WRITERS]:
            yield _answer_of(enrolment, quiz, question)


# --- Sign-in: two requests and a message between them ----------------------------------------------------------------


def code_requests(world) -> Iterator[Ask]:
    for enrolment in world.enrolments:
        yield Ask(reverse("account_login"), None, {"email": enrolment.person.email}, status=302)


def code_sent_to(email) -> str:
    mail = OutgoingMail.objects.filter(to=email).latest("pk")
    return re.search(r"^ +([\w-]{6,})$", mail.body, re.M)[1]
