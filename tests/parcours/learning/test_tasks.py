import pytest

from lms.kernel.models import OutgoingMail
from lms.organisations.models import Organisation
from parcours.learning import actions
from parcours.learning.tasks.enrolments import confirm_enrolment
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import EditionFactory
from tests.organisations.factories import OrganisationFactory
from tests.parcours.learning.factories import EnrolmentFactory
from tests.parcours.learning.views.sending import plain

pytestmark = pytest.mark.django_db


def body():
    return OutgoingMail.objects.get().body


def test_the_confirmation_says_what_begins_how_long_and_who_answers():
    organisation = OrganisationFactory(training=True, name="Formation Armor", email="aide@armor-exemple.fr")
    enrolment = EnrolmentFactory(edition=EditionFactory(habilitation=True, parcours__organisation=organisation))
    confirm_enrolment(enrolment.pk)
    mail = OutgoingMail.objects.get()
    assert mail.to == enrolment.person.email
    assert enrolment.edition.title in mail.subject
    said = plain(mail.body)
    for words in (
        "30 min en 3 étapes",
        "Ce parcours est terminé quand ses 3 étapes",
        enrolment.get_absolute_url(),
        "Inès Le Goff (Formation Armor) vous répond sous deux jours ouvrés. Posez-la depuis l’étape",
        "ne suffit pas pour être habilité à Aidants Connect",
        str(enrolment.employer),
    ):
        assert words in said
    assert "parce que vous suivez un parcours" in mail.reason


def test_a_course_without_habilitation_nor_organisation_says_nothing_of_them():
    enrolment = EnrolmentFactory()
    type(enrolment.parcours).objects.update(organisation=None)
    Organisation.objects.update(nda="")
    confirm_enrolment(enrolment.pk)
    assert "habilité" not in body()
    assert "Une question" not in body()


def test_names_are_written_as_they_are():
    confirm_enrolment(EnrolmentFactory(person=PersonFactory(first_name="N’Golo & Zoé <3")).pk)
    assert "Bonjour N’Golo & Zoé <3," in body()


def test_it_is_sent_once_even_if_the_job_runs_twice():
    enrolment = EnrolmentFactory()
    confirm_enrolment(enrolment.pk)
    confirm_enrolment(enrolment.pk)
    assert OutgoingMail.objects.count() == 1


def test_nothing_is_sent_to_someone_who_left_or_has_no_address():
    left, unreachable = EnrolmentFactory(), EnrolmentFactory(person=PersonFactory(email=None))
    actions.withdraw(left, by=left.person)
    for enrolment in (left, unreachable):
        confirm_enrolment(enrolment.pk)
    assert not OutgoingMail.objects.exists()


def test_somebody_enrolled_by_a_referent_reads_by_whom_and_how_to_stop():
    referent = PersonFactory(first_name="Nadia", last_name="Vasseur")
    enrolment = actions.enrol(PersonFactory(), EditionFactory(), employer=OrganisationFactory(), by=referent)
    assert enrolment.enrolled_by == referent
    confirm_enrolment(enrolment.pk)
    said = plain(body())
    for words in (
        "Nadia Vasseur vous inscrit",
        "il n’y a pas de mot de passe",
        "Mes employeurs",
        "jamais vos réponses",
    ):
        assert words in said
    assert "parce que Nadia Vasseur a inscrit votre adresse" in OutgoingMail.objects.get().reason


def test_nobody_is_named_to_somebody_who_enrolled_alone():
    enrolment = EnrolmentFactory()
    assert enrolment.enrolled_by is None
    confirm_enrolment(enrolment.pk)
    assert "mot de passe" not in body()
