from django.core.paginator import Paginator

PAGE_SIZES = (25, 50, 100)


def page_of(request, found):
    asked = request.GET.get("par_page", "")
    size = int(asked) if asked in map(str, PAGE_SIZES) else PAGE_SIZES[0]
    return Paginator(found, size).get_page(request.GET.get("page"))


def filtered(found, filters):
    """By what both lists share: words and a state. A filter that makes no sense is ignored."""
    filters.is_valid()
    found = found.matching(filters.cleaned_data.get("q", ""))
    state = filters.cleaned_data.get("etat")
    return found.filter(state=state) if state else found
