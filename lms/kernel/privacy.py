"""What each room says of the personal data it holds, gathered here for the register and the person's own export."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.module_loading import module_has_submodule

from lms.kernel.grants import SCOPES
from lms.kernel.models import Grant, JournalEntry, JournalPersonal, OutgoingMail, Paper

SIDES = {"before": "avant", "after": "après"}


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
    return [rule for module in _modules() for rule in getattr(module, "PERSONAL", [])]


@cache
def acts() -> dict[str, str]:
    """What each verb of the journal says to the people it is about, as every room tells it."""
    return {verb: said for module in _modules() for verb, said in getattr(module, "ACTS", {}).items()}


def _modules():
    for config in reversed(list(apps.get_app_configs())):
        if module_has_submodule(config.module, "privacy"):
            yield import_module(f"{config.name}.privacy")


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
    entries = JournalEntry.objects.filter(by=person).order_by("pk")
    return [{"instant": each.at, "acte": _told(each), "objet": f"{_kind(each)} {each.subject_id}"} for each in entries]


def _values_about(person):
    rows = JournalPersonal.objects.filter(person=person, erased_at=None).select_related("entry").order_by("pk")
    return [
        {"instant": each.entry.at, "acte": _told(each.entry), "valeurs": _named(each.values, _fields(each.entry))}
        for each in rows
    ]


def _told(entry) -> str:
    """A verb that nothing records any more has no words left."""
    return acts().get(entry.verb, "Un acte est noté.")


def _kind(entry) -> str:
    model = _model(entry)
    return str(model._meta.verbose_name) if model else "objet"


def _fields(entry) -> dict[str, str]:
    model = _model(entry)
    named = {one.name: str(one.verbose_name) for one in model._meta.concrete_fields} if model else {}
    return named | SIDES


def _model(entry):
    """None for what the house no longer keeps."""
    with suppress(LookupError, ValueError):
        return apps.get_model(entry.subject_type)


def _named(values, fields):
    """With the words of the fields for their codes."""
    if not isinstance(values, dict):
        return values
    return {fields.get(name, name): _named(value, fields) for name, value in values.items()}


def _mails_to(person):
    mails = OutgoingMail.objects.filter(to__iexact=person.email or "").order_by("pk")
    return [{"objet": each.subject, "créé le": each.created_at, "envoyé le": each.sent_at} for each in mails]


def _papers_of(person):
    papers = Paper.objects.filter(person=person).order_by("pk")
    return [
        {"numéro": each.number, "état": each.get_state_display(), "délivré le": each.issued_at, "contenu": each.content}
        for each in papers
    ]


def _grants_of(person):
    return [
        {
            "ce qu’il ouvre": SCOPES.get(each.scope, each.scope),
            "donné le": each.created_at,
            "valable jusqu’au": each.expires_at,
            "retiré le": each.revoked_at,
            "dernier usage": each.last_used_at,
        }
        for each in Grant.objects.filter(person=person).order_by("pk")
    ]


PERSONAL = [
    Personal(
        model="kernel.JournalEntry",
        fields=("by",),
        why="Savoir qui a décidé quoi, et le prouver.",
        basis="Obligation légale et intérêt public : preuve des décisions.",
        keep="Aussi longtemps que le journal ; après effacement du compte, il ne reste qu’un identifiant sans nom.",
        erase="Le lien reste vers un compte rendu anonyme.",
        export=_entries_by,
    ),
    Personal(
        model="kernel.JournalPersonal",
        fields=("person", "values"),
        why="Montrer ce qu’une correction a changé dans les données d’une personne.",
        basis="Obligation légale : preuve des décisions.",
        keep="Jusqu’à l’effacement du compte.",
        erase="Les valeurs sont effacées ; leur empreinte, qui ne permet pas de les retrouver, reste dans la chaîne.",
        export=_values_about,
    ),
    Personal(
        model="kernel.OutgoingMail",
        fields=("to", "subject", "body", "html", "stop_url"),
        why="Envoyer les messages du service et savoir qu’ils sont partis.",
        basis="Exécution du service demandé.",
        keep="Le texte jusqu’à l’envoi ; l’adresse et l’objet pendant un an.",
        erase="Suppression de la ligne, chaque nuit, après un an.",
        export=_mails_to,
    ),
    Personal(
        model="kernel.Paper",
        fields=("person", "content", "twin_html"),
        why="Délivrer des documents que la personne peut présenter et que chacun peut vérifier.",
        basis="Obligation légale de l’organisme de formation, qui remet une attestation et doit pouvoir la prouver.",
        keep="Six ans après la fin de la formation, dix si des fonds européens y participent ; l’attestation remise à "
        "la personne, tant que son compte existe et six ans au moins.",
        erase="Un document délivré ne se réécrit pas : il reste entier, avec son fichier, jusqu’à ce terme, puis il "
        "est supprimé. Le journal garde son numéro.",
        export=_papers_of,
    ),
    Personal(
        model="kernel.Grant",
        fields=("person", "object_ids", "last_used_at"),
        why="Ouvrir une seule chose sans connexion : lire un calendrier, arrêter des rappels.",
        basis="Exécution du service demandé.",
        keep="Jusqu’à un an après la fin du lien.",
        erase="Les liens sont supprimés : ils n’ouvrent plus rien.",
        export=_grants_of,
    ),
]

ACTS = {
    "kernel.change_rule": "Une règle est changée.",
    "kernel.delete_rule": "Une règle est supprimée.",
    "kernel.forget_paper": "Un document est supprimé, à son terme.",
    "kernel.give_grant": "Un lien personnel est donné.",
    "kernel.reserve_paper": "Un document est préparé, avec son numéro.",
    "kernel.retry_job": "Un travail du service est relancé.",
    "kernel.revoke_grant": "Un lien personnel est retiré.",
    "kernel.take_up": "Un travail du service, qui s’était arrêté, est repris.",
}
