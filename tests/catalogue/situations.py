"""A small catalogue in the CMS, loaded from the texts of `engine/texts.py`."""

from wagtail.blocks import ListBlock, StreamBlock, StructBlock

from parcours.catalogue import actions
from parcours.catalogue.models import ModulePage, ParcoursPage
from tests.catalogue.engine.texts import files


def loaded(**changes) -> tuple[ParcoursPage, ModulePage]:
    actions.load_catalogue(files(**changes))
    return ParcoursPage.objects.get(), ModulePage.objects.get()


def fields_of(block, value, name: str) -> dict[str, str]:
    """What the editor of the CMS would send back for a block, finished or not."""
    if isinstance(block, StructBlock):
        children = [fields_of(child, value[key], f"{name}-{key}") for key, child in block.child_blocks.items()]
        return {key: held for child in children for key, held in child.items()}
    if isinstance(block, StreamBlock | ListBlock):
        fields = {f"{name}-count": str(len(value))}
        for rank, child in enumerate(value.bound_blocks if isinstance(block, ListBlock) else value):
            at = f"{name}-{rank}"
            fields |= {f"{at}-deleted": "", f"{at}-order": str(rank), f"{at}-id": child.id or ""}
            fields |= {f"{at}-type": child.block_type} if isinstance(block, StreamBlock) else {}
            fields |= fields_of(child.block, child.value, f"{at}-value")
        return fields
    shown = block.get_form_state(value)
    if isinstance(shown, dict):
        shown = shown.get("id")
    if isinstance(shown, list):
        shown = shown[0] if shown else None
    return {} if shown in (None, False) else {name: "on" if shown is True else shown}
