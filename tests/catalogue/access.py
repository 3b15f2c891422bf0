from tests.permissions.matrix import Row

TRAINERS = dict.fromkeys(("trainer", "training_manager", "reviewer", "pilot", "admin", "superuser"), 200)
ABSENT = dict.fromkeys(TRAINERS, 404)

ROWS = [
    Row("catalogue:seances", expected={"*": 403} | TRAINERS),
    Row("catalogue:seance", lambda world: [0], {"*": 403} | ABSENT),
    Row("catalogue:sheets", lambda world: [0], {"*": 403} | ABSENT),
    Row("catalogue:answers", lambda world: [0], {"*": 403} | ABSENT),
    Row("catalogue:coverage", expected={"*": 403} | TRAINERS),
    Row("catalogue:catalogue", expected={"*": 200, "anonymous": 200}),
    Row("catalogue:history", lambda world: ["absent"], {"*": 404, "anonymous": 404}),
    Row("catalogue:as_of", lambda world: ["absent", "2026-11-22"], {"*": 404, "anonymous": 404}),
    Row("catalogue:medium", lambda world: ["0" * 64, "absent.svg"], {"*": 404, "anonymous": 404}),
    Row("workshop:library", expected={"*": 403, "superuser": 302}),
    Row("workshop:national", expected={"*": 403, "superuser": 200}),
    Row("workshop:read", lambda world: [0], {"*": 403, "superuser": 404}),
    Row("workshop:copy", lambda world: [0], {"*": 403, "superuser": 404}, verb="post"),
    Row("workshop:reviews", expected={"*": 403, "superuser": 200}),
    Row("workshop:reviews_results", expected={"*": 403, "superuser": 200}),
    Row("workshop:reviews_moved", expected={"*": 403, "superuser": 301}),
    Row("workshop:exceptions", expected={"*": 403, "superuser": 200}),
    Row("workshop:exceptions_results", expected={"*": 403, "superuser": 200}),
    Row("question_chooser:choose", expected={"*": 403, "superuser": 200}),
    Row("question_chooser:choose_results", expected={"*": 403, "superuser": 200}),
    Row("question_chooser:chosen", lambda world: [0], {"*": 403, "superuser": 404}),
    Row("question_chooser:chosen_multiple", expected={"*": 403, "superuser": 200}),
    Row("workshop:mark_reviewed", lambda world: [0], {"*": 403, "superuser": 404}),
]
