"""The words of the repository that the CMS lacks; those it has belong to whoever edits them there."""

from parcours.catalogue.engine.catalogue import Catalogue
from parcours.catalogue.engine.reference import Word
from parcours.catalogue.models import Competence, Facet

KINDS = {"metiers": Facet.Kind.PROFESSION, "themes": Facet.Kind.THEME}


def missing_words(catalogue: Catalogue) -> list[Word]:
    facets = set(Facet.objects.values_list("kind", "slug"))
    codes = set(Competence.objects.values_list("code", flat=True))
    found = [word for word in catalogue.facets if (KINDS[word.group], word.code) not in facets]
    return found + [word for word in catalogue.competences if word.code not in codes]


def load_words(catalogue: Catalogue, missing: list[Word]) -> None:
    ranks = {word: rank for rank, word in enumerate(catalogue.facets)}
    Facet.objects.bulk_create(
        Facet(kind=KINDS[word.group], slug=word.code, label=word.label, position=ranks[word])
        for word in missing
        if word in ranks
    )
    Competence.objects.bulk_create(
        Competence(code=word.code, label=word.label, domain=word.group) for word in missing if word not in ranks
    )
