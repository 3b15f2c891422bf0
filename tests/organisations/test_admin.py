import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import JournalEntry
from lms.organisations.actions import add_member, load_reference, membership_refusals
from lms.organisations.events import membership_changed
from lms.organisations.models import Campagne, Kind, Membership, Organisation, Role, Wave
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import CampagneFactory, MembershipFactory, OrganisationFactory, WaveFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return PersonFactory(staff=True)


@pytest.fixture
def client(administrator):
    return signed_in(administrator)


def form_of(client, url):
    form = client.get(url).context["adminform"].form
    values = {form.add_prefix(name): form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: "" if value is None else value for name, value in values.items()}


def change(obj):
    return reverse(f"admin:organisations_{obj._meta.model_name}_change", args=[obj.pk])


@pytest.mark.parametrize("model", [Organisation, Membership, Campagne, Wave])
def test_each_list_opens_and_is_searched(client, model):
    MembershipFactory()
    WaveFactory()
    url = reverse(f"admin:organisations_{model._meta.model_name}_changelist")
    assert client.get(url, {"q": "Exemple"}).status_code == 200


def test_a_change_is_journalled_and_personal_values_are_kept_apart(client, administrator):
    training = OrganisationFactory(training=True)
    data = form_of(client, change(training)) | {
        "signatory_name": "Awa Ndiaye",
        "city": "Brest",
        "nda": "53 29 10261 35",
    }
    response = client.post(change(training), data, follow=True)
    assertContains(response, "n’a pas la forme habituelle")
    entry = JournalEntry.objects.get(verb="organisation.changed")
    assert entry.by == administrator
    assert entry.after == {"fields": ["city", "nda", "signatory_name"]}
    assert "Awa" not in str(entry.after)
    assert entry.personal.values["signatory_name"][1] == "Awa Ndiaye"


def test_a_wrong_siret_is_refused_by_its_sentence(client):
    organisation = OrganisationFactory()
    data = form_of(client, change(organisation)) | {"siret": "732 829 320 00075"}
    assertContains(client.post(change(organisation), data), "faute de frappe")


def test_declared_structures_are_confirmed_from_the_list(client):
    organisation = OrganisationFactory(unconfirmed=True)
    url = reverse("admin:organisations_organisation_changelist")
    client.post(url, {"action": "confirm", "_selected_action": [organisation.pk]})
    organisation.refresh_from_db()
    assert organisation.is_confirmed


def membership_data(person, organisation, role):
    return {
        "person": person.pk,
        "organisation": organisation.pk,
        "role": role,
        "starts_on": "2026-09-01",
        "ends_on": "",
    }


def test_a_role_is_given_and_refused_where_it_has_no_meaning(client):
    person, structure = PersonFactory(), OrganisationFactory()
    url = reverse("admin:organisations_membership_add")
    response = client.post(url, membership_data(person, structure, Role.PILOT))
    assertContains(response, "ne s’exerce pas dans")
    client.post(url, membership_data(person, OrganisationFactory(kind=Kind.ANCT), Role.PILOT))
    assert person.memberships.get().role == Role.PILOT
    assert JournalEntry.objects.filter(verb="membership.added").exists()


def test_a_role_typed_here_is_announced_like_any_other(client, administrator):
    heard = []

    def hear(membership, by, **kwargs):
        heard.append((membership.role, by))

    membership_changed.connect(hear)
    try:
        organisation = OrganisationFactory(training=True)
        url = reverse("admin:organisations_membership_add")
        client.post(url, membership_data(PersonFactory(), organisation, Role.TRAINER))
    finally:
        membership_changed.disconnect(hear)
    assert heard == [(Role.TRAINER, administrator)]


def test_a_second_overlapping_role_is_refused(client):
    held = MembershipFactory()
    url = reverse("admin:organisations_membership_add")
    response = client.post(url, membership_data(held.person, held.organisation, held.role))
    assertContains(response, "sur cette période")


def test_a_membership_is_ended_not_rewritten(client):
    held = MembershipFactory()
    client.post(change(held), {"ends_on": "2026-12-31", "role": Role.ADMIN, "person": PersonFactory().pk})
    held.refresh_from_db()
    assert (str(held.ends_on), held.role) == ("2026-12-31", Role.LEARNER)


def test_nothing_is_deleted(client):
    held = MembershipFactory()
    for obj in (held, held.organisation):
        url = reverse(f"admin:organisations_{obj._meta.model_name}_delete", args=[obj.pk])
        assert client.post(url, {"post": "yes"}).status_code == 403


def test_a_closed_campagne_is_read_only_until_it_is_reopened(client):
    load_reference()
    campagne = Campagne.objects.get()
    assert client.post(change(campagne), {"name": "Autre"}).status_code == 403
    url = reverse("admin:organisations_campagne_changelist")
    client.post(url, {"action": "reopen", "_selected_action": [campagne.pk]})
    campagne.refresh_from_db()
    assert not campagne.closed
    client.post(url, {"action": "close", "_selected_action": [campagne.pk]})
    assert list(JournalEntry.objects.values_list("verb", flat=True).order_by("pk")) == [
        "campagne.reopened",
        "campagne.closed",
    ]


def wave_data(wave, region):
    prefix = "memberships_of_regions"
    return {
        "number": wave.number,
        "label": wave.label,
        "starts_on": "2026-09-01",
        "ends_on": "2026-12-31",
        f"{prefix}-TOTAL_FORMS": 1,
        f"{prefix}-INITIAL_FORMS": 0,
        f"{prefix}-0-wave": wave.pk,
        f"{prefix}-0-region": region,
    }


def test_a_region_is_not_put_in_two_waves_of_a_campagne(client):
    load_reference()
    campagne = CampagneFactory()
    first, second = WaveFactory(campagne=campagne), WaveFactory(campagne=campagne, label="Deuxième vague")
    client.post(change(first), wave_data(first, "53"))
    assert list(first.regions.values_list("code", flat=True)) == ["53"]
    response = client.post(change(second), wave_data(second, "53"))
    assertContains(response, "Bretagne appartient déjà à «\u00a0Première vague\u00a0»")


def test_the_role_of_auditor_is_not_among_those_one_gives_and_says_how_one_audits():
    administrator = signed_in(PersonFactory(staff=True))
    add = administrator.get("/admin/organisations/membership/add/")
    assert 'value="trainer"' in add.content.decode()
    assert 'value="auditor"' not in add.content.decode()
    with pytest.raises(TransitionRefused) as refused:
        add_member(PersonFactory(), OrganisationFactory(), role=Role.AUDITOR, by=PersonFactory())
    assert "accès nommé et daté" in refused.value.sentences[-1].replace("\xa0", " ")


def test_an_auditor_of_before_may_still_be_given_a_last_day():
    held = MembershipFactory(role=Role.AUDITOR)
    assert membership_refusals(held.person, held.organisation, Role.AUDITOR, held.starts_on, besides=held) == []
