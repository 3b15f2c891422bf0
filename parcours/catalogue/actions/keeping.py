"""What may not be deleted from the CMS, because somebody follows it or an edition shows it."""

from wagtail.models import Page

from parcours.catalogue.models import Edition, EditionActivity, ModulePage, ParcoursModule, ParcoursPage


def refusals_to_delete(page: Page) -> list[str]:
    """A sentence for each page, this one or one under it, that must stay."""
    pages = page.get_descendants(inclusive=True)
    return [
        *map(kept_parcours, ParcoursPage.objects.filter(pk__in=pages, editions__isnull=False).distinct()),
        *filter(None, map(kept_module, ModulePage.objects.filter(pk__in=pages))),
    ]


def kept_parcours(parcours: ParcoursPage) -> str:
    return (
        f"Le parcours « {parcours.title} » a été publié : des personnes ont pu le suivre. "
        "Dépubliez-le pour fermer les inscriptions ; il reste consultable comme preuve."
    )


def kept_module(module: ModulePage) -> str:
    users = [line.page.title for line in ParcoursModule.objects.filter(module=module).select_related("page")]
    frozen = Edition.objects.filter(
        pk__in=EditionActivity.objects.filter(module_id=str(module.translation_key)).values("edition")
    )
    users += [str(edition) for edition in frozen]
    if not users:
        return ""
    return f"Le module « {module.title} » sert à : {', '.join(users)}. Dépubliez-le, ou retirez-le d’abord du parcours."
