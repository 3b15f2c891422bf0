def filtered(found, filters):
    """By what both lists share: words and a state. A filter that makes no sense is ignored."""
    filters.is_valid()
    found = found.matching(filters.cleaned_data.get("q", ""))
    state = filters.cleaned_data.get("etat")
    return found.filter(state=state) if state else found
