"""What the attestation says, when it is issued, and that it is issued once."""

import io
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core import mail
from pypdf import PdfReader

from lms.accounts.models import Person
from lms.kernel import papers
from lms.kernel.formats import NBSP, date_long
from lms.kernel.models import Job, Paper
from lms.organisations.models import Organisation
from parcours.learning.documents import NO_EVALUATION, NoIssuer, attestation_content
from parcours.learning.models import Enrolment
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import EditionFactory
from tests.organisations.factories import DepartementFactory, OrganisationFactory
from tests.parcours.learning.factories import QUIZ, EnrolmentFactory, activity, finish, reply, wrong

pytestmark = pytest.mark.django_db


@pytest.fixture
def issuer():
    return OrganisationFactory(training=True, name="Ouest Médiation Formation")


def content_of(enrolment):
    return attestation_content(Enrolment.objects.for_attestation().get(pk=enrolment.pk))


def paper_of(enrolment):
    return Paper.objects.get(key=enrolment.attestation_key)


def words(file):
    return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages).split())


def test_finishing_the_parcours_issues_one_sealed_attestation(issuer, run_jobs):
    enrolment = EnrolmentFactory(completed=True)
    assert not Paper.objects.exists()
    run_jobs()
    paper = paper_of(enrolment)
    assert paper.number.startswith("AFF-")
    assert paper.person == enrolment.person
    assert paper.organisation == issuer
    said = words(paper.read())
    for text in papers.texts_of(paper.content | {"starts_on": "", "ends_on": ""}):
        assert " ".join(text.split()) in said, text


def test_an_unfinished_parcours_issues_nothing(issuer, run_jobs):
    EnrolmentFactory(started=True)
    run_jobs()
    assert not Paper.objects.exists()


def test_run_twice_the_job_issues_once_and_writes_once(issuer, run_jobs):
    from parcours.learning.tasks.attestations import issue_attestation

    enrolment = EnrolmentFactory(completed=True)
    run_jobs()
    sealed = paper_of(enrolment).sha256
    assert issue_attestation(enrolment.pk) is None
    assert paper_of(enrolment).sha256 == sealed
    assert [message.subject for message in mail.outbox if "attestation" in message.subject] == [
        f"Votre attestation de fin de formation {paper_of(enrolment).number}"
    ]


def test_a_render_that_fails_is_tried_again_under_the_same_number(issuer, run_jobs, monkeypatch):
    enrolment = EnrolmentFactory(completed=True)
    with monkeypatch.context() as patch:
        patch.setattr(papers.pdf, "BASE", papers.pdf.BASE / "nowhere")
        run_jobs()
    number = paper_of(enrolment).number
    assert paper_of(enrolment).state == Paper.State.RESERVED
    with time_machine.travel(datetime.now(UTC).timestamp() + 3600):
        run_jobs()
    assert paper_of(enrolment).number == number
    assert paper_of(enrolment).state == Paper.State.SEALED


def test_what_it_says_is_frozen_when_the_number_is_given(issuer, run_jobs):
    enrolment = EnrolmentFactory(completed=True)
    name = enrolment.person.full_name
    run_jobs()
    enrolment.person.last_name = "Autrement"
    enrolment.person.save()
    assert paper_of(enrolment).content["holder"] == name


def test_it_states_the_hours_proven_and_how(issuer):
    enrolment = EnrolmentFactory(completed=True)
    content = content_of(enrolment)
    assert content["planned"] == content["proven"] == f"30{NBSP}min"
    assert content["proven_minutes"] == enrolment.progress.minutes_done == 30
    assert f"3 sur{NBSP}3" in content["proof"]
    assert f"1{NBSP}texte lu" in content["proof"]
    assert f"1{NBSP}évaluation réussie" in content["proof"]


def test_the_national_half_day_proves_three_hours_and_a_half(issuer):
    from tests.parcours.learning.factories import REAL

    enrolment = EnrolmentFactory(completed=True, edition=EditionFactory(parcours__minutes=210, activities=REAL))
    content = content_of(enrolment)
    assert content["proven"] == f"3{NBSP}h{NBSP}30"
    assert len(content["results"]) == 2


def test_the_result_is_said_in_words_with_its_score_and_its_attempts(issuer):
    edition = EditionFactory(activities=[QUIZ | {"title": "Quiz final"}])
    enrolment = EnrolmentFactory(edition=edition)
    quiz = activity(enrolment, 0)
    for question in quiz.questions:
        reply(enrolment, quiz, question, wrong(question))
    from parcours.learning import actions

    actions.restart(enrolment, quiz, after=1)
    for rank, question in enumerate(quiz.questions):
        reply(enrolment, quiz, question, None if rank else wrong(question), attempt=2)
    enrolment.refresh_from_db()
    assert content_of(enrolment)["results"] == [
        f"Cadre juridique – Quiz final : réussi, 9 réponses justes sur{NBSP}10 (90{NBSP}%), meilleur de 2{NBSP}essais. "
        f"Seuil demandé : 70{NBSP}%."
    ]


def test_without_evaluation_it_says_so_rather_than_nothing(issuer):
    enrolment = EnrolmentFactory(completed=True, edition=EditionFactory(activities=[{"title": "Lire"}]))
    assert content_of(enrolment)["results"] == [NO_EVALUATION]


@pytest.mark.parametrize("habilitation", [True, False])
def test_it_reminds_what_it_is_not_enough_for(issuer, habilitation):
    enrolment = EnrolmentFactory(completed=True, edition=EditionFactory(habilitation=habilitation))
    reminder = content_of(enrolment)["reminder"]
    assert bool(reminder) == habilitation
    if habilitation:
        assert "ne suffit pas" in reminder["intro"]
        assert len(reminder["points"]) == 3


def test_the_organisme_is_named_with_its_numbers_and_without_claiming_an_approval(issuer):
    said = content_of(EnrolmentFactory(completed=True))["issuer"]
    assert said["name"] == "Ouest Médiation Formation"
    assert said["nda"] == f"53{NBSP}35{NBSP}12345{NBSP}35"
    assert said["registration"] == "Cet enregistrement ne vaut pas agrément de l’État."
    assert (said["signatory"], said["signatory_role"]) == ("Paul Kermarrec", "directeur")


def test_the_organisme_of_the_parcours_signs_when_it_is_named(issuer):
    other = OrganisationFactory(training=True, name="Formation Armor")
    enrolment = EnrolmentFactory(completed=True, edition=EditionFactory(parcours__organisation=other))
    assert content_of(enrolment)["issuer"]["name"] == "Formation Armor"


def test_without_an_organisme_the_job_waits_and_says_why(run_jobs):
    enrolment = EnrolmentFactory(completed=True)
    type(enrolment.parcours).objects.update(organisation=None)
    Organisation.objects.update(nda="")
    with pytest.raises(NoIssuer):
        content_of(enrolment)
    run_jobs()
    assert not Paper.objects.exists()
    job = Job.objects.get(name="learning.issue_attestation")
    assert job.error.startswith("NoIssuer")
    assert enrolment.person.last_name not in job.error


def test_dates_are_those_of_the_place_of_the_organisme():
    reunion = DepartementFactory(code="974", time_zone="Indian/Reunion")
    OrganisationFactory(training=True, departement=reunion)
    with time_machine.travel(datetime(2026, 12, 30, 22, tzinfo=UTC), tick=False):
        enrolment = EnrolmentFactory()
        finish(enrolment, activity(enrolment, 0))
    with time_machine.travel(datetime(2026, 12, 31, 21, tzinfo=UTC), tick=False):
        for rank in (1, 2):
            finish(enrolment, activity(enrolment, rank))
    enrolment.refresh_from_db()
    content = content_of(enrolment)
    assert (content["starts_on"], content["ends_on"]) == ("2026-12-31", "2027-01-01")
    assert content["dates"] == f"du {date_long(date(2026, 12, 31))} au {date_long(date(2027, 1, 1))}"


def test_a_single_day_is_written_once(issuer):
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC), tick=False):
        enrolment = EnrolmentFactory(completed=True)
    assert content_of(enrolment)["dates"] == f"le {date_long(date(2026, 11, 22))}"


def test_the_person_is_told_with_the_addresses_and_what_remains(issuer, run_jobs):
    enrolment = EnrolmentFactory(completed=True, edition=EditionFactory(habilitation=True))
    run_jobs()
    paper = paper_of(enrolment)
    message = next(one for one in mail.outbox if paper.number in one.subject)
    assert message.to == [enrolment.person.email]
    assert f"/espace/attestations/{paper.number}/" in message.body
    assert paper.verification_url in message.body
    assert "ne suffit pas" in message.body


def test_someone_without_an_address_has_an_attestation_and_no_mail(issuer, run_jobs):
    enrolment = EnrolmentFactory(completed=True)
    Person.objects.filter(pk=enrolment.person.pk).update(email=None)
    run_jobs()
    assert paper_of(enrolment).is_sealed
    assert not [one for one in mail.outbox if "attestation" in one.subject]


@pytest.mark.parametrize(
    "name", ["O’Neil-L'Hôte", "محمد بن عبد الله", "Nadia 🌻", "é" * 120, "Bertrand de Saint-Exupéry " * 4]
)
def test_unlucky_names_and_employers_get_their_attestation(issuer, run_jobs, name):
    person = PersonFactory(first_name="", last_name=name.strip())
    enrolment = EnrolmentFactory(completed=True, person=person, employer=OrganisationFactory(name=name[:200]))
    run_jobs()
    assert len(PdfReader(io.BytesIO(paper_of(enrolment).read())).pages) == 1
