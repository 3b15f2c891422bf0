"""What people say: a test Pix declared with its proof, a presence noted by who trained, and what is made of it."""

import hashlib
import uuid

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from certification.habilitation.actions.facts import Draft, codes, derive, locked, record_facts
from certification.habilitation.engine.cells import FIRST_YEAR
from certification.habilitation.lifecycle import FACTS, FactKind, Origin, Standing
from certification.habilitation.models import Fact, Habilitation
from lms.kernel.formats import date_short
from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.queries import today_for

ALREADY_DECLARED = (
    "Un test Pix est déjà déclaré pour le {on} et attend d’être confirmé : retirez d’abord cette déclaration."
)
ALREADY_KNOWN = "Le test Pix envoyé le {on} est déjà enregistré : il n’y a rien à déclarer."
TO_COME = "Cette date est à venir : corrigez-la."
TOO_OLD = "Cette date est d’avant Aidants Connect : vérifiez l’année."
TRAINED_ALREADY = "Cette formation, le {on}, est déjà enregistrée pour cette personne : il n’y a rien à ajouter."
GONE = "Ce fait est déjà retiré : il n’y a rien à faire."
NO_REASON = "Dites pourquoi en quelques mots : le motif est gardé."
NOT_FOLLOWED = (
    "Aucune habilitation n’est suivie pour cette personne : elle commence par une inscription à une session, "
    "ou par une demande sur Aidants Connect."
)
NOT_OPEN = "Cette déclaration n’attend plus : elle est confirmée ou écartée."


def declare_pix(person, on, *, proof, by) -> Fact:
    """A test Pix sent that day, with its proof (a CheckedFile): it waits, and counts once confirmed.

    Raises TransitionRefused. The test may come before the training: both are needed, in any order.
    """
    _possible(on, by)
    with transaction.atomic():
        locked([person.pk])
        if not Habilitation.objects.filter(person=person).exists():
            raise TransitionRefused([NOT_FOLLOWED])
        known = Fact.objects.filter(person=person, kind=FactKind.PIX).standing()
        if waiting := known.filter(standing=Standing.DECLARED).first():
            raise TransitionRefused([ALREADY_DECLARED.format(on=date_short(waiting.on))])
        if counted := known.counting().first():
            raise TransitionRefused([ALREADY_KNOWN.format(on=date_short(counted.on))])
        key = f"declared:{FactKind.PIX}:{person.pk}:{uuid.uuid4().hex}"
        draft = Draft(person.pk, FactKind.PIX, on, Standing.DECLARED, Origin.PERSON, key=key)
        fact = record_facts([draft], by=by)[0]
        return _with_proof(fact, proof)


def note_training(person, on, *, organisation, by, proof=None) -> Fact:
    """Whoever trained says that the person was there: that is a person's confirmation. Raises TransitionRefused."""
    _possible(on, by)
    with transaction.atomic():
        locked([person.pk])
        same = Fact.objects.filter(person=person, kind=FactKind.TRAINING, on=on, training_organisation=organisation)
        if same.counting().exists():
            raise TransitionRefused([TRAINED_ALREADY.format(on=date_short(on))])
        key = f"noted:{FactKind.TRAINING}:{person.pk}:{organisation.pk}:{on}:{same.count()}"
        where = {"training_organisation": organisation.pk, "key": key}
        draft = Draft(person.pk, FactKind.TRAINING, on, Standing.CONFIRMED, Origin.PERSON, **where)
        fact = record_facts([draft], by=by)[0]
        return _with_proof(fact, proof) if proof else fact


def confirm_fact(fact, *, by):
    """Somebody who has seen the proof confirms what was declared."""
    return _decide(fact, "confirm_fact", by=by, note="")


def reject_fact(fact, *, by, note):
    """It is set aside with its reason, which whoever declared it reads; another may be declared."""
    if not note.strip():
        raise TransitionRefused([NO_REASON])
    with transaction.atomic():
        fact = _decide(fact, "reject_fact", by=by, note=note.strip()[:300])
        post("habilitation.tell_rejected", fact.pk, key=f"habilitation.tell_rejected:{fact.pk}")
    return fact


def withdraw_fact(fact, *, by, note):
    """What was recorded was wrong: it stays in sight, and counts no more."""
    if not note.strip():
        raise TransitionRefused([NO_REASON])
    with transaction.atomic():
        fact = _held(fact)
        if fact.withdrawn_at:
            raise TransitionRefused([GONE])
        fact.withdrawn_at, fact.withdrawn_by, fact.note = timezone.now(), by, note.strip()[:300]
        fact.save(update_fields=["withdrawn_at", "withdrawn_by", "note"])
        record("habilitation.withdraw_fact", fact, by=by, after=codes(fact), personal={"motif": fact.note})
        derive({fact.person_id}, by=by)
    return fact


def take_back_declaration(fact, *, by):
    """Whoever declared it was wrong, and says so while it waits."""
    with transaction.atomic():
        if _held(fact).standing != Standing.DECLARED:
            raise TransitionRefused([NOT_OPEN])
        return withdraw_fact(fact, by=by, note="déclaration reprise par qui l’avait faite")


def _possible(on, by):
    if on > today_for(by):
        raise TransitionRefused([TO_COME])
    if on.year < FIRST_YEAR:
        raise TransitionRefused([TOO_OLD])


def _held(fact) -> Fact:
    """The row as it is now, after that of its person: everybody takes them in this order."""
    locked([fact.person_id])
    return Fact.objects.select_for_update(no_key=True).get(pk=fact.pk)


def _decide(fact, verb, *, by, note):
    with transaction.atomic():
        locked([fact.person_id])
        with FACTS.moving(fact, verb, by=by, after={"kind": fact.kind, "origin": fact.origin}) as one:
            one.decided_by, one.decided_at, one.note = by, timezone.now(), note
        derive({one.person_id}, by=by)
    return one


def _with_proof(fact, proof):
    extension = proof.name.rpartition(".")[2]
    fact.proof_sha256 = hashlib.sha256(proof.data).hexdigest()
    fact.proof.save(f"{fact.public_id}.{extension}", ContentFile(proof.data), save=False)
    fact.save(update_fields=["proof", "proof_sha256"])
    return fact
