"""One page of a list: 25, 50 or 100 rows, whatever the address asks for."""

from django.core.paginator import Page, Paginator

PAGE_SIZES = (25, 50, 100)


def page_of(request, found, count=None, rows=None) -> Page:
    """`count`: how many there are, when it is cheaper asked of something else.

    `rows`: reads what a line shows, of the lines of the page alone: `found` then only chooses and sorts.
    """
    asked = request.GET.get("par_page", "")
    pages = Paginator(found, int(asked) if asked in map(str, PAGE_SIZES) else PAGE_SIZES[0])
    if count is not None:
        pages.count = count
    page = pages.get_page(request.GET.get("page"))
    if rows is not None:
        keys = list(page.object_list.values_list("pk", flat=True))
        shown = rows.in_bulk(keys)
        page.object_list = [shown[key] for key in keys if key in shown]
    return page


def address_of(query, **changes) -> str:
    """The same list, but for what changes; words that `query` keeps out of an address stay out of it."""
    asked = query.copy()
    for name, value in changes.items():
        asked[name] = value
    return f"?{asked.urlencode()}"
