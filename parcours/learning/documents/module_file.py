"""A module in one file, to read without network: texts, images while they fit, questions without their answers.

Nothing in it says who took it away: no name, no number of an enrolment, no answer given.
"""

from functools import lru_cache
from html import escape

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.text import slugify

from lms.kernel.formats import date_long, nbsp, weight
from parcours.assessment.engine.marking import readable, right_answer, without_answers
from parcours.catalogue.models import EditionActivity, FrozenMedium
from parcours.learning.engine.carrying import Carried, filled, linked, lowered, place, whole_image
from parcours.learning.engine.light import MEDIUM, Medium, narrowed, read, replace
from parcours.learning.models import Trace

BUDGET = 1_000_000
FRAME = 6_000
"""Bytes of the page around the texts, its style included, when one only estimates."""
KINDS = {"image": "Image", "video": "Vidéo", "audio": "Son"}


def file_name(title: str) -> str:
    return f"{slugify(title) or 'module'}.html"


def module_file(enrolment, module_id, *, pictures=True) -> bytes:
    """Empty when this edition has no such module; without `pictures`, their equivalents and a link stand for them."""
    activities = list(_activities(enrolment.edition_id, module_id))
    if not activities:
        return b""
    packing = Packing(enrolment.edition, activities, pictures)
    answered = set(
        Trace.objects.filter(
            enrolment=enrolment, kind=Trace.Kind.ANSWERED, activity_id__in=[one.activity_id for one in activities]
        ).values_list("question_id", flat=True)
    )
    context = {
        "edition": enrolment.edition,
        "title": activities[0].module_title,
        "etapes": [packing.etape(one, answered) for one in activities],
        "minutes": sum(one.minutes for one in activities),
        "today": date_long(timezone.localdate()),
        "home": packing.home,
        "style": mark_safe(f"<style>{_style()}</style>"),
    }
    html = render_to_string("learning/module_file.html", context)
    return filled(html, packing.carried(), BUDGET).encode()


@lru_cache(maxsize=256)
def weights_of(edition_id, digest) -> dict[str, int]:
    """About what the file of each module weighs, by module id; never more than the budget."""
    sizes = dict(FrozenMedium.objects.filter(editions=edition_id).values_list("sha256", "size"))
    found: dict[str, int] = {}
    for one in _activities(edition_id).iterator():
        html = "".join(node.get("html", "") for node in one.nodes)
        text = len(html.encode()) + sum(_question_weight(question) for question in one.questions)
        images = sum(sizes.get(read(match[0]).digest, 0) * 4 // 3 for match in MEDIUM.finditer(html))
        found[one.module_id] = found.get(one.module_id, FRAME) + text + images
    return {module_id: min(size, BUDGET) for module_id, size in found.items()}


def _question_weight(question) -> int:
    return 300 + len(question["statement"]) + sum(len(option["text"]) + 20 for option in question.get("options", ()))


def _activities(edition_id, module_id=None):
    found = EditionActivity.objects.filter(edition=edition_id).order_by("position")
    return found.filter(module_id=module_id) if module_id else found


@lru_cache(maxsize=1)
def _style() -> str:
    with open(finders.find("learning/module.css"), encoding="utf-8") as file:
        return file.read()


class Packing:
    """The étapes of one file, and the media met on the way."""

    def __init__(self, edition, activities, pictures):
        self.pictures = pictures
        self.home = settings.BASE_URL + reverse("learning:home")
        self.slugs = [one.slug for one in activities]
        self.files = {one.sha256: one for one in FrozenMedium.objects.filter(editions=edition)}
        self.media: list[Medium] = []

    def etape(self, activity, answered) -> dict:
        return {
            "slug": activity.slug,
            "title": activity.title,
            "minutes": activity.minutes,
            "parts": [self._part(node, answered) for node in activity.nodes],
        }

    def _part(self, node, answered) -> dict:
        if node["type"] == "questions":
            return {"title": node["title"], "questions": [_question(one, answered) for one in node["questions"]]}
        html = lowered(linked(replace(node.get("html", ""), self._put), self.slugs, self.home))
        return {"title": node.get("title", ""), "html": html, "url": node.get("url", "")}

    def _put(self, medium: Medium) -> str:
        self.media.append(medium)
        return place(len(self.media) - 1)

    def carried(self) -> list[Carried]:
        return [self._carry(medium) for medium in self.media]

    def _carry(self, medium: Medium) -> Carried:
        file = self.files.get(medium.digest)
        whole = ""
        if file and self.pictures and medium.kind == "image" and file.size < BUDGET:
            with file.file.open("rb") as opened:
                whole = whole_image(narrowed(medium), file.content_type, opened.read())
        return Carried(whole, self._instead(medium, file))

    def _instead(self, medium: Medium, file) -> str:
        told = nbsp(f"{KINDS[medium.kind]} : {medium.label}" if medium.label else KINDS[medium.kind])
        if file is None:
            return f'<p class="en-ligne">{escape(told)} (à voir en ligne).</p>'
        address = settings.BASE_URL + file.get_absolute_url()
        link = f'<a href="{escape(address)}">À voir en ligne, {weight(file.size)}</a>'
        return f'<p class="en-ligne">{escape(told)} {link}</p>'


def _question(question, answered) -> dict:
    """As it is asked; what is right only when the learner answered it already, whatever the answer was."""
    told = question["id"] in answered
    asked = without_answers(question)
    return {
        "statement": question["statement"],
        "choices": [one["text"] for one in asked.get("options", asked.get("items", ()))],
        "lefts": [one["text"] for one in asked.get("lefts", ())],
        "rights": [one["text"] for one in asked.get("rights", ())],
        "blanks": " _____ ".join(asked.get("segments", ())),
        "told": told,
        "right": readable(question, right_answer(question)) if told else [],
        "explanation": question.get("explanation", "") if told else "",
    }
