"""What the référent finds once two structures are one: what was offered, listed and registered under the other."""

import pytest
from django.urls import reverse

from certification.habilitation.documents.duplicates import OF_STRUCTURES
from certification.habilitation.models import Merge
from lms.kernel.models import Paper
from lms.organisations.models import Organisation, Role
from parcours.classroom.models import Registration
from parcours.colleagues.models import Invitation
from tests.accounts.factories import PersonFactory
from tests.certification.funding import factories as funding
from tests.certification.habilitation.views.test_merging import address_of, shown
from tests.organisations.factories import DepartementFactory, MembershipFactory, OrganisationFactory
from tests.parcours.colleagues.factories import draft, edition_open
from tests.parcours.paperwork.factories import live_session, manager_of, organisme, quote_for, seat, sent_convention
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db

READ_WHERE_IT_IS = {
    "a demande stays as it was filed, and is found from the structure that stands": {"funding.Demande.employer"},
    "the merge itself": {
        *("habilitation.Merge.kept_organisation", "habilitation.Merge.merged_organisation"),
        "organisations.Organisation.merged_into",
    },
    "moved one by one": {"habilitation.Habilitation.organisation"},
    "counted anew from what moved": {"pilotage.Line.organisation", "pilotage.Line.training_organisation"},
    "shown nowhere": {"organisations.Organisation.parent"},
    "of an organisme, a funder, a certificateur or ANCT, which are never merged": {
        *("funding.Demande.opco", "funding.Bordereau.opco", "funding.Credential.organisation"),
        *("funding.Confirmation.opco", "habilitation.HandOver.organisation", "habilitation.ImportedFile.organisation"),
        *("habilitation.Habilitation.training_organisation", "habilitation.Fact.training_organisation"),
        *("quality.Complaint.organisation", "quality.Abandonment.organisation", "quality.AuditAccess.organisation"),
        *("quality.TrainerDocument.organisation", "quality.Subcontract.organisation", "quality.Watch.organisation"),
        *("quality.DisabilityReferent.organisation", "quality.Hazard.organisation", "quality.Improvement.organisation"),
        *("paperwork.Invoice.organisation", "paperwork.HouseText.organisation", "classroom.Room.organisation"),
        *("classroom.Session.organisation", "assistance.Thread.organisation", "catalogue.LibraryPage.organisation"),
        *("catalogue.ParcoursPage.organisation", "adaptations.AdaptationRequest.organisation"),
        "kernel.Paper.organisation",
    },
}


def test_each_row_that_names_a_structure_follows_it_or_is_read_where_it_is():
    moved = {f"{model._meta.label}.{name}" for model, name in OF_STRUCTURES}
    named = {
        f"{one.related_model._meta.label}.{one.field.name}"
        for one in Organisation._meta.get_fields(include_hidden=True)
        if one.auto_created and not one.concrete and not one.many_to_many
    }
    assert named == moved.union(*READ_WHERE_IT_IS.values())


@pytest.fixture
def desk():
    return signed_in(MembershipFactory(organisation=OrganisationFactory(kind="anct"), role=Role.PILOT).person)


@pytest.fixture
def twins():
    return OrganisationFactory(name="CCAS de Vitré"), OrganisationFactory(name="C.C.A.S. de Vitré")


@pytest.fixture
def referent(twins):
    return MembershipFactory(organisation=twins[0], role=Role.STRUCTURE_REFERENT).person


def merge(desk, kept, merged, do="fusionner"):
    choice = {"kept": str(kept.public_id), "merged": str(merged.public_id), "faire": do}
    seen = {"vu": f"{kept.public_id} {merged.public_id}"}
    return desk.post(address_of("structures", kept, merged), choice | seen)


def undo(desk):
    desk.post(reverse("habilitation:undo_merge", args=[Merge.objects.get().public_id]))


def read(person, name, *args):
    response = signed_in(type(person).objects.get(pk=person.pk)).get(reverse(name, args=args))
    return shown(response) if response.status_code == 200 else response.status_code


def test_devis_and_conventions_are_found_under_the_structure_that_stands_and_go_back(desk, twins, referent, run_jobs):
    kept, merged = twins
    session = live_session(organisme(), days=10)
    by = manager_of(session.organisation)
    seat(session, merged)
    quote = quote_for(session, merged, by=by)
    convention = sent_convention(session, merged, by=by, run_jobs=run_jobs)
    papers = list(Paper.objects.order_by("pk").values("pk", "number", "sha256", "content"))
    assert quote.paper.number not in read(referent, "paperwork:structure", kept.public_id)
    preview = shown(merge(desk, kept, merged, do="voir"))
    for told in ("1 place en session", "1 devis", "1 convention"):
        assert told in preview
    merge(desk, kept, merged)
    listed = read(referent, "paperwork:structure", kept.public_id)
    assert quote.paper.number in listed
    assert convention.paper.number in listed
    for home in (kept, merged):
        assert quote.paper.number in read(referent, "paperwork:structure_quote", home.public_id, quote.public_id)
    assert convention.paper.number in read(
        referent, "paperwork:structure_convention", kept.public_id, convention.public_id
    )
    undo(desk)
    assert quote.paper.number not in read(referent, "paperwork:structure", kept.public_id)
    assert read(referent, "paperwork:structure_quote", merged.public_id, quote.public_id) == 404
    assert list(Paper.objects.order_by("pk").values("pk", "number", "sha256", "content")) == papers


def test_lists_of_colleagues_and_places_in_session_are_found_and_go_back(desk, twins, referent):
    kept, merged = twins
    found = draft(merged, PersonFactory())
    session = live_session(organisme(), days=10)
    registration = seat(session, merged, last_name="Nédélec")
    assert read(referent, "colleagues:check", kept.public_id, found.public_id) == 404
    assert "1 liste d’inscription" in shown(merge(desk, kept, merged, do="voir"))
    merge(desk, kept, merged)
    assert "marie.durand@ville-exemple.fr" in read(referent, "colleagues:check", kept.public_id, found.public_id)
    assert "Nédélec" in read(referent, "classroom:structure_sessions", kept.public_id)
    undo(desk)
    assert read(referent, "colleagues:check", kept.public_id, found.public_id) == 404
    assert Registration.objects.get(pk=registration.pk).employer == merged


def test_an_invitation_of_the_merged_structure_brings_to_the_one_that_stands(desk, twins):
    kept, merged = twins
    person, edition = PersonFactory(), edition_open()
    for one in twins:
        values = {"organisation": one, "parcours": edition.parcours, "by": PersonFactory()}
        Invitation.objects.create(person=person, **values)
    merge(desk, kept, merged)
    left = Invitation.objects.get(organisation=merged)
    signed_in(person).post(reverse("colleagues:invitation", args=[left.public_id]), {"reponse": "oui"})
    assert person.enrolments.get().employer == kept


def test_who_belonged_to_both_answers_for_one_and_the_old_address_leads_to_it(desk, twins, referent):
    kept, merged = twins
    MembershipFactory(person=referent, organisation=merged, role=Role.STRUCTURE_REFERENT)
    merge(desk, kept, merged)
    assert str(kept.public_id) in read(referent, "paperwork:structure", merged.public_id)
    other = MembershipFactory(organisation=OrganisationFactory(), role=Role.STRUCTURE_REFERENT).person
    assert read(other, "paperwork:structure", merged.public_id) == 404


def test_who_belonged_to_both_works_for_one(desk, twins):
    kept, merged = twins
    person = PersonFactory()
    for one in twins:
        MembershipFactory(organisation=one, person=person)
    merge(desk, kept, merged)
    assert list(Organisation.objects.employers_of(person)) == [kept]


def test_whoever_says_they_work_for_the_merged_structure_works_for_the_one_that_stands(desk, twins):
    kept, merged = twins
    merge(desk, kept, merged)
    person = PersonFactory()
    data = {"siret": merged.siret, "name": merged.name, "departement": DepartementFactory().pk}
    signed_in(person).post(reverse("organisations:declare_employer"), data)
    assert person.memberships.get().organisation == kept


def test_the_demande_of_a_merged_structure_still_reads_its_devis(desk, twins, run_jobs):
    kept, merged = twins
    demande = funding.filed(employer=merged, session=live_session(organisme(), days=20))
    quote = quote_for(demande.session, merged, by=manager_of(demande.session.organisation))
    run_jobs()
    merge(desk, kept, merged)
    page = signed_in(funding.officer_of(demande.opco)).get(funding.at(demande)).content.decode()
    assert quote.paper.number in page
