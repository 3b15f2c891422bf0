"""From an empty page to an answer: a trainer writes, a reviewer publishes, a trainee follows, asks and is answered."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from parcours.catalogue.models import Edition, Facet, ModulePage
from parcours.learning.models import Enrolment, Trace
from tests.browser.authoring import (
    Editor,
    block,
    enter,
    etape,
    every_block,
    every_question,
    keep_files,
    parcours_listing,
)
from tests.browser.following import ZOOMED, cut, narrow_enough, reply
from tests.catalogue.workshop import Workshop
from tests.kernel.threads import together
from tests.organisations.factories import MembershipFactory
from tests.parcours.learning.factories import EnrolmentFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
    # The thumbnails of the CMS leave their temporary files to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
QUESTION = "Que faire si la lettre est dans une langue que je ne lis pas ?"
ANSWER = "Cherchez avec la personne quelqu’un qu’elle choisit."


@pytest.fixture
def workshop():
    return Workshop()


@pytest.fixture
def library(workshop):
    return workshop.libraries["armor"]


@pytest.fixture
def trainee():
    """Employed by one structure, so that nothing more is asked when enrolling."""
    return MembershipFactory().person


@pytest.fixture
def window(open_page, live_server):
    """The window of somebody, or of a stranger."""

    def one(person=None, **options):
        page = open_page(**options)
        return enter(page, person, live_server) if person else page

    return one


@pytest.fixture
def looked_at(violations):
    """What axe refuses, what leaves the screen or is cut in it, what the console says, at each look."""
    faults = []

    def look(page, state):
        faults.extend(f"{state}: {one}" for one in [*violations(page), *page.faults])
        faults.extend(f"{state}, cut: {one}" for one in cut(page))
        if not narrow_enough(page):
            faults.append(f"{state}: wider than the screen")
        page.faults.clear()

    yield look
    assert faults == []


def test_from_an_empty_page_to_an_answer(window, workshop, library, trainee, looked_at):
    author, reviewer = window(workshop.people["author"]), window(workshop.people["reviewer"])
    write_the_first_etape(author, library)
    module = ModulePage.objects.get(title="Lire un courrier")
    add_every_other_block(module, workshop, library)
    look_at_the_preview(window(workshop.people["author"], width=320), module, looked_at)
    submit(author, module)
    publish_what_waits(reviewer, module)
    parcours = publish_a_parcours(reviewer, module, library)
    find_in_the_catalogue(window(width=320), parcours, looked_at)
    phone = window(trainee, width=320)
    enrol(phone, parcours, looked_at)
    enrolment = Enrolment.objects.get(person=trainee)
    follow(phone, enrolment, looked_at)
    look_zoomed(window(trainee, **ZOOMED), enrolment, looked_at)
    ask(phone, enrolment, looked_at)
    answer(window(workshop.people["author"]), looked_at)
    read_the_answer(phone, looked_at)


def write_the_first_etape(page, library):
    """Everything typed and chosen in the editor."""
    editor = Editor(page)
    page.goto("/cms/")
    page.get_by_role("link", name="Mes modules").first.click()
    page.wait_for_url(f"**/cms/pages/{library.pk}/")
    page.goto(reverse("wagtailadmin_pages:add", args=["catalogue", "modulepage", library.pk]))
    page.get_by_role("textbox", name="Titre").first.fill("Lire un courrier")
    page.get_by_role("textbox", name="Résumé").fill("Savoir lire un courrier avec la personne.")
    editor.add_etape()
    editor.fill("body-0-value-title", "Lire avec la personne")
    editor.fill("body-0-value-minutes", 1)
    editor.fill("body-0-value-reflection", 1)
    editor.fill("body-0-value-reflection_reason", "penser à sa dernière lettre (1 min)")
    editor.add_block("Texte")
    editor.write("Le courrier est lu avec la personne.")
    editor.add_block("Encadré")
    editor.write("Lisez à voix haute.")
    editor.preview("Petit téléphone", "Lisez à voix haute.", "Lire avec la personne")
    editor.save()
    page.goto("/cms/")
    page.get_by_role("heading", name="Mes brouillons").wait_for()
    page.get_by_role("link", name="Lire un courrier").click()
    page.locator("[contenteditable=true]").get_by_text("Lisez à voix haute.").wait_for()
    expect(page.locator("[contenteditable=true][aria-label='Texte']")).to_have_count(2)
    page.goto("/cms/")


def add_every_other_block(module, workshop, library):
    """By the model, as a draft of the author: the editor then sends all of it back."""
    draft = module.get_latest_revision_as_object()
    image = workshop.images["own medium"].pk
    written = list(draft.body.get_prep_value())
    draft.body = draft.body.stream_block.to_python(
        [*written, every_block(image, keep_files(library)), every_question()]
    )
    draft.save_revision(user=workshop.people["author"])


def look_at_the_preview(phone, module, looked_at):
    phone.goto(reverse("wagtailadmin_pages:view_draft", args=[module.pk]))
    expect(phone.locator("article.bloc-etape")).to_have_count(3)
    expect(phone.get_by_text("La lettre appartient à la personne.")).to_be_visible()
    looked_at(phone, "the preview")


def submit(page, module):
    page.goto(reverse("wagtailadmin_pages:edit", args=[module.pk]))
    assert "soumis" in Editor(page).send("Soumettre à relecture")
    module.refresh_from_db()
    kinds = [child.block_type for child in module.get_latest_revision_as_object().body[1].value["content"]]
    assert len(kinds) == len(set(kinds)) == 13, "the editor sent every block back"
    assert not module.live


def publish_what_waits(page, module):
    """From the first page of the CMS, where it is said that somebody waits."""
    page.goto("/cms/")
    page.get_by_role("link", name=module.title).click()
    page.wait_for_url(f"**/{module.pk}/edit/")
    Editor(page).send("Publier")
    module.refresh_from_db()
    assert module.live


def publish_a_parcours(page, module, library):
    agents = Facet.objects.get_or_create(kind="metier", slug="agents", defaults={"label": "Agents d’accueil"})[0]
    parcours = parcours_listing(module, library, minutes=11, professions=[agents])
    page.goto(reverse("wagtailadmin_pages:edit", args=[parcours.pk]))
    assert "Édition 1" in Editor(page).send("Publier")
    return parcours


def find_in_the_catalogue(page, parcours, looked_at):
    """Signed out."""
    page.goto("/catalogue/")
    looked_at(page, "the catalogue")
    page.get_by_label("Que cherchez-vous").fill("courrier")
    page.get_by_label("Votre métier").select_option("agents")
    page.get_by_role("button", name="Rechercher").click()
    page.get_by_role("heading", name="1 parcours trouvé").wait_for()
    looked_at(page, "what was found")
    page.get_by_role("link", name=parcours.title).click()
    page.get_by_role("heading", level=1, name=parcours.title).wait_for()
    looked_at(page, "the parcours")


def enrol(page, parcours, looked_at):
    page.goto(parcours.url)
    page.get_by_role("link", name="M’inscrire").click()
    page.get_by_role("heading", name="Votre employeur").wait_for()
    looked_at(page, "before enrolling")
    page.get_by_role("button", name="M’inscrire à ce parcours").click()
    page.get_by_text("Votre inscription à").wait_for()
    looked_at(page, "the course")


def address(enrolment, rank):
    return reverse("learning:activity", args=[enrolment.pk, enrolment.edition.outline[rank].slug])


def follow(page, enrolment, looked_at):
    for rank in (0, 1):
        page.goto(address(enrolment, rank))
        looked_at(page, f"étape {rank + 1}")
        page.get_by_role("button", name="J’ai lu cette étape").click()
        page.get_by_text("Étape terminée.").wait_for()
    page.goto(address(enrolment, 2))
    questions = enrolment.edition.activity(enrolment.edition.outline[2].slug).questions
    assert len({question["type"] for question in questions}) == 7
    for question in questions:
        reply(page, question, looked_at)
    page.get_by_text("Vous avez terminé").first.wait_for()
    looked_at(page, "the end")
    assert Trace.objects.filter(kind="answered").count() == 7
    enrolment.refresh_from_db()
    assert enrolment.state == "completed"


def look_zoomed(page, enrolment, looked_at):
    places = ["/espace/", enrolment.get_absolute_url(), *(address(enrolment, rank) for rank in range(3))]
    for place in [*places, enrolment.edition.parcours.url, "/catalogue/"]:
        page.goto(place)
        looked_at(page, f"{place} at 400 %")


def ask(page, enrolment, looked_at):
    page.goto(address(enrolment, 1))
    page.get_by_role("link", name="Poser une question").click()
    page.get_by_text("Étape « Ouvrir la lettre »").wait_for()
    page.get_by_role("textbox").fill(QUESTION)
    looked_at(page, "a question being asked")
    page.get_by_role("button", name="Envoyer ma question").click()
    page.get_by_text("Votre question est envoyée.").wait_for()
    looked_at(page, "the question asked")


def answer(page, looked_at):
    page.goto("/formation/questions/")
    page.get_by_text("1 attend une réponse").wait_for()
    looked_at(page, "what waits for an answer")
    page.get_by_role("link", name=QUESTION[:20]).click()
    page.get_by_label("Votre réponse").fill(ANSWER)
    page.get_by_role("button", name="Envoyer ma réponse").click()
    page.get_by_text("Votre réponse est envoyée").wait_for()
    looked_at(page, "the question answered")


def read_the_answer(page, looked_at):
    page.goto("/espace/questions/")
    looked_at(page, "one’s questions")
    page.get_by_role("link", name=QUESTION[:20]).click()
    page.get_by_text(ANSWER).wait_for()
    looked_at(page, "the answer")


def test_a_running_enrolment_keeps_its_edition_until_the_next_one_is_spread(window, workshop, library, run_jobs):
    module, parcours = published(workshop, library)
    enrolment = EnrolmentFactory(edition=Edition.objects.get(parcours=parcours))
    learner, page = window(enrolment.person, width=320), window(workshop.people["reviewer"])
    page.goto(reverse("wagtailadmin_pages:edit", args=[module.pk]))
    Editor(page).write(" Relisez-le ensemble.")
    assert "reste tel quel" in Editor(page).send("Publier")
    page.goto(reverse("wagtailadmin_pages:edit", args=[parcours.pk]))
    assert "Édition 2" in Editor(page).send("Publier")
    learner.goto(address(enrolment, 0))
    expect(learner.get_by_text("Lisez le courrier.")).to_be_visible()
    expect(learner.get_by_text("Relisez-le ensemble.")).not_to_be_visible()
    spread(page, parcours, run_jobs)
    learner.reload()
    expect(learner.get_by_text("Relisez-le ensemble.")).to_be_visible()


def published(workshop, library):
    """A module of one étape, and the parcours that lists it, by a reviewer of the library."""
    body = [etape("Lire", 1, block("texte", "<p>Lisez le courrier.</p>"), reflection=1, reason="s’y préparer (1 min)")]
    module = workshop.pages["own module"]
    module.body = module.body.stream_block.to_python(body)
    module.save_revision(user=workshop.people["reviewer"]).publish()
    parcours = parcours_listing(module, library, minutes=1)
    parcours.get_latest_revision().publish()
    return module, parcours


def spread(page, parcours, run_jobs):
    """What it would change is shown first; a job then does it."""
    page.goto("/formation/editions/")
    page.get_by_role("link", name=parcours.title).click()
    page.get_by_role("button", name="Voir ce qui changerait pour chacun").click()
    page.get_by_text("L’avancement de personne ne change").wait_for()
    page.get_by_role("button", name="Diffuser l’édition").click()
    page.get_by_role("heading", name="La diffusion est en cours").wait_for()
    together(1, lambda _: run_jobs())
    page.get_by_role("link", name="Actualiser").click()
    page.get_by_text("Cette édition est diffusée").wait_for()
