"""Blocks where one does something."""

import hashlib
import json

from wagtail import blocks

from parcours.catalogue.blocks.textes import PLAIN_FEATURES
from parcours.catalogue.engine import dialogue
from parcours.catalogue.engine.durations import LONGEST_ETAPE


class ExerciceBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Titre", max_length=150)
    minutes = blocks.IntegerBlock(
        label="Durée essayée, en minutes",
        min_value=1,
        max_value=LONGEST_ETAPE,
        help_text="Chronométrée avec une personne qui découvre l’exercice.",
    )
    instructions = blocks.RichTextBlock(label="Consigne", features=PLAIN_FEATURES)
    answer = blocks.RichTextBlock(
        label="Repères pour se corriger", features=PLAIN_FEATURES, help_text="Montrés sur demande."
    )

    class Meta:
        template = "catalogue/blocks/exercice.html"
        label = "Exercice guidé"
        label_format = "{title}"
        icon = "form"


class LienExterneBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(label="Sorte", choices=[("pix", "Test Pix"), ("lien", "Autre site")], default="lien")
    title = blocks.CharBlock(label="Titre", max_length=150)
    url = blocks.URLBlock(label="Adresse", required=False, help_text="Commence par https://.")
    text = blocks.RichTextBlock(
        label="Ce que la personne va y trouver",
        features=PLAIN_FEATURES,
        help_text="Pour le test Pix, l’adresse e-mail à utiliser est affichée à côté, avec un bouton pour la copier.",
    )
    equivalent = blocks.RichTextBlock(
        label="Équivalent accessible",
        required=False,
        features=PLAIN_FEATURES,
        help_text="Comment faire la même chose quand on ne peut pas se servir de ce site.",
    )

    class Meta:
        template = "catalogue/blocks/lien.html"
        label = "Lien externe"
        icon = "link-external"


class ReponseBlock(blocks.StructBlock):
    text = blocks.TextBlock(label="Réponse", rows=2, help_text="Ce que l’on dirait, mot pour mot.")
    feedback = blocks.TextBlock(label="Retour", rows=2, help_text="Ce que cette réponse entraîne. Deux phrases.")
    next = blocks.CharBlock(
        label="Mène à", max_length=60, help_text="Le nom d’une réplique de ce dialogue, ou « fin »."
    )

    class Meta:
        label = "réponse"
        label_format = "{text}"


class RepliqueBlock(blocks.StructBlock):
    name = blocks.CharBlock(
        label="Nom de la réplique", max_length=60, help_text="Un mot, par exemple « demande » : une réponse y mène."
    )
    says = blocks.TextBlock(label="Ce que dit la personne", rows=3)
    replies = blocks.ListBlock(
        ReponseBlock(), label="Réponses possibles", min_num=dialogue.REPLIES[0], max_num=dialogue.REPLIES[1]
    )

    class Meta:
        label = "réplique"
        label_format = "{name}"


class DialogueBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Titre", max_length=150)
    situation = blocks.TextBlock(label="Situation", rows=2, help_text="Où l’on est, et pourquoi la personne est là.")
    person = blocks.CharBlock(
        label="Qui parle", default="La personne", max_length=80, help_text="« La dame », « Un père », sans nom réel."
    )
    replicas = blocks.ListBlock(
        RepliqueBlock(),
        label="Répliques",
        min_num=2,
        max_num=dialogue.MOST_REPLICAS,
        help_text="La première ouvre le dialogue. Le texte à lire d’une traite s’écrit tout seul.",
    )

    class Meta:
        template = "catalogue/blocks/dialogue.html"
        label = "Dialogue à choix"
        label_format = "{title}"
        icon = "comment"

    def get_context(self, value, parent_context=None):
        raw = self.get_prep_value(value)
        replicas = dialogue.replicas_of(raw)
        sentences = [sentence for _, sentence in dialogue.faults(replicas)]
        anchor = hashlib.sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest()[:8]
        return super().get_context(value, parent_context) | {
            "turn": None if sentences else dialogue.unfolded(replicas),
            "script": dialogue.script(replicas),
            "sentences": sentences,
            "anchor": f"dialogue-{anchor}",
        }
