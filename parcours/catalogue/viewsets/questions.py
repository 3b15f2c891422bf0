"""The window where one looks for a question to take up in a série."""

from django import forms
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from lms.kernel.access import require
from parcours.catalogue.engine.reprises import searched
from parcours.catalogue.models import Competence, LibraryPage, ListedQuestion
from parcours.catalogue.models.question import KINDS
from parcours.catalogue.permissions import can_write_modules, questions_read_by

OWN, NATIONAL = "miennes", "nationales"


def chosen_in(label: str, choices, everything: str) -> forms.ChoiceField:
    widget = forms.Select(attrs={"data-chooser-modal-search-filter": True})
    return forms.ChoiceField(label=label, required=False, widget=widget, choices=lambda: [("", everything), *choices()])


class QuestionFilterForm(BaseFilterForm):
    q = forms.CharField(label="Mots cherchés", required=False, max_length=200)
    competence = chosen_in("Compétence", lambda: Competence.objects.by_domain(), "Toutes")
    kind = chosen_in("Sorte de question", lambda: list(KINDS.items()), "Toutes")
    place = chosen_in(
        "Bibliothèque", lambda: [(OWN, "Celle de mon organisme"), (NATIONAL, "Bibliothèque nationale")], "Toutes"
    )

    def filter(self, objects):
        asked = self.cleaned_data
        if words := searched(asked["q"]):
            self.is_searching, self.search_query = True, asked["q"]
            objects = objects.matching(words)
        if asked["competence"]:
            objects = objects.working_on(asked["competence"])
        if asked["kind"]:
            objects = objects.filter(kind=asked["kind"])
        if asked["place"]:
            national = [page.pk for one in LibraryPage.objects.filter(organisation=None) for page in one.get_children()]
            inside = objects.filter(page__in=national)
            objects = inside if asked["place"] == NATIONAL else objects.exclude(page__in=national)
        return objects


class Guarded:
    """Whoever writes modules, and what she may read."""

    def dispatch(self, request, *args, **kwargs):
        require(can_write_modules(request.user))
        return super().dispatch(request, *args, **kwargs)

    def get_object_list(self):
        return questions_read_by(self.request.user).for_choice()

    def get_object(self, pk):
        return self.get_object_list().get(pk=pk)

    def get_objects(self, pks):
        return self.get_object_list().filter(pk__in=pks)

    def can_create(self):
        return False

    def get_edit_item_url(self, instance):
        return None


class Listed(Guarded):
    filter_form_class = QuestionFilterForm
    results_template_name = "catalogue/cms/questions.html"

    @property
    def columns(self):
        title = self.title_column
        title.label = "Question"
        return [
            title,
            Column("kind", label="Sorte", accessor="kind_label"),
            Column("module", label="Module", accessor=lambda question: question.page.title),
            Column("etape", label="Étape", accessor="etape"),
            Column("state", label="État", accessor=lambda question: "brouillon" if question.is_draft else "publiée"),
        ]


class ChooseView(Listed, chooser.ChooseView):
    pass


class ChooseResultsView(Listed, chooser.ChooseResultsView):
    pass


class ChosenView(Guarded, chooser.ChosenView):
    pass


class ChosenMultipleView(Guarded, chooser.ChosenMultipleView):
    pass


class QuestionChooserViewSet(ChooserViewSet):
    name = "question_chooser"
    url_prefix = "reprendre-une-question"
    model = ListedQuestion
    icon = "help"
    page_title = choose_one_text = "Reprendre une question"
    per_page = 10
    register_widget = False
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView

    def get_urlpatterns(self):
        """Questions are written in their module, nowhere else."""
        return [one for one in super().get_urlpatterns() if one.name != "create"]
