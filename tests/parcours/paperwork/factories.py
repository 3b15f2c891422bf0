"""Sessions that are over, signed and locked as the rows of emargement say it; agreements made by the actions."""

import datetime
import io
from decimal import Decimal

from django.utils import timezone
from pypdf import PdfReader

from lms.organisations.models import Role
from parcours.assistance.engine.files import CheckedFile
from parcours.classroom.models import Registration
from parcours.emargement.documents import countersign_of, statement_of
from parcours.emargement.lifecycle import AttendanceState, SheetState, Way
from parcours.emargement.models import Attendance, Sheet, Signature
from parcours.learning.models import Enrolment
from parcours.paperwork import actions
from parcours.paperwork.engine.money import totals
from parcours.paperwork.models import Convention
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import EditionFactory, ParcoursPageFactory
from tests.organisations.factories import MembershipFactory, OrganisationFactory, luhn_siret
from tests.parcours.classroom.factories import RegistrationFactory, RoomFactory, SessionFactory, in_days
from tests.parcours.learning.factories import EnrolmentFactory

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
MENTIONS = {
    "vat_mention": "TVA non applicable, article 261-4-4° a du Code général des impôts.",
    "payment_terms": "Par virement, à trente jours.",
    "dpo_contact": "dpo@exemple.test",
}


def organisme(**values):
    return OrganisationFactory(training=True, **(MENTIONS | values))


def manager_of(organisation):
    return MembershipFactory(organisation=organisation, role=Role.TRAINING_MANAGER).person


def referent_of(organisation):
    return MembershipFactory(organisation=organisation, role=Role.STRUCTURE_REFERENT).person


def seances(count):
    minutes = {"minutes": 210, "summary": "", "objectives": [], "competences": [], "modules": []}
    return [{"id": f"seance-{rank}", "title": f"Demi-journée {rank}"} | minutes for rank in range(1, count + 1)]


def live_session(organisation=None, *, half_days=2, days=-10, online=False, price=Decimal("450.00"), **values):
    """`online=True`: with the étapes of the default edition, 30 minutes; `days` from today."""
    organisation = organisation or organisme()
    described = {"described": True, "parcours": ParcoursPageFactory(organisation=organisation)}
    edition = values.pop("edition", None) or EditionFactory(**described, **({} if online else {"activities": []}))
    session = SessionFactory(
        organisation=organisation,
        edition=edition,
        parcours=edition.parcours,
        half_days=half_days,
        first_day=in_days(days),
        price=price,
        **values,
    )
    room = RoomFactory(organisation=organisation)
    session.half_days.update(room=room)
    return session


def seat(session, employer=None, **person):
    """Somebody who holds a seat and follows the edition."""
    employer = employer or OrganisationFactory()
    whose = PersonFactory(**person)
    registration = RegistrationFactory(session=session, person=whose, employer=employer)
    enrolment = EnrolmentFactory(person=whose, edition=session.edition, employer=employer)
    Registration.objects.filter(pk=registration.pk).update(enrolment=enrolment)
    registration.enrolment = Enrolment.objects.get(pk=enrolment.pk)
    return registration


def hold(session, *registrations, absent=(), locked=True):
    """Every half-day signed by `registrations`, but for the pairs (registration, position) of `absent`."""
    trainer = manager_of(session.organisation)
    for half_day in session.half_days.order_by("position"):
        sheet = Sheet.objects.create(half_day=half_day)
        for one in registrations:
            away = (one, half_day.position) in absent
            line = Attendance.objects.create(
                sheet=sheet,
                registration=one,
                state=AttendanceState.ABSENT if away else AttendanceState.PRESENT,
                minutes=0 if away else half_day.minutes,
            )
            if not away:
                said = statement_of(line)
                Signature.objects.create(
                    attendance=line,
                    way=Way.CODE,
                    signed_at=half_day.starts_at,
                    statement=said.text,
                    statement_sha256=said.sha256,
                )
        if locked:
            said = countersign_of(sheet, trainer)
            Sheet.objects.filter(pk=sheet.pk).update(
                state=SheetState.LOCKED,
                locked_at=half_day.ends_at,
                locked_by=trainer,
                countersign=said.text,
                countersign_sha256=said.sha256,
            )
    return list(Sheet.objects.filter(half_day__session=session).order_by("half_day__position"))


def quote_for(session, buyer, *, by, seats=2, price=Decimal("450.00"), **values):
    values.setdefault("valid_until", timezone.localdate() + datetime.timedelta(days=60))
    return actions.send_quote(
        session, buyer, seats=seats, lines=[("Par stagiaire", Decimal(seats), price)], by=by, **values
    )


TERMS = {
    "payment_terms": "Par virement, à trente jours.",
    "service_code": "SVC-12",
    "engagement_number": "EJ-2026-0042",
    "terms": "",
}


def draft_for(session, buyer, *, by, seats=1, net=Decimal("450.00"), **values):
    terms = TERMS | {"buyer_siret": buyer.siret or luhn_siret(999)} | values
    return actions.draft_convention(
        session, buyer, seats=seats, totals=totals([(1, net)], session.organisation.vat_rate), by=by, **terms
    )


def sent_convention(session, buyer, *, by, run_jobs, **values):
    """Signed by the organisme, and sealed."""
    convention = actions.send_convention(fresh(draft_for(session, buyer, by=by, **values)), by=by, factor="mfa")
    run_jobs()
    return fresh(convention)


def fresh(convention):
    return Convention.objects.for_page().get(pk=convention.pk)


def pdf_file(data=PDF):
    return CheckedFile("signe.pdf", "application/pdf", data)


def words(data: bytes) -> str:
    """The text of a PDF, on one line."""
    return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def told_by(content) -> list[str]:
    """Every text that a paper made of blocks must show."""
    texts = [content["title"], content["cites"]]
    for block in content["blocks"]:
        texts += [block["title"], *block.get("lines", ()), *block.get("points", ())]
        texts += [text for name, told in block.get("facts", ()) for text in (name, *told)]
        texts += [text for name, told in block.get("parties", ()) for text in (name, *told)]
        if table := block.get("table"):
            texts += [name for name, *_ in table["columns"]]
            texts += [cell for row in (*table["rows"], table["total"]) for cell in row]
    return [text for text in texts if text]
