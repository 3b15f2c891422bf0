"""Small well-formed files, to be spoilt one line at a time."""

MODULE = """\
---
type: module
id: mandat
titre: Le mandat
slug: le-mandat
resume: Savoir quand un mandat est nécessaire : ni trop tôt, ni trop tard.
objectifs:
  - Distinguer « faire avec » et « faire pour »
competences: [mandat, cadre-juridique]
relu_le: 2026-11-22
sources:
  - Aidants Connect, foire aux questions, août 2026
---

# Savoir quand un mandat est nécessaire

::: etape
id: mandat-necessaire
minutes: 5
reflexion: 4
reflexion_pour: l’exercice (3 min) et la question (1 min)
:::

::: encadre situation
À la mairie, un homme vous tend son téléphone.
:::

## Ce qu'il faut savoir

Un mandat est **écrit** : voir [le site](https://aidantsconnect.beta.gouv.fr/).

- un point
- un autre

::: marche Avant de signer
1. Lire à voix haute.
2. Faire redire.
:::

::: image
fichier: schema.svg
alternative: Schéma : qui agit ?
legende: Qui agit
---
La personne, ou vous.
:::

::: exercice Trier
id: exercice-tri
minutes: 3
---
Avec, ou pour ?
---
Avec.
:::

::: questions
serie: a-vous
:::
"""

QUESTIONS = """\
- serie: a-vous
  titre: À vous de décider
  regle: toutes-repondues
  questions:
    - id: telephone
      type: choix-unique
      enonce: >-
        Un homme vous tend son téléphone : que faites-vous ?
      reponses:
        - texte: Je lui rends le clavier
          juste: oui
          retour: Oui.
        - texte: Je me connecte pour lui
          retour: Vous agiriez à sa place.
      explication: Il agit lui-même.
      etape: mandat-necessaire
    - id: conservation
      type: vrai-faux
      enonce: Un mandat papier se conserve six ans.
      reponse: vrai
      retour_vrai: Oui.
      retour_faux: Si.
      explication: Six ans.
      etape: mandat/mandat-necessaire
    - id: perimetres
      type: choix-multiple
      enonce: Lesquels ?
      reponses:
        - {texte: Logement, juste: oui, retour: Oui.}
        - {texte: Justice, juste: oui, retour: Oui.}
        - {texte: Loisirs, retour: Non.}
      explication: Deux suffisent.
"""

PARCOURS = """\
---
type: parcours
id: essai
titre: Un essai
slug: un-essai
resume: Pour voir.
minutes: 5
habilitation: oui
modules: [mandat]
public: Agents d’accueil
prerequis: Aucun
objectifs:
  - Décider
modalites: À distance
delais_acces: Immédiat
tarif: Gratuit
contact: contact@exemple.test
methodes: Lecture
evaluation: Questions
accessibilite: Au clavier
---

Une **présentation**.
"""

PAGE = """\
---
type: page
id: aide
titre: Aide
slug: aide-essai
resume: Écrire à {{ contact }}.
a_jour_le: 2026-11-22
---

## Se connecter

Avec un code.

::: encadre attention Le code
Il ne se transmet pas.
:::
"""

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30" viewBox="0 0 40 30"><path d="M0 0h9"/></svg>'


ALTERNATIVE = "alternative: Schéma : qui agit ?\n"


def files(**changes) -> dict[str, bytes]:
    """A whole small catalogue; `module=…`, `questions=…`, `parcours=…`, `page=…`, `svg=…` replace a text."""
    texts = {"module": MODULE, "questions": QUESTIONS, "parcours": PARCOURS, "page": PAGE, "svg": SVG} | changes
    raw = {name: text if isinstance(text, bytes) else text.encode() for name, text in texts.items()}
    return {
        "LISEZMOI.md": b"# Le catalogue",
        "modules/mandat.md": raw["module"],
        "questions/mandat.yaml": raw["questions"],
        "parcours/essai.md": raw["parcours"],
        "pages/aide.md": raw["page"],
        "media/schema.svg": raw["svg"],
    }


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1
