"""What each room says of the personal data it holds, gathered here for the register and the person's own export."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.module_loading import module_has_submodule

from lms.kernel.models import JournalEntry, JournalPersonal, OutgoingMail


@dataclass(frozen=True)
class Personal:
    """Some fields of one model: why they are kept, on what basis, how long, how exported and erased.

    `export` takes the person and returns plain values; None when another rule already exports the fields.
    The texts are French sentences, shown on the public page about personal data; `name` stands in for a model's
    own plural, where a library wrote it in English.
    """

    model: str
    fields: tuple[str, ...]
    why: str
    basis: str
    keep: str
    erase: str
    export: Callable | None = None
    name: str = ""

    @property
    def label(self):
        return self.name or str(apps.get_model(self.model)._meta.verbose_name_plural)


def registry() -> list[Personal]:
    """The rules of every room, in the order of the house."""
    rules = []
    for config in reversed(list(apps.get_app_configs())):
        if module_has_submodule(config.module, "privacy"):
            rules += getattr(import_module(f"{config.name}.privacy"), "PERSONAL", [])
    return rules


def export_person(person) -> dict:
    """All that is held about a person, by kind of data, in values that JSON can carry."""
    exported = {}
    for rule in registry():
        if rule.export is None:
            continue
        part = exported.setdefault(rule.label, {"pourquoi": rule.why, "conservation": rule.keep, "données": []})
        found = json.loads(json.dumps(rule.export(person), cls=DjangoJSONEncoder))
        part["données"] += found if isinstance(found, list) else [found]
    return exported


def _entries_by(person):
    return list(
        JournalEntry.objects.filter(by=person).order_by("pk").values("at", "verb", "subject_type", "subject_id")
    )


def _values_about(person):
    return list(
        JournalPersonal.objects.filter(person=person, erased_at=None)
        .order_by("pk")
        .values("entry__at", "entry__verb", "values")
    )


def _mails_to(person):
    if not person.email:
        return []
    return list(
        OutgoingMail.objects.filter(to__iexact=person.email).order_by("pk").values("subject", "created_at", "sent_at")
    )


PERSONAL = [
    Personal(
        model="kernel.JournalEntry",
        fields=("by",),
        why="Savoir qui a décidé quoi, et le prouver.",
        basis="Obligation légale et intérêt public : preuve des décisions.",
        keep="Aussi longtemps que le journal ; après effacement du compte, il ne reste qu’un identifiant sans nom.",
        erase="Le lien reste vers un compte rendu anonyme.",
        export=_entries_by,
    ),
    Personal(
        model="kernel.JournalPersonal",
        fields=("person", "values"),
        why="Montrer ce qu’une correction a changé dans les données d’une personne.",
        basis="Obligation légale : preuve des décisions.",
        keep="Jusqu’à l’effacement du compte.",
        erase="Les valeurs sont effacées ; leur empreinte, qui ne permet pas de les retrouver, reste dans la chaîne.",
        export=_values_about,
    ),
    Personal(
        model="kernel.OutgoingMail",
        fields=("to", "subject", "body", "html"),
        why="Envoyer les messages du service et savoir qu’ils sont partis.",
        basis="Exécution du service demandé.",
        keep="Le texte jusqu’à l’envoi ; l’adresse et l’objet pendant un an.",
        erase="Suppression de la ligne, chaque nuit, après un an.",
        export=_mails_to,
    ),
]
