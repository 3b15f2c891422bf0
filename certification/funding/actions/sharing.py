"""Officers of one OPCO share its files: who has which in charge, who follows which branches, under which views."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from certification.funding.actions.refusals import refuse_if
from certification.funding.models import Branches, Demande, DigestStop, SavedView
from certification.funding.permissions import assignment_refusals
from lms.kernel import grants
from lms.kernel.journal import record, record_many
from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.queries import today

DIGEST = grants.define("funding.digest", "arrêter le récapitulatif d’un gestionnaire OPCO")
LINK_DAYS = 400
MOST_VIEWS = 20
ENOUGH_VIEWS = f"Vous gardez déjà {MOST_VIEWS} vues : supprimez-en une."
SAME_NAME = "Vous avez déjà une vue de ce nom : choisissez-en un autre."
EMPTY_VIEW = "Cette vue ne garde aucun filtre : choisissez-en un, puis enregistrez-la."
PAST = "Cette date est passée : choisissez aujourd’hui ou un jour à venir."


@transaction.atomic
def assign(demandes, *, to, by) -> tuple[int, list[str]]:
    """Put files in the charge of `to`: how many were, and why the others were not."""
    pks = sorted(one.pk for one in demandes)
    locked = list(Demande.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=pks).order_by("pk"))
    why = assignment_refusals(to, list(Demande.objects.select_related("session__organisation").filter(pk__in=pks)))
    moved = [one for one in locked if not why[one.pk]]
    before = {one.pk: one.officer_id for one in moved}
    Demande.objects.filter(pk__in=before).update(officer=to)
    record_many("funding.assign", moved, by=by, after=lambda one: {"from": before[one.pk], "to": to.pk})
    return len(moved), [f"Dossier {one.number} : {why[one.pk]}" for one in locked if why[one.pk]]


@transaction.atomic
def set_branches(membership, *, idcc, by, starts_on=None) -> Branches:
    """From that day on, the officer follows these branches, or the whole OPCO when there is none."""
    starts_on = starts_on or today()
    refuse_if(PAST if starts_on < today() else "")
    found = Branches.objects.create(membership=membership, idcc=sorted(set(idcc)), starts_on=starts_on, set_by=by)
    membership.person.__dict__.pop("_funding_branches", None)
    after = {"membership": membership.pk, "idcc": found.idcc, "starts_on": starts_on.isoformat()}
    record("funding.set_branches", found, by=by, after=after)
    return found


@transaction.atomic
def save_view(person, *, name, filters) -> SavedView:
    """Raises TransitionRefused: nothing to keep, a name that is taken, too many."""
    refuse_if("" if filters else EMPTY_VIEW)
    refuse_if(ENOUGH_VIEWS if person.funding_views.count() >= MOST_VIEWS else "")
    try:
        with transaction.atomic():
            return SavedView.objects.create(person=person, name=name.strip(), filters=filters)
    except IntegrityError as error:
        raise TransitionRefused([SAME_NAME]) from error


def delete_view(view) -> None:
    view.delete()


def stop_link_of(person) -> grants.Grant:
    """What stops the digest without signing in: the same link in each of them."""
    return grants.current(DIGEST, person=person) or grants.give(DIGEST, person=person, by=None, days=LINK_DAYS)


@transaction.atomic
def stop_digest(person, *, by) -> None:
    """Stopping twice changes nothing."""
    found, stopped = DigestStop.objects.get_or_create(person=person, defaults={"stopped_at": timezone.now()})
    if stopped:
        record("funding.stop_digest", found, by=by)


@transaction.atomic
def resume_digest(person, *, by) -> None:
    found = DigestStop.objects.filter(person=person).first()
    if found is not None:
        record("funding.resume_digest", found, by=by)
        found.delete()
