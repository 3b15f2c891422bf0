import uuid

from django import forms

from lms.kernel.formats import NBSP
from lms.kernel.sensitive import found_in, without_social_security
from lms.site.forms import Form, NarrowingForm
from parcours.assistance.engine.files import ACCEPTED, MOST_BYTES, MOST_FILES, Unfit, check, too_big
from parcours.assistance.lifecycle import State

LONGEST, LONGEST_ANSWER = 4000, 8000
REMINDER = (
    "Ne nommez jamais une personne que vous aidez : ni son nom, ni son adresse, ni aucun de ses numéros. "
    "Écrivez « une dame », « un usager »."
)
REFUSED_NUMBER = (
    "Votre message semblait contenir un numéro de sécurité sociale. N’écrivez jamais ce numéro ici : "
    "nous l’avons retiré sans l’enregistrer. Relisez votre texte, puis envoyez-le."
)
TOO_MANY_FILES = f"Joignez {MOST_FILES} fichiers au plus : gardez ceux qui font comprendre la question."


class FileInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each looked at; gives the list of CheckedFile."""

    widget = FileInput

    def clean(self, data, initial=None):
        given = data if isinstance(data, list | tuple) else [data] if data else []
        files, refusals = [], []
        for one in given:
            try:
                files.append(check(one.name, one.read()))
            except Unfit as unfit:
                refusals.append(str(unfit))
        self.fit = files
        if refusals:
            raise forms.ValidationError(refusals)
        return files


class CheckedFileField(forms.FileField):
    """One file, whose nature is read in its bytes; gives a CheckedFile, or None. `types`, `accepted`: as `check`."""

    types, accepted = None, ACCEPTED

    def __init__(self, **options):
        super().__init__(**options)
        self.error_messages["empty"] = "Ce fichier est vide : choisissez-en un autre."

    def clean(self, data, initial=None):
        given = super().clean(data, initial)
        if not data:
            return None
        if given.size > MOST_BYTES:
            raise forms.ValidationError(too_big(given.name))
        try:
            return check(given.name, given.read(), types=self.types, accepted=self.accepted)
        except Unfit as unfit:
            raise forms.ValidationError(str(unfit)) from unfit


def written_text(label, missing, *, longest=LONGEST, help_text=REMINDER):
    """The one field of a page where one writes."""
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=longest,
        help_text=help_text,
        error_messages={"required": missing},
    )


class WritingForm(Form):
    """A text that names nobody, with files. A social security number is taken out, the rest is pointed out once.

    `kept`: the files sent with this text before, when it was not accepted.
    """

    text = written_text("Votre question", "Écrivez votre question avant de l’envoyer.")
    files = FilesField(
        label="Pièces jointes",
        required=False,
        help_text=f"{MOST_FILES} fichiers au plus, 5{NBSP}Mo chacun : {ACCEPTED}. Cachez d’abord les noms.",
    )
    client_id = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    warned = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)

    warns = True

    def __init__(self, data=None, files=None, *, kept=(), too_big=(), initial=None):
        super().__init__(data, files, initial={"client_id": uuid.uuid4().hex} | (initial or {}))
        self.kept, self.too_big = list(kept), list(too_big)

    @property
    def dropped(self):
        """The files kept before that are not wanted any more."""
        asked = set(self.data.getlist("drop")) if self.is_bound else set()
        return [one for one in self.kept if str(one.public_id) in asked]

    @property
    def left(self):
        return [one for one in self.kept if one not in self.dropped]

    @property
    def kept_choices(self):
        """To drop before sending, as the page offers it."""
        return [
            {"id": str(one.public_id), "text": f"Retirer «{NBSP}{one.name}{NBSP}» ({one.weight})", "ticked": False}
            for one in self.kept
        ]

    @property
    def fit_files(self):
        """Those that may be kept, even when the rest is refused."""
        room = MOST_FILES - len(self.left)
        return getattr(self.fields["files"], "fit", [])[: max(room, 0)]

    def clean_client_id(self):
        return self.cleaned_data["client_id"] or uuid.uuid4().hex

    def clean_text(self):
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        masked, found = without_social_security(text)
        if found:
            self._show_again(text=masked)
            raise forms.ValidationError(REFUSED_NUMBER)
        return text

    def clean(self):
        cleaned = super().clean()
        for name in self.too_big:
            self.add_error("files", too_big(name))
        if len(self.left) + len(cleaned.get("files") or ()) > MOST_FILES:
            self.add_error("files", TOO_MANY_FILES)
        labels = found_in(cleaned.get("text", "")) if self.warns else []
        if labels and not cleaned.get("warned"):
            self._show_again(warned="1")
            self.add_error("text", self.doubt(labels))
        return cleaned

    @staticmethod
    def doubt(labels):
        return (
            f"Votre message semble contenir {' et '.join(labels)}. S’il s’agit d’une personne que vous aidez, "
            "retirez-le ; sinon, envoyez de nouveau."
        )

    def _show_again(self, **values):
        """What the page shows in place of what was typed."""
        self.data = self.data.copy()
        for name, value in values.items():
            self.data[self.add_prefix(name)] = value


class QuestionForm(WritingForm):
    pass


class FollowUpForm(WritingForm):
    text = written_text(
        "Votre message",
        "Écrivez votre message avant de l’envoyer.",
        help_text=f"Une précision, ou la suite. {REMINDER}",
    )


class AnswerForm(WritingForm):
    """Trainers give addresses and numbers of services: only a social security number is looked for."""

    text = written_text(
        "Votre réponse",
        "Écrivez votre réponse avant de l’envoyer.",
        longest=LONGEST_ANSWER,
        help_text="Ne reprenez aucun nom, même si la question en contient un.",
    )
    warns = False


class SharingForm(Form):
    """What all will read. The question is worded again by the trainer, who answers for its naming nobody."""

    question = forms.CharField(
        label="La question, telle que tous la liront",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST,
        help_text="Retirez le nom de la personne, sa structure et tout ce qui la ferait reconnaître.",
    )
    answer = forms.CharField(label="La réponse", widget=forms.Textarea(attrs={"rows": 8}), max_length=LONGEST_ANSWER)
    nameless = forms.BooleanField(
        label="J’ai relu : ni la question ni la réponse ne nomment quelqu’un.",
        error_messages={"required": "Relisez les deux textes, puis cochez cette case."},
    )
    client_id = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client_id"].initial = uuid.uuid4().hex

    @property
    def values(self) -> dict:
        """What the action needs."""
        cleaned = self.cleaned_data
        return {
            "question": cleaned["question"],
            "answer_text": cleaned["answer"],
            "client_id": cleaned["client_id"] or uuid.uuid4().hex,
        }

    def clean_question(self):
        return self._without_number("question")

    def clean_answer(self):
        return self._without_number("answer")

    def _without_number(self, name):
        text = self.cleaned_data[name].replace("\r\n", "\n")
        masked, found = without_social_security(text)
        if found:
            self.data = self.data.copy()
            self.data[self.add_prefix(name)] = masked
            raise forms.ValidationError(REFUSED_NUMBER)
        return text


class QuestionsFilterForm(NarrowingForm):
    """Of one's own questions."""

    q = forms.CharField(label="Rechercher", required=False, max_length=100)
    etat = forms.ChoiceField(label="État", required=False, choices=[("", "Tous"), *State.choices])


class WaitingFilterForm(QuestionsFilterForm):
    """Of the questions put to one's organisme; what is not said shows those that wait and those already answered."""

    parcours = forms.ChoiceField(label="Parcours", required=False)
    etape = forms.ChoiceField(label="Étape", required=False)
    miennes = forms.BooleanField(label="Celles que je suis", required=False)

    def __init__(self, *args, parcours, etapes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parcours"].choices = [("", "Tous"), *parcours]
        self.fields["etape"].choices = [("", "Toutes"), *etapes]
