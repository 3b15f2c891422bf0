import pytest
from django.urls import reverse
from django.utils import timezone

from lms.kernel.models import JournalEntry, OutgoingMail
from lms.organisations.models import Role
from parcours.adaptations.models import AdaptationRequest, Measure
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.parcours.adaptations.factories import MeasureFactory, RequestFactory, referent_of
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
SECRET = "Une boucle magnétique dans la salle."


@pytest.fixture
def organisation():
    return OrganisationFactory(training=True)


@pytest.fixture
def referent(organisation):
    return referent_of(organisation)


def asked(to, **changes):
    return {"organisation": to.pk, "wish": SECRET, "occasions": ["sessions"], "until": ""} | changes


def test_three_answers_are_enough_and_only_the_referent_reads_them(organisation, referent, run_jobs):
    person = PersonFactory()
    response = signed_in(person).post(reverse("adaptations:ask"), asked(organisation), follow=True)
    assert SECRET in response.content.decode()
    request = AdaptationRequest.objects.get()
    assert request.due_at > timezone.now()
    page = signed_in(referent).get(reverse("adaptations:answer", args=[request.public_id]))
    assert SECRET in page.content.decode()
    run_jobs()
    mail = OutgoingMail.objects.get()
    assert mail.to == referent.email
    assert SECRET not in mail.body and person.full_name not in mail.body


def test_nothing_that_was_asked_enters_the_journal(organisation, referent):
    signed_in(PersonFactory()).post(reverse("adaptations:ask"), asked(organisation))
    entry = JournalEntry.objects.get(verb="adaptations.asked")
    assert SECRET not in str(entry.after)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"wish": ""}, "Dites ce qui vous aiderait"),
        ({"wish": "x" * 2001}, "Ce texte est trop long"),
        ({"occasions": []}, "Cochez au moins une occasion"),
        ({"occasions": ["toujours"]}, "toujours"),
        ({"until": "2020-01-01"}, "Cette date est passée"),
        ({"until": "bientôt"}, "Écrivez la date ainsi"),
        ({"organisation": "0"}, "Choisissez un organisme de la liste"),
    ],
)
def test_a_refused_form_says_why_and_keeps_what_was_written(organisation, referent, changes, sentence):
    response = signed_in(PersonFactory()).post(reverse("adaptations:ask"), asked(organisation, **changes))
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert changes.get("wish", SECRET)[:2000] in page
    assert not AdaptationRequest.objects.exists()


def test_a_second_request_waits_for_the_first_one_s_answer(organisation, referent):
    client = signed_in(PersonFactory())
    client.post(reverse("adaptations:ask"), asked(organisation))
    response = client.post(reverse("adaptations:ask"), asked(organisation))
    assert "Une demande attend déjà" in response.content.decode()
    assert AdaptationRequest.objects.count() == 1


def test_without_a_referent_anywhere_the_page_says_whom_to_write_to():
    page = signed_in(PersonFactory()).get(reverse("adaptations:ask")).content.decode()
    assert "Écrivez au contact d’accessibilité" in page


def test_a_trainer_sees_the_measure_and_never_the_request(organisation, referent):
    request = RequestFactory(organisation=organisation, wish=SECRET)
    signed_in(referent).post(
        reverse("adaptations:answer", args=[request.public_id]),
        {"kinds": ["temps-majore", "salle"], "percent": "33", "until": "", "answer": "C’est prévu."},
    )
    trainer = signed_in(MembershipFactory(role=Role.TRAINER, organisation=organisation).person)
    page = trainer.get(reverse("adaptations:measures")).content.decode()
    assert "Temps majoré de 33\u00a0%" in page and request.person.full_name in page
    assert SECRET not in page and "C’est prévu." not in page
    assert trainer.get(reverse("adaptations:requests")).status_code == 403
    assert trainer.get(reverse("adaptations:answer", args=[request.public_id])).status_code == 404


@pytest.mark.parametrize("role", [Role.TRAINER, Role.TRAINING_MANAGER, Role.DISABILITY_REFERENT])
def test_another_organisme_sees_neither_the_request_nor_the_measure(role):
    measure = MeasureFactory()
    client = signed_in(MembershipFactory(role=role, organisation=OrganisationFactory(training=True)).person)
    assert client.get(reverse("adaptations:answer", args=[measure.request.public_id])).status_code == 404
    assert measure.request.person.full_name not in client.get(reverse("adaptations:measures")).content.decode()


@pytest.mark.parametrize("role", [Role.ADMIN, Role.PILOT])
def test_not_even_an_administrator_reads_a_request(role, organisation, referent):
    request = RequestFactory(organisation=organisation)
    client = signed_in(MembershipFactory(role=role, organisation=OrganisationFactory(anct=True)).person)
    assert client.get(reverse("adaptations:answer", args=[request.public_id])).status_code == 404
    assert client.get(reverse("adaptations:request", args=[request.public_id])).status_code == 404


def test_an_answer_without_a_measure_is_an_answer_in_words(organisation, referent, run_jobs):
    request = RequestFactory(organisation=organisation)
    url = reverse("adaptations:answer", args=[request.public_id])
    signed_in(referent).post(url, {"percent": "33", "until": "", "answer": "La salle est de plain-pied."})
    request.refresh_from_db()
    assert request.state == AdaptationRequest.State.DECLINED
    assert not Measure.objects.exists()
    page = signed_in(request.person).get(request.get_absolute_url()).content.decode()
    assert "La salle est de plain-pied." in page
    run_jobs()
    assert "plain-pied" not in OutgoingMail.objects.get().body


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"answer": ""}, "Écrivez une réponse"),
        ({"percent": ""}, "Dites combien de temps est ajouté"),
        ({"percent": "300"}, "de 1 à 200"),
        ({"kinds": ["diagnostic"]}, "diagnostic"),
    ],
)
def test_an_answer_that_does_not_hold_is_refused_and_grants_nothing(organisation, referent, changes, sentence):
    request = RequestFactory(organisation=organisation)
    values = {"kinds": ["temps-majore"], "percent": "33", "until": "", "answer": "Accordé."} | changes
    response = signed_in(referent).post(reverse("adaptations:answer", args=[request.public_id]), values)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Measure.objects.exists()


def test_a_person_takes_back_what_was_granted(organisation):
    measure = MeasureFactory(request__organisation=organisation)
    client = signed_in(measure.request.person)
    url = reverse("adaptations:withdraw", args=[measure.request.public_id])
    assert "ne s’appliqueront plus" in client.get(url).content.decode()
    client.post(url)
    assert "Aucune mesure ne s’applique" in client.get(reverse("adaptations:mine")).content.decode()
    assert "retirée" in client.get(url).content.decode()


def test_the_referent_s_list_shows_who_waits_longest_first_in_few_queries(
    organisation, referent, django_assert_max_num_queries
):
    for _ in range(30):
        RequestFactory(organisation=organisation)
    last = RequestFactory(organisation=organisation, person__last_name="Zéphir")
    client = signed_in(referent)
    with django_assert_max_num_queries(13):
        page = client.get(reverse("adaptations:requests"), {"par_page": "100"}).content.decode()
    assert page.index("En retard") < page.index(last.person.last_name)
    assert "31\u00a0demandes" in page or "31 demandes" in page


def test_a_social_security_number_is_refused_and_shown_no_more(organisation, referent):
    wish = "Du temps, mon numéro est le 2 69 05 49 588 157 80."
    response = signed_in(PersonFactory()).post(reverse("adaptations:ask"), asked(organisation, wish=wish))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Un numéro de sécurité sociale a été retiré" in page
    assert "588 157" not in page and "Du temps, mon numéro est le" in page
    assert not AdaptationRequest.objects.exists()
