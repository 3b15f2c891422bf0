import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from lms.organisations.models import Role
from parcours.adaptations.models import AdaptationRequest, Measure
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import MembershipFactory, OrganisationFactory


def referent_of(organisation):
    return MembershipFactory(role=Role.DISABILITY_REFERENT, organisation=organisation).person


class RequestFactory(DjangoModelFactory):
    class Meta:
        model = AdaptationRequest

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory, training=True)
    wish = "Des pauses toutes les vingt minutes."
    occasions = ["etapes", "evaluations"]
    due_at = factory.LazyFunction(timezone.now)


class MeasureFactory(DjangoModelFactory):
    """A measure in force: its request is granted."""

    class Meta:
        model = Measure

    request = factory.SubFactory(RequestFactory, state=AdaptationRequest.State.GRANTED)
    kind = "pauses"
    starts_on = factory.LazyFunction(timezone.localdate)
