"""The words of the catalogue that are data: what one searches by, what a competence is called."""

from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from parcours.catalogue.models import Competence, Facet


class FacetViewSet(SnippetViewSet):
    model = Facet
    icon = "tag"
    menu_label = "Métiers et thèmes"
    list_display = ["label", "kind", "slug", "position"]
    list_filter = ["kind"]
    search_fields = ["label", "slug"]
    ordering = ["kind", "position", "label"]


class CompetenceViewSet(SnippetViewSet):
    model = Competence
    icon = "list-ul"
    menu_label = "Compétences"
    list_display = ["label", "code", "domain"]
    list_filter = ["domain"]
    search_fields = ["label", "code"]
    ordering = ["domain", "label"]


class WordsGroup(SnippetViewSetGroup):
    items = (FacetViewSet, CompetenceViewSet)
    menu_icon = "tag"
    menu_label = "Mots du catalogue"
    menu_name = "mots-du-catalogue"
    menu_order = 520
