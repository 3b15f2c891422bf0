"""A small catalogue in the CMS, loaded from the texts of `engine/texts.py`."""

from parcours.catalogue import actions
from parcours.catalogue.models import ModulePage, ParcoursPage
from tests.catalogue.engine.texts import files


def loaded(**changes) -> tuple[ParcoursPage, ModulePage]:
    actions.load_catalogue(files(**changes))
    return ParcoursPage.objects.get(), ModulePage.objects.get()
