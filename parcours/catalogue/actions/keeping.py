"""What may not be deleted from the CMS, because somebody follows it, cites it or shows it."""

from wagtail.models import Page, ReferenceIndex, Revision

from parcours.catalogue.models import (
    Edition,
    EditionActivity,
    LibraryPage,
    ModulePage,
    ParcoursModule,
    ParcoursPage,
    ParcoursSeance,
    SeancePage,
)
from parcours.catalogue.permissions import readable_pages


def refusals_to_delete(page: Page) -> list[str]:
    """A sentence for each page, this one or one under it, that must stay."""
    pages = page.get_descendants(inclusive=True)
    return [
        *map(kept_library, LibraryPage.objects.filter(pk__in=pages, organisation__isnull=False)),
        *map(kept_parcours, ParcoursPage.objects.filter(pk__in=pages, editions__isnull=False).distinct()),
        *filter(None, map(kept_module, ModulePage.objects.filter(pk__in=pages))),
        *filter(None, map(kept_seance, SeancePage.objects.filter(pk__in=pages))),
    ]


def kept_library(library: LibraryPage) -> str:
    return f"« {library.title} » est la bibliothèque d’un organisme : elle reste tant que l’organisme est connu ici."


def kept_parcours(parcours: ParcoursPage) -> str:
    return (
        f"Le parcours « {parcours.title} » a été publié : des personnes ont pu le suivre. "
        "Dépubliez-le pour fermer les inscriptions ; il reste consultable comme preuve."
    )


def kept_module(module: ModulePage) -> str:
    lines = ParcoursModule.objects.filter(module=module).select_related("page")
    frozen = EditionActivity.objects.filter(module_id=str(module.translation_key)).values("edition")
    users = [line.page.title for line in lines] + cited_in_drafts("parcours_modules", "module", module)
    users += [str(edition) for edition in Edition.objects.filter(pk__in=frozen)]
    return kept(f"Le module « {module.title} »", users)


def kept_seance(seance: SeancePage) -> str:
    lines = ParcoursSeance.objects.filter(seance=seance).select_related("page")
    users = [line.page.title for line in lines] + cited_in_drafts("parcours_seances", "seance", seance)
    return kept(f"La demi-journée « {seance.title} »", users)


def kept(subject: str, users: list[str]) -> str:
    if not users:
        return ""
    named = ", ".join(dict.fromkeys(users))
    return f"{subject} sert à : {named}. Dépubliez la page, ou retirez-la d’abord du parcours."


def cited_in_drafts(formset: str, name: str, page: Page) -> list[str]:
    """Parcours whose draft lists the page: their rows in the database are those of the published version."""
    drafts = ParcoursPage.objects.filter(has_unpublished_changes=True).select_related("latest_revision")
    return [
        f"{parcours.draft_title} (brouillon)"
        for parcours in drafts
        if any(line.get(name) == page.pk for line in parcours.latest_revision.content.get(formset, []))
    ]


def consequences_of_unpublishing(pk: int) -> list[str]:
    """What becomes of the parcours in progress that cite a module."""
    lines = ParcoursModule.objects.filter(module=pk, page__live=True).select_related("page")
    return [
        f"Le parcours « {line.page.title} » continue sans changement pour les personnes inscrites : son édition "
        "garde ce module. Il ne pourra plus être publié à nouveau tant que ce module n’est pas en ligne."
        for line in lines
    ]


def refusals_to_delete_medium(medium, *, by) -> list[str]:
    """Why an image or a document stays: the editions that show it, the pages that hold it, drafts included."""
    editions = [str(used.edition) for used in medium.in_editions.select_related("edition")]
    pages = Page.objects.filter(pk__in=holders(medium))
    shown = set(readable_pages(by).filter(pk__in=pages).values_list("pk", flat=True))
    users = editions + [page.draft_title for page in pages if page.pk in shown]
    if len(shown) < len(pages):
        users.append("une page d’un autre organisme")
    if not users:
        return []
    advice = "Retirez-le d’abord de ces pages." if not editions else "Une édition publiée le garde pour toujours."
    return [f"« {medium.title} » sert à : {', '.join(users)}. {advice}"]


def holders(medium) -> set[int]:
    """The pages whose published content or draft uses a medium; the index of Wagtail knows no draft, and comes late."""
    indexed = ReferenceIndex.get_references_to(medium).filter(base_content_type__app_label="wagtailcore")
    found = {int(row.object_id) for row in indexed if row.base_content_type.model == "page"}
    suspects = Page.objects.filter(has_unpublished_changes=True) | beside(medium)
    wanted = ReferenceIndex._get_base_content_type(medium).pk, str(medium.pk)
    for revision in Revision.objects.filter(pk__in=suspects.values("latest_revision")):
        page = revision.as_object()
        if any(reference[:2] == wanted for reference in ReferenceIndex._extract_references_from_object(page)):
            found.add(page.pk)
    return found


def beside(medium):
    """The pages of the library whose collection the medium is in."""
    library = LibraryPage.objects.filter(collection=medium.collection_id).first()
    return Page.objects.descendant_of(library) if library else Page.objects.none()
