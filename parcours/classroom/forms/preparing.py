"""The steps of a session being prepared."""

from django import forms
from django.utils import timezone
from django.utils.text import capfirst

from lms.accounts.models import FrenchZone
from lms.kernel.formats import duration
from lms.site.forms import Form
from parcours.classroom.documents.choices import parcours_choices, rooms_of, structure_named, trainers_of
from parcours.classroom.engine.slots import RHYTHMS, Slot, at, proposed
from parcours.classroom.lifecycle import Modality, Registrar

PAST = "Cette date est passée : choisissez-en une à venir."
MOST_SEATS = 300
MODALITIES = (
    (Modality.ONSITE, "En présentiel : tout le monde est dans la salle"),
    (Modality.REMOTE, "À distance : tout le monde rejoint une visioconférence"),
    (Modality.HYBRID, "Hybride : une partie en salle, une partie à distance"),
)


class DayField(forms.DateField):
    def __init__(self, **kwargs):
        values = {
            "widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "error_messages": {"required": "Choisissez une date.", "invalid": "Écrivez la date ainsi : 31/12/2027."},
        }
        super().__init__(**values | kwargs)


class HourField(forms.TimeField):
    def __init__(self, **kwargs):
        values = {
            "widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "error_messages": {"required": "Donnez l’heure.", "invalid": "Écrivez l’heure ainsi : 13:30."},
        }
        super().__init__(**values | kwargs)


class RoomField(forms.ModelChoiceField):
    def __init__(self, **kwargs):
        super().__init__(queryset=None, label="Salle", empty_label="Aucune salle", **kwargs)

    def label_from_instance(self, room):
        seats = f", {room.capacity} places" if room.capacity else ""
        return f"{room} ({room.departement_id}){seats}"


class TrainersField(forms.ModelMultipleChoiceField):
    def __init__(self, **kwargs):
        super().__init__(
            queryset=None, required=False, label="Formateurs", widget=forms.CheckboxSelectMultiple, **kwargs
        )

    def label_from_instance(self, person):
        return person.full_name


class LinkField(forms.URLField):
    def __init__(self, **kwargs):
        super().__init__(
            label="Lien de la visioconférence",
            required=False,
            max_length=500,
            assume_scheme="https",
            error_messages={"invalid": "Donnez l’adresse entière : https://visio.exemple.fr/ma-salle"},
            **kwargs,
        )


class ParcoursForm(Form):
    organisation = forms.ModelChoiceField(label="Organisme de formation", queryset=None, empty_label=None)
    parcours = forms.TypedChoiceField(
        label="Parcours",
        coerce=int,
        error_messages={"required": "Choisissez un parcours.", "invalid_choice": "Choisissez un parcours de la liste."},
    )
    modality = forms.ChoiceField(
        label="Modalité",
        widget=forms.RadioSelect,
        choices=MODALITIES,
        error_messages={"required": "Dites comment la session est suivie."},
    )

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        found = [choice for one in organisations for choice in parcours_choices(one)]
        self.fields["parcours"].choices = [("", "Choisir…"), *dict(found).items()]
        if len(organisations) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.initial.setdefault("organisation", organisations[0].pk)

    @property
    def is_empty(self):
        """Nothing to teach live: no parcours has half-days."""
        return len(self.fields["parcours"].choices) == 1


class PlaceForm(Form):
    """Where, from when on, how often, by whom: `slots` proposes as many half-days as the edition describes."""

    room = RoomField(required=False, help_text="Elle donne le département et l’heure du lieu.")
    link = LinkField(help_text="Seules les personnes inscrites le reçoivent.")
    zone = forms.ChoiceField(label="Heure de quel territoire", choices=FrenchZone.choices)
    first_day = DayField(label="Premier jour")
    rhythm = forms.ChoiceField(
        label="Rythme proposé", widget=forms.RadioSelect, choices=list(RHYTHMS.items()), initial="journees"
    )
    trainers = TrainersField(help_text="Vous pourrez changer demi-journée par demi-journée à l’étape suivante.")

    def __init__(self, *args, session, **kwargs):
        self.session = session
        self.minutes = [one["minutes"] for one in session.edition.content.get("seances", [])]
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = rooms_of(session.organisation)
        self.fields["trainers"].queryset = trainers_of(session.organisation)
        lasting = " puis ".join(dict.fromkeys(duration(one) for one in self.minutes))
        self["rhythm"].help_text = f"{len(self.minutes)} demi-journées de {lasting}, comme le prévoit le parcours."
        if session.modality == Modality.REMOTE:
            del self.fields["room"]
        else:
            del self.fields["zone"]
            self.fields["room"].required = session.modality == Modality.ONSITE
            self.fields["room"].error_messages["required"] = "Choisissez une salle."
        if session.modality == Modality.ONSITE:
            del self.fields["link"]

    def clean_first_day(self):
        day = self.cleaned_data["first_day"]
        if day <= timezone.localdate():
            raise forms.ValidationError(PAST)
        return day

    @property
    def held_in(self):
        """The zone of the place."""
        room = self.cleaned_data.get("room")
        return room.departement.time_zone if room else self.cleaned_data.get("zone") or self.session.zone

    @property
    def slots(self) -> list[Slot]:
        values = self.cleaned_data
        room, trainers = values.get("room"), tuple(one.pk for one in values["trainers"])
        pairs = proposed(values["first_day"], self.minutes, values["rhythm"], self.held_in)
        return [Slot(start, end, room and room.pk, values.get("link", ""), trainers) for start, end in pairs]


class HalfDaysForm(Form):
    """All the half-days of a session, each with its day, its hours, its room or link, its trainers."""

    def __init__(self, *args, session, **kwargs):
        self.session = session
        self.ranks = range(1, session.half_days.count() + 1)
        super().__init__(*args, **kwargs)
        rooms, trainers = rooms_of(session.organisation), trainers_of(session.organisation)
        for rank in self.ranks:
            self.fields |= self._fields_of(rank, rooms, trainers)
        for half_day in session.half_days.all():
            self.initial |= {f"{name}_{half_day.position}": value for name, value in _values(half_day).items()}

    def _fields_of(self, rank, rooms, trainers):
        fields = {"day": DayField(label="Jour"), "start": HourField(label="Début"), "end": HourField(label="Fin")}
        if self.session.modality != Modality.REMOTE:
            fields["room"] = RoomField(required=False)
            fields["room"].queryset = rooms
        if self.session.modality != Modality.ONSITE:
            fields["link"] = LinkField()
        fields["trainers"] = TrainersField()
        fields["trainers"].queryset = trainers
        return {f"{name}_{rank}": field for name, field in fields.items()}

    @property
    def groups(self):
        """For each half-day: what the edition calls it, its fields, whether something in it is to correct."""
        titles = [one["title"] for one in self.session.edition.content.get("seances", [])]
        for rank in self.ranks:
            fields = [self[name] for name in self.fields if name.endswith(f"_{rank}")]
            title = titles[rank - 1] if rank <= len(titles) else ""
            yield f"Demi-journée {rank}", title, fields, any(field.errors for field in fields)

    def clean(self):
        cleaned = super().clean()
        for rank in self.ranks:
            start, end = cleaned.get(f"start_{rank}"), cleaned.get(f"end_{rank}")
            if start and end and end <= start:
                self.add_error(f"end_{rank}", "La demi-journée finit avant de commencer : corrigez l’heure de fin.")
        return cleaned

    @property
    def held_in(self):
        rooms = (self.cleaned_data.get(f"room_{rank}") for rank in self.ranks)
        return next((room.departement.time_zone for room in rooms if room), self.session.zone)

    @property
    def slots(self) -> list[Slot]:
        return [self._slot(rank, self.held_in) for rank in self.ranks]

    def _slot(self, rank, zone):
        values = {name: self.cleaned_data.get(f"{name}_{rank}") for name in ("day", "start", "end", "room", "link")}
        trainers = tuple(one.pk for one in self.cleaned_data[f"trainers_{rank}"])
        start, end = at(values["day"], values["start"], zone), at(values["day"], values["end"], zone)
        return Slot(start, end, values["room"] and values["room"].pk, values["link"] or "", trainers)


def _values(half_day):
    return {
        "day": half_day.day,
        "start": half_day.local_start.time(),
        "end": half_day.local_end.time(),
        "room": half_day.room_id,
        "link": half_day.link,
        "trainers": [one.pk for one in half_day.trainers.all()],
    }


class SettleForm(Form):
    capacity = forms.IntegerField(label="Nombre de places", min_value=1, max_value=MOST_SEATS)
    intra = forms.ChoiceField(
        label="Pour qui",
        widget=forms.RadioSelect,
        choices=[("public", "Ouverte à toutes les structures"), ("intra", "Réservée à une structure")],
        error_messages={"required": "Dites pour qui est la session."},
    )
    structure = forms.CharField(
        label="Structure à qui elle est réservée",
        required=False,
        max_length=200,
        help_text="Son SIRET, ou son nom et sa commune.",
    )
    for_conseillers = forms.BooleanField(label="Réservée aux conseillers numériques", required=False)
    registrar = forms.ChoiceField(
        label="Qui inscrit", widget=forms.RadioSelect, choices=[(one.value, capfirst(one.label)) for one in Registrar]
    )
    price = forms.DecimalField(
        label="Tarif par personne, en euros",
        min_value=0,
        max_digits=8,
        decimal_places=2,
        localize=True,
        error_messages={"required": "Donnez un montant ; 0 si la session est gratuite."},
    )
    price_note = forms.CharField(
        label="Précision sur le tarif",
        required=False,
        max_length=200,
        help_text="Par exemple : « Financée par l’ANCT », « Repas compris ». Obligatoire quand le tarif est nul.",
    )
    practical = forms.CharField(
        label="Informations pratiques", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    contact = forms.CharField(
        label="Contact", max_length=200, help_text="La personne à joindre avant la session, et comment."
    )

    def __init__(self, *args, session, **kwargs):
        self.session = session
        super().__init__(*args, **kwargs)
        for name in ("capacity", "for_conseillers", "registrar", "price", "price_note", "practical", "contact"):
            self.initial.setdefault(name, getattr(session, name))
        self.initial |= {"intra": "intra" if session.intra else "public", "structure": _named(session.intra_for)}

    def clean(self):
        cleaned = super().clean()
        cleaned["intra"] = cleaned.get("intra") == "intra"
        cleaned["intra_for"] = self._structure() if cleaned["intra"] else None
        if cleaned.get("price") == 0 and not cleaned.get("price_note"):
            self.add_error("price_note", "Dites pourquoi la session est gratuite : qui la finance, par exemple.")
        return cleaned

    def _structure(self):
        text = self.cleaned_data.get("structure", "").strip()
        if text and text == _named(self.session.intra_for):
            return self.session.intra_for
        if not text:
            self.add_error("structure", "Dites à quelle structure la session est réservée.")
            return None
        try:
            return structure_named(text)
        except ValueError as unknown:
            self.add_error("structure", str(unknown))
            return None

    @property
    def values(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "structure"}


def _named(organisation):
    return (organisation.siret or organisation.name) if organisation else ""
