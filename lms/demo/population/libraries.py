"""What two organisations are writing: one module published, two submitted to review, one still a draft."""

from django.db import transaction

from lms.accounts.models import Person
from lms.demo.population.draw import DATA, identity
from lms.demo.population.institutions import SEED, institution
from parcours.catalogue.actions import open_libraries
from parcours.catalogue.actions.shelves import MODULES
from parcours.catalogue.engine.catalogue import parse_catalogue
from parcours.catalogue.models import LibraryPage

FOLDER = DATA / "bibliotheques"
DRAFT, SUBMITTED, PUBLISHED = "draft", "submitted", "published"
WRITTEN = {  # module: the institution whose library it is in, the persona who writes it, how far it is
    "choisir-un-mot-de-passe": ("school", "formatrice-ecole", PUBLISHED),
    "relire-un-message-suspect": ("school", "formatrice-ecole", SUBMITTED),
    "regler-un-telephone-pour-mieux-voir": ("school", "formatrice-ecole", DRAFT),
    "preparer-une-demarche": ("training", "formatrice", SUBMITTED),
}


def populate_libraries() -> int:
    """None as long as `load_catalogue` has not planted the tree; a second run adds nothing."""
    open_libraries()
    return sum(_module(module, *WRITTEN[module.id]) for module in written_modules())


def written_modules() -> list:
    paths = [path for path in FOLDER.rglob("*") if path.is_file()]
    catalogue = parse_catalogue({path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in paths})
    return sorted(catalogue.modules, key=lambda module: list(WRITTEN).index(module.id))


@transaction.atomic
def _module(module, code, persona, stage) -> bool:
    library = LibraryPage.objects.filter(organisation=institution(code)).first()
    author = Person.objects.filter(public_id=identity(SEED, "persona", persona)).first()
    if not library or not author or MODULES.find(module):
        return False
    page = MODULES.new(module)
    MODULES.fill(page, module)
    page.reference, page.owner, page.live = None, author, False
    library.add_child(instance=page)
    revision = page.save_revision(user=author, clean=False)
    if stage == PUBLISHED:
        revision.publish()
    elif stage == SUBMITTED:
        page.get_workflow().start(page, author)
    return True
