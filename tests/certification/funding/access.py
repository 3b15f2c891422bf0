"""Who meets what: files of one OPCO for its officers, of one structure or session for who answers for them."""

from functools import partial

from certification.funding.lifecycle import Side, Verdict
from certification.funding.models import Batch, Bordereau, Credential, Demande, DemandeExport, SavedView
from certification.habilitation.models import HandOver
from lms.organisations.models import Kind, Role
from tests.certification.funding import factories as made
from tests.organisations.factories import MembershipFactory
from tests.parcours.paperwork.factories import live_session
from tests.permissions.matrix import Row

NOBODY, REFUSED = {"*": 404}, {"*": 403}
OFFICER = {"opco_officer": 200}
MANAGER = {"training_manager": 200}
REFERENT = {"structure_referent": 200}
TRAINER_REFUSED = {"trainer": 403}


def session_of(world):
    home = world.homes[Kind.TRAINING]
    type(home).objects.filter(pk=home.pk).update(nda="53350000035", assistance_contact="Anne Morvan")
    home.refresh_from_db()
    return home.sessions.first() or live_session(home, days=-10)


def demande_of(world) -> Demande:
    """Filed to the world’s OPCO, for the world’s structure, in a session of its organisme de formation."""
    found = Demande.objects.filter(opco=world.homes[Kind.OPCO]).first()
    if found is None:
        told = {"opco": world.homes[Kind.OPCO], "employer": world.structure, "session": session_of(world)}
        draft = made.draft(**told, by=world.people[Role.TRAINING_MANAGER], side=Side.TRAINING)
        found = made.actions.file(draft, by=draft.created_by)
    return found


def file(world):
    return [demande_of(world).public_id]


def piece(world):
    return [*file(world), demande_of(world).pieces.first().pk]


def structure(world):
    return [world.structure.public_id]


def session(world):
    return [session_of(world).public_id]


def made_file(world):
    values = {"by": world.people[Role.OPCO_OFFICER], "organisation": world.homes[Kind.OPCO], "content": b"a;b"}
    return [HandOver.objects.create(kind="PEC", lines=1, sha256="0" * 64, **values).public_id]


def by_employer(world):
    return [world.structure.public_id, demande_of(world).public_id]


def by_training(world):
    demande = demande_of(world)
    return [demande.session.public_id, demande.public_id]


def beneficiary(world):
    return [*by_training(world), demande_of(world).beneficiaries.first().pk]


def of_piece(args):
    return lambda world: [*args(world), demande_of(world).pieces.first().pk]


def training(world):
    session_of(world)
    return [world.homes[Kind.TRAINING].public_id]


def credential(world):
    """Of the world’s organisme; the officer has a demande of it."""
    demande_of(world)
    home = world.homes[Kind.TRAINING]
    held = Credential.objects.filter(organisation=home).first()
    return [(held or made.credential_of(home)).pk]


def view(world):
    person = world.people[Role.OPCO_OFFICER]
    return [(person.funding_views.first() or SavedView.objects.create(person=person, name="Mes branches")).pk]


def bordereau(world):
    """Of the world’s OPCO, without a line: what it holds is tried elsewhere."""
    told = {"opco": world.homes[Kind.OPCO], "made_by": world.people[Role.OPCO_OFFICER]}
    return [Bordereau.objects.get_or_create(number="BP-2026-99999", defaults=told)[0].number]


def a_batch(world):
    person = world.people[Role.OPCO_OFFICER]
    return [(Batch.objects.filter(by=person).first() or Batch.objects.create(by=person, verdict=Verdict.GRANT)).pk]


def an_export(world):
    """Asked by the world’s officer, who follows the whole OPCO."""
    person, read_with = world.people[Role.OPCO_OFFICER], {str(world.homes[Kind.OPCO].pk): None}
    values = {"form": "csv", "content": b"a;b", "read_with": read_with}
    found = DemandeExport.objects.filter(by=person).first() or DemandeExport.objects.create(by=person, **values)
    return [found.public_id]


def membership(world):
    """A colleague of the world’s officer, who follows the whole OPCO."""
    opco = world.homes[Kind.OPCO]
    others = opco.memberships.filter(role=Role.OPCO_OFFICER).exclude(person=world.people[Role.OPCO_OFFICER])
    found = others.filter(person__last_name="Collègue").first()
    if found is None:
        found = MembershipFactory(organisation=opco, role=Role.OPCO_OFFICER, person__last_name="Collègue")
    return [found.pk]


on_file = partial(Row, after=file)
KEPT = (
    Row("funding:employer_list", structure, NOBODY | REFERENT),
    Row("funding:employer_new", structure, NOBODY | REFERENT),
    Row("funding:training_list", session, NOBODY | MANAGER | TRAINER_REFUSED),
    Row("funding:training_new", session, NOBODY | MANAGER | TRAINER_REFUSED),
)
MOVED = {"opco_officer": 302}
DONE = {"training_manager": 302}
ASKED = {"structure_referent": 302}
READ, STEPS = ("demande", "cancel", "answer"), ("people", "action", "pieces")
EMPLOYER = [
    *(on_file(f"funding:employer_{name}", by_employer, NOBODY | REFERENT) for name in READ),
    *(on_file(f"funding:employer_{name}", by_employer, NOBODY | ASKED) for name in STEPS),
]
TRAINING = [
    *(on_file(f"funding:training_{name}", by_training, NOBODY | MANAGER | TRAINER_REFUSED) for name in READ),
    *(on_file(f"funding:training_{name}", by_training, NOBODY | DONE | TRAINER_REFUSED) for name in STEPS),
]
ROWS = [
    Row("funding:people_file", expected=REFUSED | OFFICER),
    Row("funding:people_file", expected=REFUSED | {"opco_officer": 404}, verb="post", label="of no file"),
    Row("funding:people_made", made_file, NOBODY | OFFICER),
    Row("funding:people_again", made_file, NOBODY | {"opco_officer": 302}, verb="post"),
    Row("funding:home", expected=REFUSED | OFFICER),
    Row("funding:export", expected=REFUSED | OFFICER, verb="post"),
    Row("funding:resume_batch", a_batch, REFUSED | {"opco_officer": 302}, verb="post"),
    Row("funding:prepared", an_export, REFUSED | OFFICER),
    Row("funding:prepared_file", an_export, NOBODY | OFFICER),
    Row("funding:write_again", an_export, REFUSED | {"opco_officer": 302}, verb="post"),
    Row("funding:preview", expected=REFUSED | {"opco_officer": 302}),
    Row("funding:confirm", expected=REFUSED | {"opco_officer": 302}, verb="post"),
    Row("funding:batches", expected=REFUSED | OFFICER),
    Row("funding:rules", expected=REFUSED | OFFICER),
    Row(
        "funding:confirm_rule",
        lambda world: [world.homes[Kind.OPCO].public_id],
        NOBODY | {"opco_officer": 302, "pilot": 403, "admin": 403, "superuser": 403},
        verb="post",
    ),
    on_file("funding:file", file, NOBODY | OFFICER),
    *(
        on_file("funding:decide", lambda world, slug=slug: [*file(world), slug], NOBODY | OFFICER, label=slug)
        for slug in ("accorder", "accorder-en-partie", "refuser", "demander-un-complement", "payer", "rejeter")
    ),
    on_file(
        "funding:decide",
        lambda world: [*file(world), "demander-un-complement"],
        NOBODY | {"opco_officer": 302},
        verb="post",
        data=lambda world: {"sentence": "Signez-la."},
        label="a complement",
    ),
    Row("funding:bordereaux", expected=REFUSED | OFFICER),
    Row("funding:new_bordereau", expected=REFUSED | OFFICER),
    Row("funding:bordereau", bordereau, REFUSED | OFFICER),
    Row("funding:bordereau_file", bordereau, REFUSED | OFFICER, verb="post"),
    Row("funding:cancel_bordereau", bordereau, REFUSED | MOVED, verb="post"),
    Row("funding:team", expected=REFUSED | OFFICER),
    Row("funding:branches", membership, REFUSED | OFFICER),
    Row("funding:share", expected=REFUSED | OFFICER),
    Row("funding:assign", expected=REFUSED | MOVED, verb="post"),
    on_file("funding:take", file, NOBODY | MOVED, verb="post"),
    Row("funding:save_view", expected=REFUSED | MOVED, verb="post"),
    Row("funding:delete_view", view, REFUSED | MOVED, verb="post"),
    Row("funding:digest", lambda world: ["arreter"], REFUSED | MOVED, verb="post"),
    Row("funding:stop_digest", lambda world: ["jeton-inconnu"], NOBODY | {"anonymous": 404}),
    on_file("funding:correct_payment", lambda world: [*file(world), 999999], NOBODY),
    on_file("funding:anomaly", lambda world: [*file(world), 999999], NOBODY),
    Row("funding:credentials", expected=REFUSED | MANAGER),
    Row("funding:add_credential", training, NOBODY | MANAGER),
    Row("funding:withdraw_credential", credential, NOBODY | {"training_manager": 302}, verb="post"),
    Row("funding:credential_piece", credential, NOBODY | MANAGER | OFFICER),
    on_file("funding:admit", file, NOBODY | OFFICER),
    on_file("funding:withdraw", file, NOBODY | {"opco_officer": 302}, verb="post"),
    on_file("funding:paper", lambda world: [*file(world), "CRE-2026-99999"], NOBODY),
    on_file("funding:invoice", file, NOBODY | {"opco_officer": 403}),
    on_file("funding:piece", piece, NOBODY | OFFICER | MANAGER | REFERENT),
    on_file("funding:agreement", file, NOBODY),
    *KEPT,
    *EMPLOYER,
    *TRAINING,
    on_file("funding:employer_file", by_employer, NOBODY | ASKED, verb="post"),
    on_file("funding:training_file", by_training, NOBODY | DONE | TRAINER_REFUSED, verb="post"),
    on_file("funding:employer_withdraw_piece", of_piece(by_employer), NOBODY | ASKED, verb="post"),
    on_file("funding:training_withdraw_piece", of_piece(by_training), NOBODY | DONE | TRAINER_REFUSED, verb="post"),
    on_file("funding:training_service", by_training, NOBODY | MANAGER | TRAINER_REFUSED),
    on_file("funding:training_explain", beneficiary, NOBODY | MANAGER | TRAINER_REFUSED),
]
