from tests.permissions.matrix import Row

TRAINERS = {"trainer": 200, "training_manager": 200, "disability_referent": 200}
UNKNOWN = "00000000-0000-4000-8000-000000000000"


def unknown(world):
    return [UNKNOWN]


ROWS = [
    Row("adaptations:mine", expected={"*": 200}),
    Row("adaptations:ask", expected={"*": 200}),
    Row("adaptations:request", unknown, {"*": 404}),
    Row("adaptations:withdraw", unknown, {"*": 404}),
    Row("adaptations:withdraw", unknown, {"*": 404}, verb="post"),
    Row("adaptations:keep", unknown, {"*": 404}, verb="post"),
    Row("adaptations:requests", expected={"*": 403, "disability_referent": 200}),
    Row("adaptations:answer", unknown, {"*": 404}),
    Row("adaptations:measures", expected={"*": 403} | TRAINERS),
]
