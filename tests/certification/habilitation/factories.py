import datetime

import factory
from factory.django import DjangoModelFactory

from certification.habilitation import actions
from certification.habilitation.lifecycle import FactKind, Origin, Standing
from certification.habilitation.models import Habilitation, ImportedFile
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import OrganisationFactory

DAY = datetime.date(2026, 9, 14)


class HabilitationFactory(DjangoModelFactory):
    """`facts={"eligibility": day, …}` or `facts=("eligibility", "training")`, confirmed, go through the action."""

    class Meta:
        model = Habilitation

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)

    @classmethod
    def _create(cls, model_class, *args, facts=(), **values):
        one = super()._create(model_class, *args, **values)
        for kind, on in (facts if isinstance(facts, dict) else dict.fromkeys(facts, DAY)).items():
            known(one, kind, on)
        one.refresh_from_db()
        return one


def known(one, kind, on=DAY, *, standing=Standing.CONFIRMED, origin=Origin.HERE, by=None, **values):
    """A fact about this habilitation, or about its person."""
    draft = actions.Draft(one.person_id, FactKind(kind), on, standing, origin, habilitation=one.pk, **values)
    new = actions.record_facts([draft], by=by)
    one.refresh_from_db()
    return new[0] if new else None


class ImportedFileFactory(DjangoModelFactory):
    class Meta:
        model = ImportedFile

    kind = "A11"
    name = "aidants.csv"
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    dated_on = DAY
    organisation = factory.SubFactory(OrganisationFactory)
    received_by = factory.SubFactory(PersonFactory)
