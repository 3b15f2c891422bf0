import re
from datetime import timedelta

from django import forms
from django.utils import timezone

from lms.organisations.models import Organisation
from lms.organisations.queries import today
from lms.site.forms import Form
from parcours.classroom.models import Session
from parcours.quality.forms.entries import MOST_SESSIONS, SessionField, day_input
from parcours.quality.models import Indicator

LONGEST_DAYS = 90
ONE, SAMPLE = "session", "tirage"
FOR_ONE, FOR_SAMPLE = "Si vous ouvrez une session.", "Si l’auditeur tire au sort."


def day_field(label, **values):
    return forms.DateField(
        label=label,
        widget=day_input(),
        error_messages={"invalid": "Écrivez la date ainsi : 31/12/2026.", "required": "Donnez cette date."},
        **values,
    )


class AuditForm(Form):
    """`homes`: the organismes the person answers for."""

    organisation = forms.ModelChoiceField(label="Organisme", queryset=Organisation.objects.none(), empty_label=None)
    name = forms.CharField(label="Nom de l’auditeur", max_length=160)
    email = forms.EmailField(
        label="Son adresse e-mail",
        required=False,
        help_text="Le lien y est envoyé. Sans adresse, vous le copiez vous-même.",
    )
    until = day_field("Jusqu’au", help_text="Quatre-vingt-dix jours au plus. Vous pouvez retirer l’accès avant.")
    what = forms.ChoiceField(
        label="Ce que vous ouvrez",
        choices=[(ONE, "Une session"), (SAMPLE, "Des sessions que l’auditeur tire au sort")],
        widget=forms.RadioSelect,
        initial=ONE,
    )
    session = SessionField(
        label="Session", required=False, queryset=Session.objects.none(), empty_label="Choisissez", help_text=FOR_ONE
    )
    period_from = day_field("Premier jour de la période", required=False, help_text=FOR_SAMPLE)
    period_until = day_field("Dernier jour de la période", required=False, help_text=FOR_SAMPLE)
    size = forms.IntegerField(
        label="Nombre de sessions à tirer",
        required=False,
        help_text=FOR_SAMPLE,
        min_value=1,
        max_value=50,
        error_messages={"min_value": "Au moins une session.", "max_value": "Cinquante sessions au plus."},
    )
    indicators = forms.CharField(
        label="Indicateurs ouverts",
        required=False,
        max_length=200,
        help_text="Leurs numéros, par exemple : 4, 19. Sans réponse, tous sont ouverts et le dossier complet aussi.",
    )

    def __init__(self, *args, homes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=[one.pk for one in homes])
        if len(homes) == 1:
            self.fields["organisation"].initial = homes[0]
            self.fields["organisation"].widget = forms.HiddenInput()
        held = Session.objects.filter(organisation__in=homes, starts_at__lte=timezone.now())
        recent = list(held.order_by("-starts_at").values_list("pk", flat=True)[:MOST_SESSIONS])
        self.fields["session"].queryset = held.filter(pk__in=recent).for_page().order_by("-starts_at")

    def clean_until(self):
        until, now = self.cleaned_data["until"], today()
        if until < now:
            raise forms.ValidationError("Cette date est passée : choisissez-en une à venir.")
        if until > now + timedelta(days=LONGEST_DAYS):
            raise forms.ValidationError("Un accès dure quatre-vingt-dix jours au plus : donnez-en un autre ensuite.")
        return until

    def clean_indicators(self) -> list[str]:
        """In the order of the framework; a number that none of its versions knows is refused."""
        asked = re.findall(r"\w+", self.cleaned_data["indicators"])
        known = dict.fromkeys(Indicator.objects.order_by("position").values_list("number", flat=True))
        if unknown := [one for one in asked if one not in known]:
            raise forms.ValidationError(
                f"Aucun indicateur ne porte le numéro « {unknown[0]} » : corrigez-le, ou videz cette case."
            )
        return [one for one in known if one in asked]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("what") == ONE:
            if not cleaned.get("session"):
                self.add_error("session", "Choisissez la session à ouvrir.")
            return cleaned
        for name in ("period_from", "period_until", "size"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, "Pour un tirage, donnez la période et le nombre de sessions.")
        since, last = cleaned.get("period_from"), cleaned.get("period_until")
        if since and last and last < since:
            self.add_error("period_until", "La fin précède le début : corrigez l’une des deux dates.")
        return cleaned

    @property
    def values(self) -> dict:
        cleaned = self.cleaned_data
        told = {name: cleaned[name] for name in ("name", "email", "until", "indicators")}
        if cleaned["what"] == ONE:
            return told | {"session": cleaned["session"]}
        return told | {"period": (cleaned["period_from"], cleaned["period_until"]), "size": cleaned["size"]}


class DrawForm(Form):
    word = forms.SlugField(
        label="Un mot de votre choix",
        required=False,
        max_length=40,
        help_text="Facultatif, en lettres et chiffres. Il entre dans la graine : l’organisme ne peut pas la prévoir.",
        error_messages={"invalid": "Des lettres sans accent, des chiffres et des traits d’union seulement."},
    )
