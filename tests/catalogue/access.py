from tests.permissions.matrix import Row

TRAINERS = dict.fromkeys(("trainer", "training_manager", "reviewer", "pilot", "admin", "superuser"), 200)
ABSENT = dict.fromkeys(TRAINERS, 404)

ROWS = [
    Row("catalogue:seances", expected={"*": 403} | TRAINERS),
    Row("catalogue:seance", lambda world: [0], {"*": 403} | ABSENT),
    Row("catalogue:sheets", lambda world: [0], {"*": 403} | ABSENT),
    Row("catalogue:answers", lambda world: [0], {"*": 403} | ABSENT),
    Row("catalogue:medium", lambda world: ["0" * 64, "absent.svg"], {"*": 404, "anonymous": 404}),
]
