"""An author submits, a reviewer of the same library publishes or asks for changes; each is told, in our words."""

import datetime
import json
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Event

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Workflow

from lms.kernel.models import JournalEntry, OutgoingMail
from lms.organisations.models import Role
from parcours.catalogue.forms import ModulePageForm
from parcours.catalogue.middleware import refusals
from parcours.catalogue.models import ModulePage
from tests.catalogue.test_editor import etape, form_of, module_form, sentences
from tests.catalogue.workshop import body
from tests.kernel.threads import together
from tests.organisations.factories import OrganisationFactory
from tests.permissions.matrix import signed_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def submit(workshop, page, actor="author"):
    form = module_form(etape(), title=page.title, slug=page.slug, **{"action-submit": "1"})
    response = signed_in(workshop.people[actor]).post(edit_url(page), form)
    assert response.status_code == 302, sentences(response)
    return Page.objects.get(pk=page.pk)


def decide(workshop, page, action, actor="reviewer", **data):
    state = Page.objects.get(pk=page.pk).current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return signed_in(workshop.people[actor]).post(url, data, headers={"x-requested-with": "XMLHttpRequest"})


def subjects(person):
    return list(OutgoingMail.objects.filter(to=person.email).order_by("pk").values_list("subject", flat=True))


def test_a_submitted_module_is_told_to_the_reviewers_of_its_library_and_to_nobody_else(workshop):
    page = submit(workshop, workshop.pages["own module"])
    expected = ["« Brouillon Armor » attend votre relecture"]
    assert subjects(workshop.people["reviewer"]) == subjects(workshop.people["manager"]) == expected
    message = OutgoingMail.objects.get(to=workshop.people["reviewer"].email)
    assert f"/cms/pages/{page.pk}/edit/" in message.body
    assert workshop.people["author"].full_name in message.body
    told = set(OutgoingMail.objects.values_list("to", flat=True))
    assert told == {workshop.people[name].email for name in ("reviewer", "manager")}
    assert mail.outbox == []


def test_mail_waits_for_the_hours_of_the_reader(workshop, run_jobs):
    evening = timezone.now().replace(hour=22) + datetime.timedelta(days=1)
    with time_machine.travel(evening, tick=False):
        submit(workshop, workshop.pages["own module"])
        run_jobs()
    assert [one for one in mail.outbox if "relecture" in one.subject] == []
    with time_machine.travel(evening + datetime.timedelta(days=4), tick=False):
        run_jobs()
    assert len([one for one in mail.outbox if "relecture" in one.subject]) == 2


def test_the_reviewer_finds_it_first_thing_and_others_do_not(workshop):
    submit(workshop, workshop.pages["own module"])
    outsider = workshop.member("littoral", Role.REVIEWER)
    pages = {name: home(workshop.people[name]) for name in ("reviewer", "author")} | {"outsider": home(outsider)}
    first = pages["reviewer"].index('id="a-relire-section"')
    assert first < pages["reviewer"].index('id="brouillons-section"')
    assert "Brouillon Armor" in pages["reviewer"][first : pages["reviewer"].index('id="brouillons-section"')]
    assert 'id="a-relire-section"' not in pages["author"]
    assert "Brouillon Armor" not in pages["outsider"]
    assert "Aucune page n’attend votre relecture." in pages["outsider"]


def home(person) -> str:
    return signed_in(person).get(reverse("wagtailadmin_home")).content.decode()


def test_the_author_reads_soumettre_a_relecture_and_never_publier(workshop):
    page = workshop.pages["own module"]
    shown = signed_in(workshop.people["author"]).get(edit_url(page)).content.decode()
    assert "Soumettre à relecture" in shown
    assert 'name="action-publish"' not in shown
    submit(workshop, page)
    shown = signed_in(workshop.people["reviewer"]).get(edit_url(page)).content.decode()
    assert "Demander des changements" in shown
    assert 'data-workflow-action-name="approve"' in shown
    assert 'name="action-publish"' not in shown


def test_an_author_cannot_publish_even_by_hand(workshop):
    page = workshop.pages["own module"]
    form = module_form(etape(), title=page.title, slug=page.slug, **{"action-publish": "1"})
    signed_in(workshop.people["author"]).post(edit_url(page), form)
    submit(workshop, page)
    assert decide(workshop, page, "approve", actor="author").status_code in (302, 403)
    assert not Page.objects.get(pk=page.pk).live


def test_a_reviewer_publishes_and_the_author_is_told(workshop):
    page = submit(workshop, workshop.pages["own module"])
    decide(workshop, page, "approve")
    assert ModulePage.objects.get(pk=page.pk).live
    assert subjects(workshop.people["author"]) == ["« Brouillon Armor » est publié"]
    verbs = JournalEntry.objects.filter(subject_id=str(page.pk)).values_list("verb", "by")
    assert ("catalogue.submitted", workshop.people["author"].pk) in verbs
    assert ("catalogue.approved", workshop.people["reviewer"].pk) in verbs


def test_a_preview_leaves_to_the_cms_what_it_has_to_say(workshop):
    page, author = workshop.pages["own module"], signed_in(workshop.people["author"])
    form = module_form(etape(), title=page.title, slug=page.slug, **{"action-submit": "1"})
    followed = author.post(edit_url(page), form).url
    shown = author.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).content.decode()
    assert page.title in shown and "soumis" not in shown
    assert "soumis" in author.get(followed).content.decode()


def approving(page):
    decision = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    return module_form(etape(), title=page.title, slug=page.slug, **decision)


def test_a_second_decision_on_the_same_review_is_told_and_changes_nothing(workshop):
    page = submit(workshop, workshop.pages["own module"])
    state, reviewer = page.current_workflow_task_state, signed_in(workshop.people["reviewer"])
    assert reviewer.post(edit_url(page), approving(page)).status_code == 302
    revisions = page.revisions.count()
    assert "n’attend plus de relecture" in sentences(reviewer.post(edit_url(page), approving(page), follow=True))
    late = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", state.pk])
    told = reviewer.post(late, {"comment": "Trop tard."}, headers={"x-requested-with": "XMLHttpRequest"})
    assert told.json()["redirect"] == edit_url(page)
    assert "n’attend plus de relecture" in sentences(reviewer.get(edit_url(page)))
    assert Page.objects.get(pk=page.pk).live and page.revisions.count() == revisions


def test_the_decision_of_a_button_does_not_leave_with_the_draft_the_editor_saves_by_itself(workshop):
    page = submit(workshop, workshop.pages["own module"])
    reviewer = signed_in(workshop.people["reviewer"])
    saved = reviewer.post(edit_url(page), approving(page), headers={"accept": "application/json"})
    assert saved.status_code == 400
    assert Page.objects.get(pk=page.pk).workflow_in_progress
    assert reviewer.post(edit_url(page), approving(page)).status_code == 302
    assert Page.objects.get(pk=page.pk).live


def test_nobody_outside_the_cms_learns_that_a_review_is_over(workshop):
    page = workshop.pages["own module"]
    response = signed_in(workshop.people["learner"]).post(edit_url(page), approving(page), follow=True)
    assert page.title not in response.content.decode()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [True, False])
def test_of_two_decisions_at_once_one_publishes_and_the_other_leaves_the_page_published(workshop, monkeypatch, locked):
    page = submit(workshop, workshop.pages["own module"])
    if not locked:
        monkeypatch.setattr(refusals, "decides", lambda request, name: False)
    both_have_read, one_is_done = Barrier(2), Event()

    def read_together(form):
        """Without a lock both are here; one of them then goes on when the other has answered."""
        with suppress(BrokenBarrierError):
            if both_have_read.wait(timeout=0 if locked else 20) == 0:
                one_is_done.wait(timeout=20)
        return cleaned(form)

    def approve(index):
        windows[index].raise_request_exception = False
        response = windows[index].post(edit_url(page), approving(page))
        one_is_done.set()
        return response.status_code

    cleaned = ModulePageForm.clean
    monkeypatch.setattr(ModulePageForm, "clean", read_together)
    windows = [signed_in(workshop.people["reviewer"]) for _ in range(2)]
    told = sorted(together(2, approve))
    published = Page.objects.get(pk=page.pk).live
    assert (told, published) == (([302, 302], True) if locked else ([302, 500], False))


def test_changes_are_asked_with_a_comment_which_reaches_the_author(workshop):
    page = submit(workshop, workshop.pages["own module"])
    refused = json.loads(decide(workshop, page, "reject", comment="").content)
    assert "Dites ce qu’il faut changer" in refused["html"]
    assert Page.objects.get(pk=page.pk).workflow_in_progress
    decide(workshop, page, "reject", comment="Ajoutez un exercice sur le mandat.")
    assert subjects(workshop.people["author"]) == ["« Brouillon Armor » : des changements sont demandés"]
    message = OutgoingMail.objects.get(to=workshop.people["author"].email)
    assert "Ajoutez un exercice sur le mandat." in message.body
    shown = signed_in(workshop.people["author"]).get(edit_url(page)).content.decode()
    assert "Soumettre de nouveau à relecture" in shown
    assert "changements demandés" in home(workshop.people["author"])
    submit(workshop, page)
    assert len(subjects(workshop.people["reviewer"])) == 2


def test_what_became_unpublishable_meanwhile_is_said_and_not_published(workshop):
    page = submit(workshop, workshop.pages["own module"])
    revision = Page.objects.get(pk=page.pk).latest_revision
    revision.content["body"] = body(words=5, minutes=45)
    revision.save()
    response = decide(workshop, page, "approve")
    assert response.json()["redirect"] == edit_url(page)
    assert "annoncées, 0 gagnées" in sentences(response)
    page = Page.objects.get(pk=page.pk)
    assert not page.live
    assert page.workflow_in_progress


def test_a_reviewer_publishes_a_parcours_of_the_library_and_its_organisation_answers_for_it(workshop):
    parcours = workshop.pages["own parcours"]
    url = edit_url(parcours)
    response = signed_in(workshop.people["reviewer"]).post(url, form_of(parcours, **{"action-publish": "1"}))
    assert response.status_code == 302, sentences(response)
    parcours.refresh_from_db()
    assert parcours.live
    assert parcours.organisation == workshop.organisations["armor"]
    assert parcours.get_url() == "/catalogue/parcours-armor/"
    assert signed_in(workshop.people["learner"]).get(parcours.get_url()).status_code == 200
    under = f"/catalogue/{workshop.libraries['armor'].slug}/parcours-armor/"
    assert signed_in(workshop.people["learner"]).get(under).status_code == 404


def offered_to(person, parcours) -> list[str]:
    form = signed_in(person).get(edit_url(parcours)).context["form"]
    return [label for value, label in form.fields["organisation"].choices if value]


def test_only_the_organisation_of_the_library_answers_for_its_parcours(workshop):
    parcours = workshop.pages["own parcours"]
    assert offered_to(workshop.people["author"], parcours) == ["Formation Armor"]
    client = signed_in(workshop.people["author"])
    refused = client.post(edit_url(parcours), form_of(parcours, organisation=workshop.organisations["littoral"].pk))
    assert "ne fait pas partie" in sentences(refused)
    client.post(edit_url(parcours), form_of(parcours))
    draft = parcours.get_latest_revision_as_object()
    assert draft.organisation_id == workshop.organisations["armor"].pk


def test_a_national_parcours_is_given_to_a_training_organisation_that_has_a_number(workshop):
    without = OrganisationFactory(training=True, name="Sans numéro", nda="")
    national = workshop.member("anct", Role.REVIEWER)
    assert set(offered_to(national, workshop.parcours)) == {"École Littoral", "Formation Armor"}
    workshop.parcours.organisation = without
    workshop.parcours.save_revision()
    assert "Sans numéro" in offered_to(national, workshop.parcours), "what it has is shown, to be changed"


@pytest.mark.parametrize("slug", ["un-essai", "parcours-littoral"])
def test_the_address_of_a_parcours_is_its_own_in_the_whole_catalogue(workshop, slug):
    parcours = workshop.pages["own parcours"]
    response = signed_in(workshop.people["author"]).post(edit_url(parcours), form_of(parcours, slug=slug))
    assert response.status_code == 200
    assert "est déjà celle d’un autre parcours du catalogue" in sentences(response)


def test_a_copied_parcours_asks_for_an_address_of_its_own(workshop):
    parcours = workshop.pages["own parcours"]
    client = signed_in(workshop.people["author"])
    url = reverse("wagtailadmin_pages:copy", args=[parcours.pk])
    data = {"new_title": "Copie", "new_slug": "un-essai", "new_parent_page": workshop.libraries["armor"].pk}
    assert "est déjà celle d’un autre parcours du catalogue" in sentences(client.post(url, data))
    assert client.post(url, data | {"new_slug": "copie"}).status_code == 302
    copy = workshop.libraries["armor"].get_children().get(slug="copie")
    assert (copy.live, copy.alias_of) == (False, None)


def test_every_library_has_a_workflow_in_french(workshop):
    found = Workflow.objects.filter(workflow_pages__page__in=workshop.libraries.values())
    assert set(found.values_list("name", flat=True)) == {"Relecture, Formation Armor", "Relecture, École Littoral"}


def test_withdrawing_is_said_in_french(workshop):
    page = submit(workshop, workshop.pages["own module"])
    shown = signed_in(workshop.people["author"]).get(edit_url(page)).content.decode()
    assert "Retirer de la relecture" in shown
    assert "Annuler le workflow" not in shown
