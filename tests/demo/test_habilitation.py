import pytest
from django.core.management import call_command

from certification.habilitation.lifecycle import Route, Step
from certification.habilitation.models import Fact, Habilitation
from lms.accounts.models import Person
from lms.organisations.queries import today
from tests.catalogue.factories import EditionFactory


def told():
    return list(Habilitation.objects.order_by("pk").values_list("person", "organisation", "step", "exit_reason"))


@pytest.mark.django_db
def test_people_stand_at_several_steps_and_a_second_run_moves_nobody():
    EditionFactory(parcours__live=True, parcours__organisation=None, parcours__is_habilitation=True)
    call_command("load_demo", "--people", "40", verbosity=0)
    first = told()
    steps = {step for _, _, step, _ in first}
    assert {Step.INVITED, Step.HABILITATED} <= steps
    assert any(reason for *_, reason in first)
    assert Habilitation.objects.filter(route=Route.PEER).exists()
    twice = [person for person in Person.objects.all() if person.habilitations.count() > 1]
    assert twice
    assert not Fact.objects.filter(on__gt=today()).exists()
    call_command("load_demo", "--people", "40", verbosity=0)
    assert told() == first
