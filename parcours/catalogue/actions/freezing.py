"""Publishing a parcours: its pages become one immutable manifest, or a list of sentences."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page, ReferenceIndex

from lms.kernel.journal import record
from parcours.catalogue.actions.listing import list_in_catalogue
from parcours.catalogue.actions.publishing import PublicationRefused, check
from parcours.catalogue.actions.resolver import Frozen
from parcours.catalogue.documents import announced_by
from parcours.catalogue.engine import changes, durations, manifest
from parcours.catalogue.engine.cleaning import clean_node
from parcours.catalogue.engine.ids import inside
from parcours.catalogue.models import (
    Edition,
    EditionActivity,
    EditionDocument,
    EditionImage,
    ModulePage,
    ParcoursPage,
)

FIRST = "Première publication."


@dataclass
class Step:
    """An étape on its way into an edition."""

    module: ModulePage
    block: object
    slug: str
    nodes: list[dict] = field(default_factory=list)

    @property
    def raw(self) -> dict:
        return self.block.get_prep_value()["value"]


@transaction.atomic
def freeze(parcours: ParcoursPage, *, by=None) -> Edition:
    """Freeze the published modules of a parcours into an edition; identical content gives the edition in force.

    Raises PublicationRefused with the sentences to show.
    """
    ParcoursPage.objects.select_for_update().get(pk=parcours.pk)
    modules = parcours.modules
    check(parcours)
    steps = steps_of(modules)
    resolver = Frozen(first_slugs(steps))
    activities = activities_of(steps, resolver)
    content = content_of(parcours, modules, steps, resolver)
    digest = manifest.digest_of([parcours.title, parcours.slug, parcours.minutes, content], activities)
    current = parcours.current_edition
    if current and current.digest == digest:
        return current
    dated = {"published_by": by, **told_since(current, parcours, content, activities)}
    edition = write(parcours, content, digest, activities, resolver, dated)
    record("catalogue.edition_published", edition, by=by, after={"number": edition.number, "digest": digest})
    return edition


def rehearse(page: Page) -> list[str]:
    """Why publishing would be refused: of a parcours, the whole of it is done, then undone."""
    try:
        with transaction.atomic():
            freeze(page) if isinstance(page, ParcoursPage) else check(page)
            transaction.set_rollback(True)
    except PublicationRefused as refused:
        return refused.sentences
    except OSError:
        return ["Le fichier d’une image ou d’un document est introuvable : remplacez-le dans les médias."]
    return []


def steps_of(modules: list[ModulePage]) -> list[Step]:
    """Every étape in order, under an address of its own in the edition."""
    steps: list[Step] = []
    taken: set[str] = set()
    for module in modules:
        for block in module.body:
            slug = own_slug = block.value["slug"] or slugify(block.value["title"])[:100] or "etape"
            if slug in taken:
                slug = f"{module.slug}-{own_slug}"
            while slug in taken:
                slug = f"{slug}-bis"
            taken.add(slug)
            steps.append(Step(module, block, slug))
    return steps


def first_slugs(steps: list[Step]) -> dict[int, str]:
    return {step.module.pk: step.slug for step in reversed(steps)}


def activities_of(steps: list[Step], resolver: Frozen) -> list[dict]:
    taught = taught_slugs(steps)
    return [activity_of(step, position, resolver, taught) for position, step in enumerate(steps, start=1)]


def taught_slugs(steps: list[Step]) -> dict[tuple[str, str], tuple[str, str]]:
    """(module address, étape address) → (slug in the edition, title), for « enseigné dans »."""
    found = {}
    for step in steps:
        own = step.block.value["slug"] or step.slug
        for address in (step.module.slug, step.module.address):
            found[address, own] = (step.slug, step.block.value["title"])
    return found


def activity_of(step: Step, position: int, resolver: Frozen, taught: dict) -> dict:
    owner, raw = str(step.module.translation_key), step.raw
    return {
        "position": position,
        "activity_id": inside(owner, step.block.id),
        "slug": step.slug,
        "module_id": owner,
        "module_title": step.module.title,
        "title": raw["title"],
        "minutes": raw["minutes"],
        "duration_basis": durations.measure(raw).basis,
        "rule": manifest.rule_of(raw),
        "nodes": nodes_of(step, resolver, taught),
        "competences": raw.get("competences") or step.module.competences.split(),
    }


def nodes_of(step: Step, resolver: Frozen, taught: dict) -> list[dict]:
    """Cleaned HTML for what is read, typed data for what is answered; neighbours in HTML make one node."""
    nodes: list[dict] = []
    for child in step.block.value["content"]:
        if child.block_type == "questions":
            nodes.append(questions_node(step, child, resolver, taught))
        elif child.block_type == "lien":
            nodes.append(external_node(child.value, resolver))
        else:
            html = clean_node(child.render(context={"resolver": resolver}))
            if nodes and nodes[-1]["type"] == "html":
                nodes[-1]["html"] += "\n" + html
            else:
                nodes.append({"type": "html", "html": html})
    return nodes


def questions_node(step: Step, child, resolver: Frozen, taught: dict) -> dict:
    owner = str(step.module.translation_key)
    node = child.block.typed(
        child.value, child.id, id_of=lambda block_id: inside(owner, block_id), rich=resolver.rich_text
    )
    for question in node["questions"]:
        module, _, etape = question["taught_in"].rpartition("/")
        slug, title = taught.get((module or step.module.address, etape), ("", ""))
        question |= {"taught_in": slug, "taught_in_title": title}
    return node


def external_node(value, resolver: Frozen) -> dict:
    equivalent = value["equivalent"].source
    return {
        "type": "external",
        "kind": "pix" if value["kind"] == "pix" else "link",
        "title": value["title"],
        "html": resolver.rich_text(value["text"].source),
        "url": value["url"] or "",
        **({"equivalent": resolver.rich_text(equivalent)} if equivalent else {}),
    }


def content_of(parcours: ParcoursPage, modules: list[ModulePage], steps: list[Step], resolver: Frozen) -> dict:
    content = parcours.description(resolver.rich_text)
    return content | {
        "modules": [module_content(module, steps) for module in modules],
        "seances": [seance.description() for seance in parcours.seances],
        "responsible": announced_by(parcours),
    }


def module_content(module: ModulePage, steps: list[Step]) -> dict:
    own = [step for step in steps if step.module.pk == module.pk]
    minutes = sum(step.block.value["minutes"] for step in own)
    return module.description() | {"minutes": minutes, "activities": [step.slug for step in own]}


def told_since(previous: Edition | None, parcours: ParcoursPage, content: dict, activities: list[dict]) -> dict:
    """What a publication says of itself: the note of its author, or else what differs from the edition before."""
    if previous is None:
        return {"note": parcours.change_note or FIRST}
    before = previous.facts()
    found = changes.changes(previous.content, content, before, activities)
    note = parcours.change_note if parcours.change_note != previous.note else ""
    return {"note": note or changes.note_of(found), "is_minor": changes.is_minor_change(before, activities)}


def write(parcours, content: dict, digest: str, activities: list[dict], resolver: Frozen, dated: dict) -> Edition:
    edition = Edition.objects.create(
        parcours=parcours,
        number=Edition.objects.next_number(parcours),
        title=parcours.title,
        slug=parcours.slug,
        digest=digest,
        minutes=parcours.minutes,
        content=content,
        published_at=timezone.now(),
        **dated,
    )
    EditionActivity.objects.bulk_create(EditionActivity(edition=edition, **values) for values in activities)
    used = [EditionImage(edition=edition, image_id=pk) for pk in resolver.images]
    used += [EditionDocument(edition=edition, document_id=pk) for pk in resolver.documents]
    for row in used:
        row.save()
        ReferenceIndex.create_or_update_for_object(row)  # at once: the CMS refuses to delete what this index protects
    edition.media.set(resolver.media.values())
    list_in_catalogue(edition)
    return edition
