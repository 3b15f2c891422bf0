"""The learner's papers, and their revocation by whoever issued them."""

import pytest
from django.core import mail
from django.core.files.storage import storages
from django.urls import reverse

from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import JournalEntry, Paper
from lms.kernel.papers import revoke
from lms.organisations.lifecycle import Role
from parcours.learning.permissions import can_list_issued_papers, can_revoke_paper
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.parcours.learning.factories import EnrolmentFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def issuer():
    return OrganisationFactory(training=True, name="Ouest Médiation Formation")


@pytest.fixture
def paper(issuer, run_jobs):
    enrolment = EnrolmentFactory(completed=True)
    run_jobs()
    return Paper.objects.get(key=enrolment.attestation_key)


@pytest.fixture
def manager(issuer):
    return MembershipFactory(organisation=issuer, role=Role.TRAINING_MANAGER).person


def text_of(response):
    return " ".join(response.content.decode().split())


def test_before_any_paper_the_page_says_what_gives_one(client):
    client.force_login(PersonFactory())
    page = text_of(client.get(reverse("learning:papers")))
    assert "Vous n’avez pas encore d’attestation." in page
    assert "Voir mes parcours" in page


def test_a_paper_being_made_is_announced(client, issuer):
    client.force_login(EnrolmentFactory(completed=True).person)
    assert "se prépare" in text_of(client.get(reverse("learning:papers")))


def test_the_list_shows_each_paper_with_its_state_its_file_and_its_address(client, paper):
    client.force_login(paper.person)
    page = text_of(client.get(reverse("learning:papers")))
    for shown in (paper.number, paper.verification_url, "valide", reverse("learning:paper_pdf", args=[paper.number])):
        assert shown in page


def test_the_list_costs_the_same_for_one_paper_or_ten(client, paper, django_assert_max_num_queries):
    from tests.kernel.papers.factories import issue

    for _ in range(3):
        issue(person=paper.person)
    client.force_login(paper.person)
    with django_assert_max_num_queries(11):
        client.get(reverse("learning:papers"))


def test_the_page_shows_what_was_frozen(client, paper):
    client.force_login(paper.person)
    page = client.get(reverse("learning:paper", args=[paper.number])).content.decode()
    assert paper.twin_html in page


def test_the_file_is_the_one_that_was_sealed_under_a_name_that_says_nothing_of_the_person(client, paper):
    client.force_login(paper.person)
    response = client.get(reverse("learning:paper_pdf", args=[paper.number]))
    assert response.content == paper.read()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{paper.number}.pdf"'
    assert "no-store" in response["Cache-Control"]


def test_a_file_that_changed_in_storage_is_not_handed_over(client, paper, caplog):
    with open(storages["papers"].path(paper.file_name), "ab") as file:
        file.write(b" ")
    client.force_login(paper.person)
    response = client.get(reverse("learning:paper_pdf", args=[paper.number]))
    assert response.status_code == 500
    assert "ne peut pas vous être remis" in text_of(response)
    assert paper.number in caplog.text
    assert paper.person.last_name not in caplog.text


@pytest.mark.parametrize("page", ["paper", "paper_pdf"])
def test_the_paper_of_another_does_not_exist(client, paper, page):
    client.force_login(PersonFactory())
    assert client.get(reverse(f"learning:{page}", args=[paper.number])).status_code == 404


@pytest.mark.parametrize(
    ("role", "at_the_issuer", "may"),
    [(role, here, role == Role.ADMIN or (role == Role.TRAINING_MANAGER and here)) for role in Role for here in (0, 1)],
)
def test_who_may_revoke(paper, role, at_the_issuer, may):
    organisation = paper.organisation if at_the_issuer else OrganisationFactory(training=True)
    person = MembershipFactory(role=role, organisation=organisation).person
    assert can_revoke_paper(person, paper) == may
    assert can_list_issued_papers(person) == (role in (Role.ADMIN, Role.TRAINING_MANAGER))


def test_nobody_revokes_a_paper_of_their_own(paper):
    MembershipFactory(person=paper.person, role=Role.ADMIN, organisation=OrganisationFactory(anct=True))
    assert not can_revoke_paper(paper.person, paper)


def test_a_manager_sees_the_papers_of_the_organisme_and_no_other(paper, manager):
    other = MembershipFactory(role=Role.TRAINING_MANAGER, organisation=OrganisationFactory(training=True)).person
    client = signed_in(manager)
    assert paper.number in text_of(client.get(reverse("learning:issued_papers")))
    assert paper.number in text_of(client.get(reverse("learning:issued_papers"), {"q": paper.number.lower()}))
    assert "Aucune attestation ne porte ce numéro" in text_of(client.get(reverse("learning:issued_papers"), {"q": "X"}))
    client = signed_in(other)
    assert paper.number not in text_of(client.get(reverse("learning:issued_papers")))
    assert client.get(reverse("learning:revoke_paper", args=[paper.number])).status_code == 404


def test_a_learner_does_not_enter_the_register(client, paper):
    client.force_login(paper.person)
    for name, args in (("issued_papers", []), ("issued_paper", [paper.number]), ("revoke_paper", [paper.number])):
        assert client.get(reverse(f"learning:{name}", args=args)).status_code == 403


def test_revoking_takes_a_reason_then_a_confirmation(paper, manager):
    client = signed_in(manager)
    address = reverse("learning:revoke_paper", args=[paper.number])
    assert "Choisissez le motif" in text_of(client.post(address, {}))
    assert client.post(address, {"reason": "caprice"}).status_code == 200
    confirm = client.post(address, {"reason": "fraud"})
    assert "Cette décision est définitive" in text_of(confirm)
    paper.refresh_from_db()
    assert not paper.is_revoked
    page = text_of(client.post(address, {"reason": "fraud", "confirmed": "on"}, follow=True))
    assert "Ce document a été révoqué" in page
    paper.refresh_from_db()
    assert (paper.is_revoked, paper.revocation_reason) == (True, "fraud")


def test_a_revocation_is_public_journalled_and_told_to_the_person(client, paper, manager, run_jobs):
    revoke(paper, by=manager, reason="content")
    run_jobs()
    page = text_of(client.get(paper.verification_url))
    assert "Ce document a été révoqué" in page
    assert "erreur dans le contenu" in page
    assert str(manager) not in page
    entry = JournalEntry.objects.get(verb="kernel.revoke_paper")
    assert (entry.by, entry.after) == (manager, {"state": "revoked", "reason": "content"})
    message = next(one for one in mail.outbox if paper.number in one.subject and "révoqu" in one.subject)
    assert message.to == [paper.person.email]
    assert "erreur dans le contenu" in message.body


def test_a_revoked_paper_is_not_revoked_again(paper, manager):
    revoke(paper, by=manager, reason="error")
    with pytest.raises(TransitionRefused):
        revoke(paper, by=manager, reason="fraud")
    with pytest.raises(ValueError, match="caprice"):
        revoke(paper, by=manager, reason="caprice")


def test_the_holder_sees_that_a_paper_is_revoked_and_keeps_its_file(client, paper, manager):
    revoke(paper, by=manager, reason="error")
    client.force_login(paper.person)
    assert "révoquée" in text_of(client.get(reverse("learning:papers")))
    assert "Ce document a été révoqué" in text_of(client.get(reverse("learning:paper", args=[paper.number])))
    assert client.get(reverse("learning:paper_pdf", args=[paper.number])).status_code == 200
