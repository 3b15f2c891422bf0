"""What a confirmed file does: structures, people, habilitations, then the facts; each line once, whatever is killed."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from certification.habilitation.actions.facts import locked, record_facts
from certification.habilitation.actions.habilitations import mirror_statuses
from certification.habilitation.actions.imports.sessions import record_sessions
from certification.habilitation.documents.imports.known import SYSTEM
from certification.habilitation.documents.imports.news import drafts_of
from certification.habilitation.documents.imports.places import completions
from certification.habilitation.documents.imports.plans import ERASED, Planner
from certification.habilitation.documents.received import may_be_new
from certification.habilitation.engine.said import said_by
from certification.habilitation.lifecycle import ACTING, NOBODY_YET, FileKind, FileState, Outcome
from certification.habilitation.models import ExternalId, Habilitation, ImportedFile, ImportedLine, Refusal
from lms.accounts.models import Person
from lms.kernel.jobs import post
from lms.kernel.journal import record, record_many
from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.models import Kind, Organisation
from lms.organisations.models.organisation import match_key

BATCH = 500
KNOWN_SINCE = "Une personne connue a déjà cette adresse : choisissez-la dans la liste."
KEPT = ("outcome", "sentences", "person_id", "habilitation_id", "candidates")


def confirm(found, *, by) -> ImportedFile:
    """Have the lines that raise no question recorded; the others wait for somebody."""
    with transaction.atomic():
        found = ImportedFile.objects.select_for_update(no_key=True).get(pk=found.pk)
        if found.state != FileState.CHECKED:
            raise TransitionRefused(["Ce fichier n’attend pas de confirmation : rechargez la page."])
        found.state, found.confirmed_by, found.confirmed_at = FileState.RUNNING, by, timezone.now()
        found.save(update_fields=["state", "confirmed_by", "confirmed_at"])
        record("habilitation.confirm_file", found, by=by, after={"lines": found.lines_count})
        post("habilitation.record_file", found.pk, 0, key=f"habilitation.record_file:{found.pk}:0", awaited=True)
    return found


def record_some(found) -> bool:
    """Record the next lines, in one transaction; whether some are left."""
    with transaction.atomic():
        found = ImportedFile.objects.select_for_update(no_key=True).get(pk=found.pk)
        lines = list(found.lines.filter(outcome__in=ACTING, is_done=False).order_by("number")[:BATCH])
        if lines:
            _record(found, lines)
            found.lines_done += len(lines)
            found.save(update_fields=["lines_done"])
            return True
        found.state, found.finished_at, found.counts = FileState.DONE, timezone.now(), found.lines.by_outcome()
        found.save(update_fields=["state", "finished_at", "counts"])
        record("habilitation.finish_file", found, after=found.counts)
    return False


def decide_line(line, *, person, by):
    """Somebody says whom a line is about; None: nobody that is known, and nobody to be made.

    One line of a file after the other: each counts those that are left.
    """
    with transaction.atomic():
        found = ImportedFile.objects.select_for_update(no_key=True).get(pk=line.file_id)
        line = found.lines.get(pk=line.pk)
        if line.decided_at or line.outcome not in NOBODY_YET:
            raise TransitionRefused(["Cette ligne a déjà été rapprochée par quelqu’un d’autre."])
        if person == by:
            raise TransitionRefused(["Cette ligne parlerait de vous : un collègue de l’ANCT la rapproche."])
        line.decided_by, line.decided_at, line.person = by, timezone.now(), person
        line.outcome = line.outcome if person else Outcome.LEFT_OUT
        line.save(update_fields=["decided_by", "decided_at", "person", "outcome"])
        record("habilitation.decide_line", line, by=by, after={"person": person and person.pk})
        if person:
            _record(found, [line])
        found.counts = found.lines.by_outcome()
        found.save(update_fields=["counts"])


def make_person(line, *, by) -> Person:
    """Somebody says that a line is about a person nobody knows yet, whatever the namesakes."""
    if not may_be_new(line):
        raise TransitionRefused([KNOWN_SINCE])
    said = said_by(line.file.kind, line.values, dated_on=line.file.dated_on, on=line.file.held_on)
    try:
        with transaction.atomic():
            person = Person.objects.create_person(said.email, said.first_name, said.last_name)
    except IntegrityError as error:
        raise TransitionRefused([KNOWN_SINCE]) from error
    record("habilitation.import_person", person, by=by, after={"file": line.file_id})
    return person


def _record(found, lines):
    if found.kind == FileKind.SESSIONS:
        record_sessions(found, lines)
        return
    chosen = {line.pk: line.person if line.decided_at else None for line in lines}
    planner = Planner(found)
    plans, known = planner.plans([(line.number, line.values, chosen[line.pk]) for line in lines])
    acting = [plan for plan in plans if plan.acts]
    by = found.confirmed_by
    if planner.shape.makes_people or planner.shape.about_structures:
        _make_structures(acting, known, found, by=by, apart=planner.shape.about_structures)
    if not planner.shape.about_structures:
        _make_people(acting, by=by, file=found)
        acting = _without_erased(acting)
        if planner.shape.makes_people:
            _follow(acting, by=by)
        _keep_identifiers(acting)
        _mirror(acting, found, by=by)
        drafts = [draft for plan in acting for draft in drafts_of(plan, found)]
        record_facts(drafts, by=None, file=found)
    _keep(lines, plans)


def _keep(lines, plans):
    """What became of each line; those that only did what was foreseen are marked together."""
    by_number, changed, as_foreseen = {line.number: line for line in lines}, [], []
    for plan in plans:
        line = by_number[plan.number]
        was = [getattr(line, name) for name in KEPT]
        line.outcome, line.sentences, line.is_done = plan.outcome, plan.sentences, plan.acts
        line.person, line.habilitation = plan.person, plan.habilitation
        if not plan.acts:
            line.candidates, line.person = plan.candidates, None
        as_is = plan.acts and was == [getattr(line, name) for name in KEPT]
        (as_foreseen if as_is else changed).append(line)
    ImportedLine.objects.filter(pk__in=[line.pk for line in as_foreseen]).update(is_done=True)
    for line in changed:
        line.values = {} if line.outcome == Outcome.ERASED else line.values
    fields = [*KEPT, "values", "is_done"]
    ImportedLine.objects.bulk_create(changed, update_conflicts=True, unique_fields=["id"], update_fields=fields)


def _make_structures(plans, known, found, *, by, apart):
    """Those nobody knows, once each; those that are known are completed, never overwritten."""
    new = []
    for plan in plans:
        if not plan.said.structure:
            continue
        plan.organisation = plan.organisation or known.structure(plan.said.structure, apart=apart)
        missing = completions(plan, known)
        if plan.organisation is None:
            plan.organisation = _new_structure(plan.said.structure, missing)
            new.append(plan.organisation)
        elif missing:
            _complete(plan.organisation, missing, found, by=by)
        known.keep_structure(plan.organisation)
    Organisation.objects.bulk_create(new)
    record_many("habilitation.import_structure", new, by=by, after=lambda one: {"file": found.pk})


def _new_structure(told, fields) -> Organisation:
    name = told.get("structure", "")[:200]
    one = Organisation(kind=Kind.STRUCTURE, name=name, match_key=match_key(name), confirmed_at=timezone.now(), **fields)
    one.france_services = bool(told.get("france_services") or one.france_services_number)
    return one


def _complete(one, missing, found, *, by):
    for name, value in missing.items():
        setattr(one, name, value)
    if one.pk is None:
        return
    one.save(update_fields=[*missing, "match_key"])
    record("habilitation.complete_structure", one, by=by, after={"file": found.pk, "fields": sorted(missing)})


def _make_people(plans, *, by, file):
    """Somebody nobody knew becomes a person without an account: who signs in with that address finds it all."""
    wanted = {plan.said.email: plan.said for plan in plans if plan.person is None}
    if wanted:
        there = {one.email: one for one in Person.objects.filter(email__in=wanted)}
        named = [
            {"email": email, "first_name": one.first_name, "last_name": one.last_name}
            for email, one in sorted(wanted.items())
            if email not in there
        ]
        new = Person.objects.create_people(named)
        record_many("habilitation.import_person", new, by=by, after=lambda one: {"file": file.pk})
        there |= {one.email: one for one in new}
        for plan in plans:
            plan.person = plan.person or there[plan.said.email]
    locked({plan.person.pk for plan in plans})


def _without_erased(plans) -> list:
    """Once their rows are held: of who was erased while the file was read, nothing is taken over."""
    people = {plan.person.pk for plan in plans}
    gone = set(Refusal.objects.filter(person__in=people).values_list("person", flat=True))
    for plan in plans:
        if plan.person.pk in gone:
            plan.outcome, plan.sentences = Outcome.ERASED, [ERASED]
    return [plan for plan in plans if plan.acts]


def _follow(plans, *, by):
    known = {
        (one.person_id, one.organisation_id): one
        for one in Habilitation.objects.filter(person__in={plan.person.pk for plan in plans})
    }
    wanted = {}
    for plan in plans:
        key = (plan.person.pk, plan.organisation.pk)
        if key not in known:
            wanted.setdefault(key, Habilitation(person=plan.person, organisation=plan.organisation, **_described(plan)))
    new = Habilitation.objects.bulk_create(wanted.values(), batch_size=BATCH)
    record_many("habilitation.follow", new, by=by)
    known |= {(one.person_id, one.organisation_id): one for one in new}
    for plan in plans:
        plan.habilitation = known[plan.person.pk, plan.organisation.pk]


def _described(plan):
    return {"profession": plan.said.profession, "is_conseiller": plan.said.is_conseiller}


def _keep_identifiers(plans):
    rows = {
        plan.said.external_id: ExternalId(person=plan.person, system=SYSTEM, value=plan.said.external_id)
        for plan in plans
        if plan.said.external_id
    }
    ExternalId.objects.bulk_create(rows.values(), ignore_conflicts=True, batch_size=BATCH)


def _mirror(plans, found, *, by):
    told = [(plan.habilitation, plan.said.status) for plan in plans if plan.habilitation and plan.said.status]
    news = [(one, status) for one, status in told if one.external_status != status]
    mirror_statuses(news, seen_on=found.dated_on, by=by, file=found)
