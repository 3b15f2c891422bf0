"""What a page points to: the images, documents and pages of its blocks and of its texts."""

from collections.abc import Callable, Iterator


def cited(model, value_of: Callable) -> Iterator[tuple[type, int]]:
    """(model, key) of each thing cited by the fields of a page; `value_of` gives the value of a field, or None."""
    for field in model._meta.get_fields():
        if hasattr(field, "extract_references") and (value := value_of(field)) is not None:
            yield from ((target, int(key)) for target, key, *_ in field.extract_references(value))


def cited_by(page) -> set[tuple[type, int]]:
    return set(cited(type(page), lambda field: field.value_from_object(page)))
