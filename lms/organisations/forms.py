from django import forms

from lms.organisations.actions import membership_refusals
from lms.organisations.engine.identifiers import compact, siret_refusal
from lms.organisations.lifecycle import BY_LINK, Role
from lms.organisations.models import Campagne, Departement, Membership, Organisation, Region, StructureType, WaveRegion
from lms.organisations.models.organisation import match_key
from lms.organisations.queries import today
from lms.site.forms import Form, NarrowingForm, ShortListField

NEW = "nouvelle"


class SiretFormField(forms.CharField):
    """A SIRET as people paste it, returned as fourteen digits, or refused by the sentence of the engine."""

    def __init__(self, **kwargs):
        super().__init__(**{"label": "SIRET", "max_length": 40} | kwargs)
        self.widget.attrs["inputmode"] = "numeric"

    def clean(self, value):
        siret = compact(super().clean(value))
        if siret and (refusal := siret_refusal(siret)):
            raise forms.ValidationError(refusal, code="siret")
        return siret


class EmployerForm(Form):
    """Where one works. When structures already bear the SIRET, one of them is chosen, or a new one named."""

    siret = SiretFormField(
        label="SIRET de votre employeur",
        help_text="14 chiffres, sur votre bulletin de paie ou sur l’avis de situation de la structure.",
        error_messages={"required": "Indiquez le SIRET de la structure qui vous emploie."},
    )
    name = forms.CharField(
        label="Nom de la structure",
        max_length=200,
        help_text="Par exemple « Mairie de Saint-Exemple » ou « CCAS de Saint-Exemple ».",
        error_messages={"required": "Indiquez le nom de la structure qui vous emploie."},
    )
    departement = forms.ModelChoiceField(
        Departement.objects.all(),
        label="Département",
        empty_label="Choisissez un département",
        error_messages={"required": "Choisissez le département de la structure."},
    )
    known = forms.ChoiceField(label="Laquelle est la vôtre ?", widget=forms.RadioSelect, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.candidates = {str(one.pk): one for one in self._bearing_the_siret()}
        if self.candidates:
            choices = [(pk, str(one)) for pk, one in self.candidates.items()]
            self.fields["known"].choices = [*choices, (NEW, "Une autre structure, au même SIRET")]
        else:
            del self.fields["known"]

    def _bearing_the_siret(self):
        siret = compact(str(self.data.get(self.add_prefix("siret")) or ""))[:14] if self.is_bound else ""
        found = list(Organisation.objects.filter(siret=siret)[:50]) if siret else []
        key = match_key(str(self.data.get(self.add_prefix("name")) or ""))
        return [] if any(one.match_key == key for one in found) else [one for one in found if not one.merged_into_id]

    def clean(self):
        cleaned = super().clean()
        if self.candidates and not cleaned.get("known") and "known" not in self.errors:
            self.add_error("known", "Des structures portent déjà ce SIRET : choisissez la vôtre, ou la dernière ligne.")
        return cleaned

    @property
    def employer(self) -> dict:
        """What `declare_employer` asks: the structure chosen, or the one described."""
        described = {name: self.cleaned_data[name] for name in ("siret", "name", "departement")}
        chosen = self.candidates.get(self.cleaned_data.get("known", ""))
        return described | {"name": chosen.name, "antenne": chosen.antenne} if chosen else described


class DepartureForm(Form):
    ends_on = forms.DateField(
        label="Dernier jour",
        initial=today,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Indiquez le dernier jour dans la structure."},
    )


class OrganisationFilterForm(NarrowingForm):
    q = forms.CharField(
        label="Rechercher", required=False, max_length=200, help_text="Nom, commune, SIRET ou numéro Datapass."
    )
    departement = ShortListField(Departement.objects.all(), label="Département", required=False, empty_label="Tous")
    region = ShortListField(Region.objects.all(), label="Région", required=False, empty_label="Toutes")
    type = ShortListField(StructureType.objects.all(), label="Type de structure", required=False, empty_label="Tous")
    vague = forms.ChoiceField(label="Vague", required=False)

    def __init__(self, *args, campagne: Campagne | None, **kwargs):
        super().__init__(*args, **kwargs)
        if campagne is None:
            del self.fields["vague"]
        else:
            waves = [(wave.number, str(wave)) for wave in campagne.waves.all()]
            self.fields["vague"].choices = [("", "Toutes"), *waves]


class MembershipAdminForm(forms.ModelForm):
    by = None

    class Meta:
        model = Membership
        fields = [
            "person",
            "organisation",
            "role",
            "starts_on",
            "ends_on",
            "perimeter_regions",
            "perimeter_departements",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "role" in self.fields:
            self.fields["role"].choices = [("", "---------"), *(one for one in Role.choices if one[0] not in BY_LINK)]

    def clean(self):
        cleaned = super().clean()
        values = {name: cleaned.get(name) or getattr(self.instance, name, None) for name in ("role", "starts_on")}
        for name in ("person", "organisation"):
            values[name] = cleaned.get(name) or (self.instance.pk and getattr(self.instance, name))
        if all(values.values()):
            for refusal in membership_refusals(**values, ends_on=cleaned.get("ends_on"), besides=self.instance):
                self.add_error(None, refusal)
        return cleaned


class WaveRegionFormSet(forms.BaseInlineFormSet):
    def clean(self):
        super().clean()
        kept = [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        taken = WaveRegion.objects.filter(campagne=self.instance.campagne_id).exclude(wave=self.instance.pk)
        waves = {one.region_id: one.wave for one in taken.select_related("wave")}
        for form in kept:
            region = form.cleaned_data.get("region")
            if region and region.pk in waves:
                sentence = f"{region} appartient déjà à « {waves[region.pk]} » : retirez-la de l’une des deux vagues."
                form.add_error("region", sentence)
