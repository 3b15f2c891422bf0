"""The public catalogue: everything is in the address, nothing needs a script."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from lms.kernel.access import public
from lms.kernel.formats import NBSP, number
from lms.kernel.paging import page_of
from parcours.catalogue.engine.finding import DURATIONS, SORTS, YES, Search, search_of
from parcours.catalogue.forms import BANDS, SearchForm
from parcours.catalogue.models import CataloguePage, Facet, Listing, Modality

KINDS = {"metier": Facet.Kind.PROFESSION, "theme": Facet.Kind.THEME}


@public
@require_safe
def catalogue(request):
    page = CataloguePage.objects.live().first()
    if page is None:
        return render(request, "catalogue/not_loaded.html")
    facets = list(Facet.objects.all())
    search = search_of(request.GET, known_values(facets))
    today = timezone.localdate()
    listed = Listing.objects.shown() if search.anciens else Listing.objects.shown().in_force(today)
    found = page_of(request, listed.matching(search).for_catalogue(search, today))
    labels = labels_of(facets)
    context = {
        "page": page,
        "search": search,
        "form": SearchForm(search=search, labels=labels, counts=listed.counts(search)),
        "active": active(search, labels),
        "found": found,
        "who": Facet.objects.of_parcours(Facet.Kind.PROFESSION, [one.pk for one in found.object_list]),
        "title": title_of(found.paginator.count, search),
        "former": former(search, today),
        "today": today,
    }
    return render(request, "catalogue/catalogue_page.html", context)


def known_values(facets) -> dict:
    slugs = {name: [facet.slug for facet in facets if facet.kind == kind] for name, kind in KINDS.items()}
    fixed = {"duree": DURATIONS, "modalite": Modality.values, "tri": SORTS}
    return slugs | fixed | {"habilitation": [YES], "anciens": [YES]}


def labels_of(facets) -> dict[str, dict[str, str]]:
    """What people read for each value of each filter, in order."""
    named = {name: {one.slug: one.label for one in facets if one.kind == kind} for name, kind in KINDS.items()}
    modalities = {value: label.capitalize() for value, label in Modality.choices}
    return named | {"duree": BANDS, "modalite": modalities, "habilitation": {YES: SearchForm.HABILITATION}}


def active(search: Search, labels: dict) -> list[dict]:
    """The filters in force, each with the address of the same list without it."""
    return [
        {
            "label": f"«{NBSP}{value}{NBSP}»" if name == "q" else labels[name][value],
            "url": address_of(search.without(name)),
        }
        for name, value in search.filters.items()
    ]


def title_of(count: int, search: Search) -> str:
    plural = "s" if count > 1 else ""
    return f"{number(count)} parcours trouvé{plural}" if search.filters else f"{number(count)} parcours"


def former(search: Search, today) -> dict | None:
    """The way to the old programmes, and back."""
    if search.anciens:
        return {"label": "Masquer les programmes anciens", "url": address_of(search.without("anciens"))}
    count = Listing.objects.shown().former(today).count()
    if not count:
        return None
    label = f"Voir aussi les programmes anciens ({number(count)})"
    return {"label": label, "url": address_of(search, anciens=YES)}


def address_of(search: Search, **more) -> str:
    query = urlencode(search.address | more)
    return reverse("catalogue:catalogue") + (f"?{query}" if query else "")
