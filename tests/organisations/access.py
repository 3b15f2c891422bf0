from tests.organisations.factories import luhn_siret
from tests.permissions.matrix import Row

NATIONAL = ("pilot", "admin", "superuser")


def the_same(answer, actors):
    return dict.fromkeys(actors, answer)


def an_employer(world):
    return {"siret": luhn_siret(90_001), "name": "Mairie de Cancale", "departement": "35"}


def structure(world):
    return [world.structure.public_id]


ROWS = [
    Row("organisations:employers", expected={"*": 200}),
    Row("organisations:declare_employer", expected={"*": 200}),
    Row("organisations:declare_employer", expected={"*": 302}, verb="post", data=an_employer),
    Row(
        "organisations:end_membership",
        lambda world: [world.membership("learner").pk],
        {"*": 404, "structure_referent": 200, "learner": 200} | the_same(200, NATIONAL),
        label="of a learner",
    ),
    Row(
        "organisations:end_membership",
        lambda world: [world.membership("learner").pk],
        {"*": 404, "structure_referent": 302, "learner": 302} | the_same(302, NATIONAL),
        verb="post",
        data=lambda world: {"ends_on": "2026-12-31"},
        label="of a learner",
    ),
    Row(
        "organisations:end_membership",
        lambda world: [world.membership("structure_referent").pk],
        {"*": 404, "structure_referent": 302, "territorial_pilot": 403} | the_same(302, NATIONAL),
        verb="post",
        data=lambda world: {"ends_on": "2026-12-31"},
        label="of a référent",
    ),
    Row(
        "organisations:end_membership",
        lambda world: [world.membership("admin").pk],
        {"*": 404, "pilot": 403, "admin": 302, "superuser": 302},
        verb="post",
        data=lambda world: {"ends_on": "2026-12-31"},
        label="of an administrator",
    ),
    Row("organisations:structures", expected={"*": 403, "structure_referent": 302, "training_manager": 302}),
    Row(
        "organisations:members",
        structure,
        {"*": 404, "structure_referent": 200, "learner": 403, "auditor": 403, "territorial_pilot": 403}
        | the_same(200, NATIONAL),
    ),
    Row("organisations:organisations", expected={"*": 403, "territorial_pilot": 200} | the_same(200, NATIONAL)),
]
