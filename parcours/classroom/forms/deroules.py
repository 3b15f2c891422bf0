"""One sequence of a déroulé, as it is adapted for a group."""

from django import forms

from lms.site.forms import Form

LONGEST = 240
TITLE = {"required": "Donnez un titre à la séquence."}
MINUTES = {
    "required": "Donnez une durée en minutes.",
    "min_value": "Une séquence dure une minute au moins.",
    "max_value": f"Une séquence dure {LONGEST} minutes au plus.",
}


def text(label, length, rows=0, **values):
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=length, required=False, widget=widget, **values)


class PauseForm(Form):
    title = forms.CharField(label="Titre", max_length=150, error_messages=TITLE)
    minutes = forms.IntegerField(label="Durée en minutes", min_value=1, max_value=LONGEST, error_messages=MINUTES)


class SequenceForm(PauseForm):
    aim = text("Objectif", 500, rows=2, help_text="Un verbe que l’on peut observer : « Distinguer… ».")
    method = text("Méthode", 150, help_text="Jeu de rôle, étude de cas, démonstration…")
    support = text("Support", 200)
    exercise = text("Fiche d’exercice", 150, help_text="Son titre, tel qu’il figure sur la fiche à distribuer.")
    trainer_does = text("Ce que fait le formateur", 2000, rows=4)
    group_does = text("Ce que fait le groupe", 2000, rows=4)
    evaluation = text("Comment on voit que c’est acquis", 500, rows=2)
    material = text("Matériel", 200)


class NotesForm(Form):
    notes = text(
        "Notes pour cette demi-journée",
        2000,
        rows=4,
        help_text="Ce qui compte pour ce groupe. N’écrivez rien sur la santé ou la situation d’une personne.",
    )
