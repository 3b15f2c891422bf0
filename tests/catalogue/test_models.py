import pytest

from parcours.catalogue.models import Edition, EditionActivity, ImmutableEdition
from tests.catalogue.factories import EditionFactory, ParcoursPageFactory

pytestmark = pytest.mark.django_db


def test_an_edition_is_written_once():
    edition = EditionFactory()
    edition.title = "Autre titre"
    with pytest.raises(ImmutableEdition):
        edition.save()
    with pytest.raises(ImmutableEdition):
        edition.delete()


def test_an_activity_is_written_once():
    activity = EditionFactory().activities.first()
    activity.minutes = 600
    with pytest.raises(ImmutableEdition):
        activity.save()
    with pytest.raises(ImmutableEdition):
        activity.delete()


@pytest.mark.parametrize("model", [Edition, EditionActivity])
def test_bulk_writes_are_refused_too(model):
    EditionFactory()
    with pytest.raises(ImmutableEdition):
        model.objects.update(title="Autre titre")
    with pytest.raises(ImmutableEdition):
        model.objects.all().delete()


def test_the_current_edition_is_the_last_one_of_each_parcours():
    parcours = ParcoursPageFactory()
    EditionFactory(parcours=parcours)
    second = EditionFactory(parcours=parcours)
    other = EditionFactory()
    assert set(Edition.objects.current()) == {second, other}
    assert parcours.current_edition == second


def test_a_parcours_taken_offline_is_closed_to_enrolment():
    edition = EditionFactory(parcours=ParcoursPageFactory(live=False))
    assert edition not in Edition.objects.open_to_enrolment()


def test_the_outline_of_an_edition_leaves_the_contents_in_the_database(django_assert_num_queries):
    EditionFactory()
    with django_assert_num_queries(2):
        edition = Edition.objects.get()
        assert [activity.title for activity in edition.activities.outline()] == ["Lire", "Décider", "Quiz final"]
