"""Files in, and lines to match: ANCT every one, an organisme its own lists, nobody else anything."""

from certification.habilitation.models import HandOver, ImportedLine, Merge
from tests.accounts.factories import PersonFactory
from tests.certification.habilitation.factories import HabilitationFactory, ImportedFileFactory
from tests.permissions.matrix import Row

NATIONAL = ("pilot", "admin", "superuser")
MANAGER = "training_manager"
NOBODY = {"*": 403}
UNSEEN = {"*": 404}


def given(status, *actors):
    return dict.fromkeys(actors, status)


def own(world):
    """A list deposited by the organisme of the world."""
    found = ImportedFileFactory(kind="A5", organisation=world.homes["training"], state="checked")
    ImportedLine.objects.create(file=found, number=2, values={"email": "a@b.example"}, outcome="new")
    return [found.public_id]


def foreign(world):
    return [ImportedFileFactory(kind="A5", state="checked").public_id]


def line(world):
    found = ImportedFileFactory(state="done")
    return [ImportedLine.objects.create(file=found, number=2, values={}, outcome="unmatched").pk]


ROWS = [
    Row("habilitation:doubts", expected=NOBODY | given(200, *NATIONAL)),
    Row("habilitation:doubt", line, NOBODY | given(200, *NATIONAL)),
    Row("habilitation:doubt", line, NOBODY | given(302, *NATIONAL), verb="post", data=lambda world: {"whom": "aucune"}),
    Row("habilitation:doubt", line, NOBODY | given(422, *NATIONAL), verb="post", label="nobody chosen"),
]
for space in ("pilotage", "formation"):
    reach = given(200, *NATIONAL, MANAGER)
    ROWS += [
        Row(f"habilitation:{space}_files", expected=NOBODY | reach),
        Row(f"habilitation:{space}_deposit", expected=NOBODY | reach),
        Row(f"habilitation:{space}_deposit", expected=NOBODY | given(422, *reach), verb="post", label="without a file"),
        Row(f"habilitation:{space}_file", own, UNSEEN | reach),
        Row(f"habilitation:{space}_file", foreign, UNSEEN | given(200, *NATIONAL), label="of another organisme"),
        *(
            Row(f"habilitation:{space}_{verb}", own, UNSEEN | given(302, *reach), verb="post")
            for verb in ("confirm", "abandon", "column", "take_up")
        ),
        *(
            Row(f"habilitation:{space}_{verb}", foreign, UNSEEN | given(302, *NATIONAL), verb="post", label="elsewhere")
            for verb in ("confirm", "abandon", "column", "take_up")
        ),
    ]


def trained_here(world):
    return ["A1"]


def the_nation(world):
    return ["AV"]


def made(world, by=MANAGER):
    """A long file, made by a job for who asked."""
    values = {"organisation": world.homes["training"], "lines": 1, "sha256": "0" * 64, "content": b"a;b"}
    return [HandOver.objects.create(kind="AS", by=world.people[by], **values).public_id]


for space in ("pilotage", "formation"):
    reach = given(200, *NATIONAL, MANAGER)
    ROWS += [
        Row(f"habilitation:{space}_exports", expected=NOBODY | reach),
        Row(f"habilitation:{space}_export", trained_here, NOBODY | given(302, *reach), verb="post", label="of nobody"),
        Row(f"habilitation:{space}_export", the_nation, NOBODY | given(302, *NATIONAL), verb="post", label="nation"),
        Row(f"habilitation:{space}_made", made, UNSEEN | given(200, MANAGER), label="asked by the organisme"),
        Row(f"habilitation:{space}_again", made, UNSEEN | given(302, MANAGER), verb="post", label="by the organisme"),
    ]


def merge_of(world):
    return [
        Merge.objects.create(kept_person=PersonFactory(), merged_person=PersonFactory(), by=PersonFactory()).public_id
    ]


def followed(world):
    return [HabilitationFactory(organisation=world.structure).public_id]


ROWS += [
    Row("habilitation:refusals", expected=NOBODY | given(200, "admin", "superuser")),
    Row("habilitation:refusals", expected=NOBODY | given(422, "admin", "superuser"), verb="post", label="of nobody"),
    Row("habilitation:duplicates", expected=NOBODY | given(200, *NATIONAL)),
    Row("habilitation:merge", lambda world: ["structures"], NOBODY | given(404, *NATIONAL), label="without records"),
    Row("habilitation:undo_merge", merge_of, NOBODY | given(302, *NATIONAL), verb="post"),
    Row("habilitation:move", followed, UNSEEN | given(200, *NATIONAL) | given(403, "structure_referent")),
]
