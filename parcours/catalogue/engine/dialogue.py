"""A dialogue with choices: what the person says, what one may reply, and where each reply leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

END = "fin"
MOST_REPLICAS = 6
REPLIES = (2, 3)
MOST_UNFOLDED = 40
"""Replicas shown in all when every reply is unfolded: paths that meet again are unfolded twice."""


@dataclass(frozen=True)
class Reply:
    text: str
    feedback: str
    leads_to: str


@dataclass(frozen=True)
class Replica:
    name: str
    says: str
    replies: tuple[Reply, ...]


@dataclass(frozen=True)
class Branch:
    """A reply, and what follows it: a turn, a way back to a turn already open, or the end."""

    reply: Reply
    turn: "Turn | None" = None
    back_to: int | None = None
    back_says: str = ""


@dataclass(frozen=True)
class Turn:
    number: int
    replica: Replica
    branches: tuple[Branch, ...]


def replicas_of(value: Mapping) -> list[Replica]:
    """From the raw CMS content of the block."""
    return [
        Replica(
            item["value"]["name"] or "",
            item["value"]["says"] or "",
            tuple(
                Reply(*((reply["value"][key] or "") for key in ("text", "feedback", "next")))
                for reply in item["value"]["replies"]
            ),
        )
        for item in value["replicas"]
    ]


def faults(replicas: Sequence[Replica]) -> list[tuple[int, str]]:
    """(rank of the replica, why the dialogue cannot be followed from its beginning to an end)."""
    if not 2 <= len(replicas) <= MOST_REPLICAS:
        return [(0, f"un dialogue a de deux à {MOST_REPLICAS} répliques.")]
    return faults_of_names(replicas) or faults_of_replies(replicas) or faults_of_paths(replicas)


def faults_of_names(replicas: Sequence[Replica]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    seen: set[str] = set()
    for rank, replica in enumerate(replicas):
        if not replica.name:
            found.append((rank, f"la réplique {rank + 1} n’a pas de nom : une réponse ne peut pas y mener."))
        elif replica.name == END:
            found.append((rank, f"« {END} » termine le dialogue : donnez un autre nom à la réplique {rank + 1}."))
        elif replica.name in seen:
            found.append((rank, f"deux répliques ont le même nom : « {replica.name} »."))
        seen.add(replica.name)
    return found


def faults_of_replies(replicas: Sequence[Replica]) -> list[tuple[int, str]]:
    found = []
    names = {replica.name for replica in replicas}
    fewest, most = REPLIES
    for rank, replica in enumerate(replicas):
        if not fewest <= len(replica.replies) <= most:
            found.append((rank, f"la réplique « {replica.name} » demande de {fewest} à {most} réponses."))
        for reply in replica.replies:
            if not reply.leads_to:
                sentence = f"la réponse « {reply.text} » ne mène nulle part : nommez une réplique, ou « {END} »."
                found.append((rank, sentence))
            elif reply.leads_to not in names | {END}:
                sentence = f"la réponse « {reply.text} » mène à « {reply.leads_to} », qui n’existe pas."
                found.append((rank, sentence))
    return found


def faults_of_paths(replicas: Sequence[Replica]) -> list[tuple[int, str]]:
    met, ending = reached(replicas), able_to_end(replicas)
    found = [
        (rank, f"aucune réponse ne mène à la réplique « {replica.name} ».")
        for rank, replica in enumerate(replicas)
        if replica.name not in met
    ]
    found += [
        (rank, f"la réplique « {replica.name} » tourne en rond : aucun chemin ne mène d’elle à « {END} ».")
        for rank, replica in enumerate(replicas)
        if replica.name not in ending
    ]
    if not found and size(unfolded(replicas)) > MOST_UNFOLDED:
        found.append((0, "trop de chemins se rejoignent dans ce dialogue : faites-en mener certains à la fin."))
    return found


def reached(replicas: Sequence[Replica]) -> set[str]:
    by_name = {replica.name: replica for replica in replicas}
    met: set[str] = set()
    waiting = [replicas[0].name]
    while waiting:
        name = waiting.pop()
        if name != END and name not in met:
            met.add(name)
            waiting += [reply.leads_to for reply in by_name[name].replies]
    return met


def able_to_end(replicas: Sequence[Replica]) -> set[str]:
    ending = {END}
    while True:
        grown = ending | {
            replica.name for replica in replicas if any(reply.leads_to in ending for reply in replica.replies)
        }
        if grown == ending:
            return ending
        ending = grown


def unfolded(replicas: Sequence[Replica]) -> Turn:
    """The dialogue as it is opened, reply after reply, from the first replica; its faults are known to be none."""
    by_name, numbers = {replica.name: replica for replica in replicas}, count(1)

    def turn(replica: Replica, above: Mapping[str, int]) -> Turn:
        number = next(numbers)
        known = {**above, replica.name: number}
        return Turn(number, replica, tuple(branch(reply, known) for reply in replica.replies))

    def branch(reply: Reply, known: Mapping[str, int]) -> Branch:
        if reply.leads_to == END:
            return Branch(reply)
        if reply.leads_to in known:
            return Branch(reply, back_to=known[reply.leads_to], back_says=by_name[reply.leads_to].says)
        return Branch(reply, turn(by_name[reply.leads_to], known))

    return turn(replicas[0], {})


@dataclass(frozen=True)
class Line:
    """A replica as it is read straight; `replies`: each reply with the number of the replica it leads to, or none."""

    number: int
    replica: Replica
    replies: tuple[tuple[Reply, int | None], ...]


def script(replicas: Sequence[Replica]) -> list[Line]:
    numbers = {replica.name: rank for rank, replica in enumerate(replicas, start=1)}
    return [
        Line(rank, replica, tuple((reply, numbers.get(reply.leads_to)) for reply in replica.replies))
        for rank, replica in enumerate(replicas, start=1)
    ]


def size(turn: Turn) -> int:
    return 1 + sum(size(branch.turn) for branch in turn.branches if branch.turn)


def shortest(replicas: Sequence[Replica]) -> list[str]:
    """What is read on the shortest way to the end: each replica with its replies, and one feedback."""
    if faults(replicas):
        return []
    return min(paths(unfolded(replicas)), key=lambda texts: sum(len(text.split()) for text in texts))


def paths(turn: Turn) -> list[list[str]]:
    said = [turn.replica.says, *(branch.reply.text for branch in turn.branches)]
    found = []
    for branch in turn.branches:
        if branch.back_to is None:
            following = paths(branch.turn) if branch.turn else [[]]
            found += [[*said, branch.reply.feedback, *rest] for rest in following]
    return found
