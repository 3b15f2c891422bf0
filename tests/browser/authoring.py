"""A trainer in the editor of the CMS, and a module with every block and every kind of question."""

import io
import uuid
import wave

from django.conf import settings
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from parcours.catalogue.models import ParcoursModule, ParcoursPage
from tests.browser.following import until
from tests.catalogue.factories import QUALIOPI
from tests.permissions.matrix import signed_in

BODY = "#panel-child-contenu-body-section"
CONTENT = f"{BODY} [data-contentpath=content]"
HELD = """(text) => [...document.querySelectorAll("input[name^=body]")].some((one) => one.value.includes(text))"""
"""What is typed reaches the form a moment later."""

FITS = """(width) => {
  const shown = document.querySelector("#w-preview-iframe")?.contentWindow;
  return shown?.innerWidth === width && shown.document.documentElement.scrollWidth <= width;
}"""
"""The editor draws its preview in a new frame each time: one waits for what it shows, at the width asked for."""

FEEDBACK = {"feedback_right": "C’est bien cela.", "feedback_wrong": "Relisez l’étape."}


def enter(page, person, live_server):
    """Somebody signed in with a second factor, as the CMS asks."""
    key = signed_in(person).session.session_key
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    return page


class Editor:
    """The editor of a page, used as a trainer does: fields, the menu of blocks, the buttons at the bottom."""

    def __init__(self, page):
        self.page = page

    def fill(self, field, text):
        self.page.locator(f"{BODY} [name={field}]").fill(str(text))

    def add_etape(self):
        self.page.locator(f"{BODY} .c-sf-add-button").first.click()
        self.page.locator(f"{BODY} [name$=value-title]").first.wait_for()

    def add_block(self, label):
        """Choose a block in the menu under the last one."""
        self.page.locator(f"{CONTENT} .c-sf-add-button").last.click()
        self.page.get_by_role("option", name=label, exact=True).click()

    def write(self, text, rank=-1):
        """At the end of a rich text, the last one unless said otherwise."""
        area = self.page.locator(f"{BODY} [contenteditable=true]").nth(rank)
        area.click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(text)
        until(self.page, HELD, text)

    def save(self):
        """Once the editor has given the new page its place, which it does by itself."""
        self.page.wait_for_url("**/edit/")
        self.page.get_by_role("button", name="Enregistrer le brouillon").click()
        return self.told()

    def send(self, label):
        """A button of the menu of actions."""
        self.page.get_by_role("button", name="Plus d'actions").click()
        self.page.get_by_role("button", name=label, exact=True).click()
        return self.told()

    def told(self):
        """What the CMS says once it is done."""
        self.page.locator(".messages li").first.wait_for()
        said = self.page.locator(".messages").inner_text()
        assert self.page.locator(".messages .success").count(), said
        return said

    def preview(self, size, *texts):
        """The preview panel at one of its sizes, where these texts are read."""
        self.page.get_by_role("button", name="Afficher/masquer la prévisualisation").click()
        shown = self.page.frame_locator("#w-preview-iframe")
        shown.get_by_text(texts[0]).first.wait_for()
        choice = self.page.get_by_label(size, exact=True)
        choice.check(force=True)
        until(self.page, FITS, int(choice.get_attribute("data-device-width")))
        for text in texts:
            shown.get_by_text(text).first.wait_for()


def block(kind, value) -> dict:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def items(*values) -> list[dict]:
    return [block("item", value) for value in values]


def etape(title, minutes, *content, reflection=0, reason="") -> dict:
    value = {"title": title, "slug": "", "minutes": minutes, "reflection": reflection, "reflection_reason": reason}
    return block("etape", value | {"estimate": False, "content": list(content)})


def silence() -> bytes:
    sound = io.BytesIO()
    with wave.open(sound, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(1)
        written.setframerate(8000)
        written.writeframes(bytes(8000))
    return sound.getvalue()


FILES = {
    "fiche.pdf": b"%PDF-1.4\n%%EOF\n",
    "message.wav": silence(),
    "film.mp4": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom",
    "film.vtt": b"WEBVTT\n\n00:00.000 --> 00:01.000\nBonjour.\n",
}


def keep_files(library) -> dict:
    """The files of `FILES` in the collection of a library: name → key."""
    model = get_document_model()
    return {
        name: model.objects.create(title=name, collection=library.collection, file=ContentFile(raw, name=name)).pk
        for name, raw in FILES.items()
    }


def every_block(image, files) -> dict:
    """An étape with each block that is read, seen, heard or tried."""
    reply = {"text": "Voulez-vous que je lise avec vous ?", "feedback": "Elle garde la main.", "next": "doute"}
    end = {"text": "Prenez votre temps.", "feedback": "Elle est rassurée.", "next": "fin"}
    shut = {"text": "Donnez, je m’en occupe.", "feedback": "Elle n’apprend rien.", "next": "fin"}
    turns = items(
        {"name": "demande", "says": "Je n’ose pas ouvrir cette lettre.", "replies": items(reply, shut)},
        {"name": "doute", "says": "Et si je comprends mal ?", "replies": items(end, shut)},
    )
    sections = items(
        {"title": "Le secret", "text": "<p>Ce qui est lu reste ici.</p>"},
        {"title": "La copie", "text": "<p>Elle repart avec la personne.</p>"},
    )
    described = {"alternative": "Une lettre ouverte sur une table", "decorative": False, "caption": "La lettre"}
    quoted = {"text": "<p>Toute personne a droit au secret.</p>", "author": "", "year": 1994}
    film = {"video": files["film.mp4"], "captions": files["film.vtt"], "transcript": "<p>Bonjour.</p>"}
    link = {"url": "https://www.service-public.fr/", "text": "<p>Les modèles de lettres.</p>"}
    return etape(
        "Ouvrir la lettre",
        5,
        block("texte", "<h2>Avant d’ouvrir</h2><p>La lettre appartient à la personne.</p>"),
        block("image", described | {"image": image, "text_equivalent": "<p>Une lettre, une table.</p>"}),
        block("encadre", {"kind": "attention", "title": "", "text": "<p>Ne lisez rien en silence.</p>"}),
        block("marche", {"title": "Lire ensemble", "steps": items("<p>Demander.</p>", "<p>Lire à voix haute.</p>")}),
        block(
            "exercice",
            {
                "title": "Essayer",
                "minutes": 3,
                "instructions": "<p>Lisez une facture.</p>",
                "answer": "<p>Lentement.</p>",
            },
        ),
        block("accordeon", {"title": "Pour aller plus loin", "sections": sections}),
        block("citation", quoted | {"source": "Code pénal", "url": "https://www.legifrance.gouv.fr/"}),
        block(
            "dialogue", {"title": "Elle hésite", "situation": "À l’accueil.", "person": "La dame", "replicas": turns}
        ),
        block(
            "glossaire", {"title": "Les mots", "terms": items({"term": "Usager", "definition": "<p>La personne.</p>"})}
        ),
        block("document", {"document": files["fiche.pdf"], "title": "Fiche mémo (PDF, 1 ko)"}),
        block(
            "audio",
            {"title": "Un message", "audio": files["message.wav"], "minutes": 1, "transcript": "<p>Rappelez-moi.</p>"},
        ),
        block("video", {"title": "Une lecture", "minutes": 1} | film),
        block("lien", {"kind": "lien", "title": "Service public", "equivalent": "<p>Par téléphone.</p>"} | link),
    )


def every_question() -> dict:
    """An étape with the seven kinds of questions, none of them twice."""

    def asked(statement, **values):
        return {"statement": f"<p>{statement}</p>", "explanation": "<p>Elle décide.</p>", "taught_in": ""} | values

    def option(text, correct=False):
        return {"text": text, "correct": correct, "feedback": "Voilà pourquoi."}

    typed = {"format": "texte", "accepted": items("secret"), "pitfalls": [], "tolerance": "", "accents": "facultatifs"}
    typed |= {"tried_accepted": [], "tried_refused": []}
    pairs = [("Une facture", "Un fournisseur"), ("Une convocation", "Un tribunal"), ("Un avis", "Les impôts")]
    hole = typed | {"name": "lieu", "label": "Lieu du rangement", "accepted": items("armoire")}
    questions = [
        ("choix_unique", asked("Qui ouvre la lettre ?", options=items(option("Elle", True), option("Vous")))),
        (
            "choix_multiple",
            asked("Que demander ?", options=items(option("Son accord", True), option("Où lire", True), option("Rien"))),
        ),
        (
            "vrai_faux",
            asked("On garde une copie.", answer="faux", feedback_true="Non.", feedback_false="Oui."),
        ),
        ("reponse_courte", asked("À quoi êtes-vous tenu ?", **typed, **FEEDBACK)),
        ("texte_a_trous", asked("Complétez.", text="Rangez-la dans une {{lieu}}.", blanks=items(hole), **FEEDBACK)),
        (
            "appariement",
            asked(
                "Qui écrit ?",
                pairs=items(*({"left": left, "right": right, "feedback": "En tête."} for left, right in pairs)),
                intruders=items("Un voisin"),
            ),
        ),
        ("ordre", asked("Dans quel ordre ?", items=items("Demander", "Lire", "Rendre"), **FEEDBACK)),
    ]
    series = {"title": "À vous de décider", "rule": "toutes-repondues", "threshold": None, "keep": ""}
    series |= {"questions": [block(kind, value) for kind, value in questions]}
    return etape("Décider", 5, block("questions", series), reflection=5, reason="les sept questions (5 min)")


def parcours_listing(module, library, *, minutes, professions=()) -> ParcoursPage:
    """A draft of the library, that lists the module."""
    page = ParcoursPage(title="Lire un courrier à deux", summary="Lire avec la personne.", live=False, **QUALIOPI)
    page.minutes, page.organisation = minutes, library.organisation
    page.parcours_modules = [ParcoursModule(module=module, sort_order=0)]
    page.professions = professions
    page = library.add_child(instance=page)
    page.save_revision()
    return page
