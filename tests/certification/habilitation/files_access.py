"""Files in, and lines to match: ANCT every one, an organisme its own lists, nobody else anything."""

from certification.habilitation.models import ImportedLine
from tests.certification.habilitation.factories import ImportedFileFactory
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
            for verb in ("confirm", "abandon", "column")
        ),
        *(
            Row(f"habilitation:{space}_{verb}", foreign, UNSEEN | given(302, *NATIONAL), verb="post", label="elsewhere")
            for verb in ("confirm", "abandon", "column")
        ),
    ]


def trained_here(world):
    return ["A1"]


for space in ("pilotage", "formation"):
    reach = given(200, *NATIONAL, MANAGER)
    ROWS += [
        Row(f"habilitation:{space}_exports", expected=NOBODY | reach),
        Row(f"habilitation:{space}_export", trained_here, NOBODY | given(302, *reach), verb="post", label="of nobody"),
    ]
