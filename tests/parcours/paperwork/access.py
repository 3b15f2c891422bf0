"""Who meets what in the papers of a session: who answers for the training, the référent of the buyer, the trainee."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from lms.kernel.models import Paper
from lms.organisations.models import Kind, Role
from parcours.catalogue.models.edition import activity_of, outline_of
from parcours.classroom.models import Session
from parcours.paperwork import actions
from parcours.paperwork.documents.connections import connections_content
from parcours.paperwork.documents.pieces import digest
from parcours.paperwork.lifecycle import TextKind
from parcours.paperwork.models import Delivery
from tests.parcours.learning.factories import activity, finish
from tests.parcours.paperwork.factories import (
    MENTIONS,
    PDF,
    draft_for,
    fresh,
    hold,
    live_session,
    pdf_file,
    quote_for,
    seat,
)
from tests.permissions.matrix import Row

MANAGER, REFERENT, LEARNER = "training_manager", "structure_referent", "learner"
NOBODY = {"*": 404}
RUN = {"trainer": 403}
KEPT = NOBODY | RUN


def session_of(world) -> Session:
    """Held by the organisme of the world, for the learner of the structure; made for each actor."""
    organisation = world.homes[Kind.TRAINING]
    found = Session.objects.filter(organisation=organisation).first()
    if found:
        return found
    signs = {"nda": "53351234535", "signatory_name": "Paul Kermarrec", "signatory_role": "directeur"}
    signs |= {"assistance_contact": "Inès Le Goff"}
    outline_of.cache_clear()
    activity_of.cache_clear()
    for name, value in (MENTIONS | signs).items():
        setattr(organisation, name, value)
    organisation.save()
    return live_session(organisation, online=True)


def registration_of(world):
    session = session_of(world)
    found = session.registrations.first()
    if found:
        return found
    learner = world.people[Role.LEARNER]
    one = seat(session, world.structure)
    type(one).objects.filter(pk=one.pk).update(person=learner)
    type(one.enrolment).objects.filter(pk=one.enrolment.pk).update(person=learner)
    one.refresh_from_db()
    return one


def manager(world):
    return world.people[Role.TRAINING_MANAGER]


def session(world):
    return [registration_of(world).session.public_id]


def registration(world):
    one = registration_of(world)
    return [one.session.public_id, one.public_id]


def mine(world):
    one = registration_of(world)
    if not one.enrolment.activities.exists():
        finish(one.enrolment, activity(one.enrolment, 0))
    return [one.public_id]


BYTES = b"%PDF-1.4 as sealed"


def sealed(row):
    """Sealed for the matrix: what is tried is who reads it, not what it says."""
    digest = hashlib.sha256(BYTES).hexdigest()
    values = {"state": "sealed", "sha256": digest, "size": len(BYTES), "sealed_at": timezone.now(), "twin_html": "x"}
    Paper.objects.filter(pk=row.paper.pk).update(**values)
    row.paper.refresh_from_db()
    if not storages["papers"].exists(row.paper.file_name):
        storages["papers"].save(row.paper.file_name, ContentFile(BYTES))
    return row


def certificate(world):
    one = registration_of(world)
    if not one.attendances.exists():
        hold(one.session, one)
    return [sealed(actions.issue_certificate(one, by=manager(world))).paper.number]


def quote(world):
    session = registration_of(world).session
    found = session.quotes.first() or quote_for(session, world.structure, by=manager(world))
    sealed(found.session_paper)
    return [found.public_id]


def structure_quote(world):
    return [world.structure.public_id, *quote(world)]


def draft(world):
    session = registration_of(world).session
    found = session.conventions.first() or draft_for(session, world.structure, by=manager(world))
    return [found.public_id]


def sent(world):
    (public_id,) = draft(world)
    convention = registration_of(world).session.conventions.get(public_id=public_id)
    if convention.state == "draft":
        convention = actions.send_convention(fresh(convention), by=manager(world))
        sealed(convention.session_paper)
    return [public_id]


def structure_convention(world):
    return [world.structure.public_id, *sent(world)]


def structure(world):
    return [world.structure.public_id]


def organisation(world):
    return [session_of(world).organisation.public_id]


def text(world):
    return [*organisation(world), TextKind.LIVRET]


def delivery(world):
    one = registration_of(world)
    if not one.deliveries.exists():
        sealed(actions.publish_text(one.session.organisation, TextKind.LIVRET, "## Venir\nTôt.", by=manager(world)))
        actions.deliver_texts(one)
    return [Delivery.objects.get().pk]


def signed_file(world):
    structure_convention(world)
    convention = registration_of(world).session.conventions.get()
    if convention.state == "sent":
        by = world.people[Role.STRUCTURE_REFERENT]
        actions.sign_convention(fresh(convention), by=by, name="A", role="b", file=pdf_file())
    signature = convention.session_paper.signatures.get(party="buyer")
    return [convention.session_paper.paper.number, signature.pk]


def invoice(world):
    one = registration_of(world)
    price = actions.price_registration(one, by=manager(world))
    told = {"number": "F-1", "issued_on": one.session.ends_at.date(), "payer_name": "x", "net": price.amount, "vat": 0}
    return [actions.record_invoice(one.session, parts=[], by=manager(world), file=pdf_file(PDF), **told).pk]


def signing(world):
    return {"read": digest(connections_content(registration_of(world))), "agreed": "on"}


BUYER = NOBODY | {REFERENT: 200}
ANSWERED = NOBODY | {REFERENT: 302}
REFUSED = NOBODY | {REFERENT: 422}
ONE = {"name": "Anne Roux", "role": "maire", "agreed": "on"}
ROWS = [
    Row("paperwork:session", session, KEPT | {MANAGER: 200}),
    Row("paperwork:issue_all", session, KEPT | {MANAGER: 302}, verb="post"),
    Row("paperwork:archive", session, KEPT | {MANAGER: 200}),
    Row("paperwork:people", session, KEPT | {MANAGER: 200}),
    Row("paperwork:correct", registration, KEPT | {MANAGER: 200}),
    Row("paperwork:new_quote", session, KEPT | {MANAGER: 200}),
    Row("paperwork:new_convention", session, KEPT | {MANAGER: 200}),
    Row("paperwork:billing", session, KEPT | {MANAGER: 200}),
    Row("paperwork:price_all", session, KEPT | {MANAGER: 302}, verb="post"),
    Row("paperwork:parts", registration, KEPT | {MANAGER: 200}),
    Row("paperwork:new_invoice", session, KEPT | {MANAGER: 200}),
    Row("paperwork:export", session, KEPT | {MANAGER: 200}, verb="post"),
    Row("paperwork:invoice_file", invoice, NOBODY | {MANAGER: 200}),
    Row("paperwork:quote", quote, NOBODY | {MANAGER: 200}),
    Row("paperwork:convention", draft, NOBODY | {MANAGER: 200}),
    Row("paperwork:send_convention", draft, NOBODY | {MANAGER: 302}, verb="post"),
    Row("paperwork:next_version", sent, NOBODY | {MANAGER: 302}, verb="post"),
    Row("paperwork:cancel_convention", draft, NOBODY | {MANAGER: 302}, verb="post"),
    Row("paperwork:houses", expected={"*": 403, MANAGER: 200}),
    Row("paperwork:mentions", organisation, NOBODY | {MANAGER: 200}),
    Row("paperwork:text", text, NOBODY | {MANAGER: 200}),
    Row("paperwork:paper", certificate, NOBODY | {MANAGER: 200, REFERENT: 200}),
    Row("paperwork:paper_pdf", certificate, NOBODY | {MANAGER: 200, REFERENT: 200}),
    Row("paperwork:signed_file", signed_file, NOBODY | {MANAGER: 200, REFERENT: 200}),
    Row("paperwork:structure", structure, BUYER),
    Row("paperwork:certificates", structure, BUYER),
    Row("paperwork:structure_quote", structure_quote, BUYER),
    Row("paperwork:accept_quote", structure_quote, ANSWERED, verb="post", data=lambda world: ONE),
    Row("paperwork:upload_quote", structure_quote, REFUSED, verb="post", label="without a file"),
    Row("paperwork:decline_quote", structure_quote, ANSWERED, verb="post", data=lambda world: {"refus-reason": "non"}),
    Row("paperwork:structure_convention", structure_convention, BUYER),
    Row("paperwork:structure_convention", lambda world: [*structure(world), *draft(world)], NOBODY, label="a draft"),
    Row("paperwork:sign_convention", structure_convention, ANSWERED, verb="post", data=lambda world: ONE),
    Row("paperwork:upload_convention", structure_convention, REFUSED, verb="post", label="without a file"),
    Row("paperwork:all_mine", expected={"*": 200}),
    Row("paperwork:mine", mine, NOBODY | {LEARNER: 200}),
    Row("paperwork:connections", mine, NOBODY | {LEARNER: 200}),
    Row("paperwork:sign_connections", mine, NOBODY | {LEARNER: 302}, verb="post", data=signing),
    Row("paperwork:read_text", delivery, NOBODY | {LEARNER: 200}),
    Row("paperwork:acknowledge", delivery, NOBODY | {LEARNER: 302}, verb="post"),
]
