"""How the pages of this room find what they show: what one may not see does not exist."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404
from django.urls import reverse

from certification.funding.lifecycle import Side
from certification.funding.models import Demande
from certification.funding.permissions import can_keep_for_employer, can_keep_for_session
from certification.funding.queries import with_merged
from lms.organisations.models import Organisation
from parcours.classroom.models import Session


@dataclass(frozen=True)
class Keeper:
    """The side from which a demande is kept: a structure, or a session of the organisme de formation."""

    side: Side
    home: object
    allowed: bool

    @property
    def is_training(self):
        return self.side == Side.TRAINING

    @property
    def frame(self):
        return "funding/_training_frame.html" if self.is_training else "funding/_employer_frame.html"

    @property
    def space(self):
        return "Espace formation" if self.is_training else "Espace structure"

    def url(self, name, *args):
        return reverse(f"funding:{self.side}_{name}", args=[self.home.public_id, *args])

    def demandes(self, person):
        if self.is_training:
            return Demande.objects.kept_by_training(person).filter(session=self.home)
        return Demande.objects.kept_by_employer(person).filter(employer__in=with_merged(Organisation, [self.home.pk]))

    def context(self, **more) -> dict:
        about = {"session": self.home} if self.is_training else {"organisation": self.home}
        return {"keeper": self, "frame": self.frame, "list_url": self.url("list")} | about | more


def keeper_of(request, structure=None, session=None) -> Keeper:
    if structure is not None:
        found = get_object_or_404(Organisation.objects.answered_for_by(request.user).known_as(structure))
        return Keeper(Side.EMPLOYER, found, can_keep_for_employer(request.user, found))
    found = get_object_or_404(Session.objects.visible_to(request.user).for_page(), public_id=session)
    return Keeper(Side.TRAINING, found, can_keep_for_session(request.user, found))


def kept(request, keeper, demande) -> Demande:
    return get_object_or_404(keeper.demandes(request.user).for_page(), public_id=demande)


def decided(request, demande) -> Demande:
    """A file of one’s OPCO."""
    return get_object_or_404(Demande.objects.decided_by(request.user).for_page(), public_id=demande)
