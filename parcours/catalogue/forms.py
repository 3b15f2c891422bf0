"""What the CMS refuses when a page is published, or submitted for it; what one asks of the public catalogue."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.widgets import AdminDateInput
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.forms import TaskStateCommentForm

from lms.site.forms import Form, NarrowingForm
from lms.site.page_forms import PageForm
from parcours.catalogue import actions
from parcours.catalogue.blocks import UNKNOWN, CompetenceBoxes, by_domain
from parcours.catalogue.engine.faults import Fault
from parcours.catalogue.engine.finding import YES
from parcours.catalogue.models import Competence, ModulePage, ParcoursPage
from parcours.catalogue.permissions import can_publish_despite, readable_pages, responsible_for, worked_pages

YEAR = datetime.timedelta(days=365)


class PublishedForm(PageForm):
    """Says all at once what forbids publication; a reviewer may answer for some of it, and give a reason."""

    SAVE_FIRST = "Enregistrez d’abord le brouillon : l’exception se donne à une page qui existe."
    IN_PLACE = "chaque défaut est montré à sa place, dans son étape."
    FIRM = "Le reste ne peut pas faire l’objet d’une exception : corrigez-le. Les heures, notamment, se gagnent."

    publish_anyway = forms.BooleanField(label="Publier quand même", required=False)
    publish_reason = forms.CharField(
        label="Motif",
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text="Pourquoi cette page peut être publiée ainsi, et jusqu’à quand.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.granted: list[Fault] = []
        if not can_publish_despite(self.for_user, self.parent_page):
            for name in ("publish_anyway", "publish_reason"):
                self.fields.pop(name, None)

    @property
    def asks_to_publish(self) -> bool:
        asked = {"action-publish", "action-submit", "action-restart-workflow"} & self.data.keys()
        approved = "action-workflow-action" in self.data and self.data.get("workflow-action-name") != "reject"
        return bool(asked) or approved

    def clean(self):
        cleaned = super().clean()
        if self.asks_to_publish:
            found = self.publication_faults(cleaned)
            left = self.left_of(found) if cleaned.get("publish_anyway") else found
            for fault in left:
                self.add_error(None, str(fault))
            self.show_in_place(left)
        return cleaned

    def publication_faults(self, cleaned) -> list[Fault]:
        raise NotImplementedError

    def left_of(self, found: list[Fault]) -> list[Fault]:
        """What still forbids publication when a reviewer answers for the rest."""
        passable = [fault for fault in found if fault.may_pass]
        firm = [fault for fault in found if not fault.may_pass]
        if not self.instance.pk:
            return [*found, Fault(self.SAVE_FIRST)]
        if passable and not self.cleaned_data.get("publish_reason", "").strip():
            self.add_error("publish_reason", "Dites pourquoi la page est publiée malgré ce défaut.")
            return found
        self.granted = passable
        return [*firm, Fault(self.FIRM)] if firm else []

    def show_in_place(self, found: list[Fault]) -> None:
        """Beside each block as well, unless the editor already shows there what it lacks."""

    def save(self, commit=True):
        page = super().save(commit)
        if self.granted and self.asks_to_publish:
            reason = self.cleaned_data["publish_reason"].strip()
            actions.let_pass(page, self.granted, reason=reason, by=self.for_user)
        return page

    def written(self, name: str):
        """A stream as it was written, finished or not; nothing when the editor itself cannot read it."""
        field = self.fields[name]
        typed = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        try:
            return field.block.clean_deferred(typed)
        except ValidationError:
            return None


class CompetencesField(forms.MultipleChoiceField):
    """Boxes to tick; the page keeps one code per line. What it cites and nobody knows any more can be unticked."""

    widget = CompetenceBoxes

    def __init__(self, **kwargs):
        super().__init__(choices=by_domain, required=False, **kwargs)

    def show(self, written: str) -> None:
        if unknown := Competence.objects.unknown(written.split()):
            self.choices = [*by_domain(), ("Inconnues, à décocher", [(code, code) for code in unknown])]

    def prepare_value(self, value):
        return value.split() if isinstance(value, str) else value

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value):
        codes = [code for code in value or [] if code]
        if unknown := Competence.objects.unknown(codes):
            raise ValidationError([UNKNOWN.format(code) for code in unknown])
        return "\n".join(codes)


class CompetentForm(PublishedForm):
    competences = CompetencesField(
        label="Compétences", help_text="Celles que l’on travaille ici. La liste est tenue par les relecteurs nationaux."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["competences"].show(self.initial.get("competences") or "")


class ModulePageForm(CompetentForm):
    def clean_body(self):
        return actions.take_up(self.cleaned_data["body"], self.instance, by=self.for_user)

    def written(self, name):
        stream = super().written(name)
        return stream and actions.take_up(stream, self.instance, by=self.for_user)

    def publication_faults(self, cleaned):
        body = self.written("body")
        return [] if body is None else actions.of_module(self.instance.pk, cleaned.get("title") or "", body)

    def show_in_place(self, found):
        if "body" not in self.errors and (error := in_place(found)):
            self.add_error("body", error)
        for error in self.errors["body"].data if "body" in self.errors else ():
            error.message = self.IN_PLACE


def in_place(found: list[Fault]) -> StreamBlockValidationError | None:
    """The faults of a module as errors of its stream: étape, then block of the étape."""
    etapes: dict[int, dict[int, list[str]]] = {}
    for fault in found:
        if len(fault.path) == 2:
            etapes.setdefault(fault.path[0], {}).setdefault(fault.path[1], []).append(capfirst(fault.sentence))
    errors = {
        rank: StructBlockValidationError(
            {"content": StreamBlockValidationError({at: ValidationError(said) for at, said in blocks.items()})}
        )
        for rank, blocks in etapes.items()
    }
    return StreamBlockValidationError(errors) if errors else None


class SeancePageForm(CompetentForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        readable = Q(pk__in=readable_pages(self.for_user).values("pk")) if self.for_user else Q()
        chosen = Q(pk__in=[page.pk for page in self.instance.taught_modules.all()])
        self.fields["taught_modules"].queryset = ModulePage.objects.filter(readable | chosen).order_by("title")

    def publication_faults(self, cleaned):
        streams = [self.written(name) for name in ("sequences", "sheets")]
        return [] if None in streams else actions.of_seance(cleaned.get("title") or "", *streams)


class ParcoursPageForm(PublishedForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = responsible_for(self.parent_page, self.instance)
        edition = self.instance.current_edition if self.instance.pk else None
        if edition and edition.note == self.instance.change_note:
            self.initial["change_note"] = ""  # said already: the next edition has something else to say

    def publication_faults(self, cleaned):
        modules, seances = self.chosen("parcours_modules", "module"), self.chosen("parcours_seances", "seance")
        if actions.is_history(cleaned.get("opening"), modules, seances):
            return []
        return actions.of_parcours(self.instance.pk, cleaned.get("minutes") or 0, modules, seances)

    def listed_pages(self):
        return [*self.chosen("parcours_modules", "module"), *self.chosen("parcours_seances", "seance")]

    def chosen(self, formset: str, name: str) -> list:
        """The pages listed by the lines of a formset that stay."""
        return [
            form.cleaned_data[name].specific
            for form in self.formsets[formset].forms
            if form.is_valid() and form.cleaned_data.get(name) and not form.cleaned_data.get("DELETE")
        ]


class CoverageForm(Form):
    """Which parcours the table is of."""

    parcours = forms.ChoiceField(
        label="Parcours", error_messages={"invalid_choice": "Ce parcours n’est plus publié : choisissez-en un autre."}
    )

    def __init__(self, *args, editions, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(str(one.parcours_id), one.title) for one in editions]
        self.fields["parcours"].choices = choices
        self.first = choices[0][0] if choices else None


class ReviewForm(TaskStateCommentForm):
    comment = forms.CharField(
        label="Ce qu’il faut changer",
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
        help_text="L’auteur le reçoit par courriel.",
        error_messages={"required": "Dites ce qu’il faut changer : c’est ce que l’auteur recevra."},
    )


class ReviewedForm(forms.Form):
    due_on = forms.DateField(
        label="À relire de nouveau avant le",
        widget=AdminDateInput,
        initial=lambda: timezone.localdate() + YEAR,
        help_text="Un an convient à la plupart des pages ; moins si une règle doit changer.",
        error_messages={"required": "Indiquez avant quelle date cette page doit être relue."},
    )

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if not timezone.localdate() < due_on <= timezone.localdate() + 3 * YEAR:
            raise forms.ValidationError("Choisissez une date à venir, dans les trois ans.")
        return due_on


class DraftCopyForm(CopyForm):
    """A copy is a draft of its own: no alias that would follow the first page, no copy published unread."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("alias", "publish_copies", "copy_subpages"):
            self.fields.pop(name, None)
        where = self.fields["new_parent_page"]
        where.queryset = worked_pages(self.user)
        where.label, where.help_text = "Bibliothèque", "La copie est un brouillon, avec ses propres questions."

    def clean(self):
        cleaned = super().clean()
        slug = cleaned.get("new_slug")
        if self.page.specific_class is ParcoursPage and ParcoursPage.objects.filter(slug=slug).exists():
            self.add_error("new_slug", ParcoursPage.TAKEN.format(slug))
        return cleaned


BANDS = {
    "1h": "Une heure au plus",
    "demi-journee": "De 1 h à 3 h 30",
    "journee": "De 3 h 30 à 7 h",
    "plus": "Plus de 7 h",
}


class SearchInput(forms.TextInput):
    input_type = "search"


class SearchForm(NarrowingForm):
    """The filters of the public catalogue, each value with the number of parcours it would leave."""

    HABILITATION = "Prépare à l’habilitation Aidants Connect"
    SORTS = {"titre": "Titre", "duree": "Durée, les plus courts d’abord", "nouveaute": "Nouveauté"}

    q = forms.CharField(label="Que cherchez-vous ?", widget=SearchInput)
    metier = forms.ChoiceField(label="Votre métier")
    theme = forms.ChoiceField(label="Thème")
    duree = forms.ChoiceField(label="Durée")
    modalite = forms.ChoiceField(label="Modalité")
    tri = forms.ChoiceField(label="Trier par", choices=list(SORTS.items()))
    habilitation = forms.BooleanField(label=HABILITATION, widget=forms.CheckboxInput(attrs={"value": YES}))
    anciens = forms.CharField(widget=forms.HiddenInput)

    ANY = {"metier": "Tous", "theme": "Tous", "duree": "Toutes", "modalite": "Toutes"}

    def __init__(self, *, search, labels, counts):
        initial = {name: getattr(search, name) for name in self.base_fields}
        super().__init__(initial=initial | {"habilitation": bool(search.habilitation)}, auto_id="filtre_%s")
        for name, anything in self.ANY.items():
            offered = [(value, label, counts[name].get(value, 0)) for value, label in labels[name].items()]
            self.fields[name].choices = [("", anything)] + [
                (value, f"{label} ({count})")
                for value, label, count in offered
                if count or value == getattr(search, name)
            ]
        self.fields["habilitation"].label = f"{self.HABILITATION} ({counts['habilitation'].get(YES, 0)})"
        if not search.anciens:
            del self.fields["anciens"]
