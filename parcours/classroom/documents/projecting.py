"""A module in front of a group: one étape on each screen, a question on its own, its answer when it is asked for."""

from dataclasses import dataclass, field

from django.urls import reverse

from parcours.assessment.engine.marking import readable, right_answer, without_answers


@dataclass(frozen=True)
class Screen:
    title: str
    url: str


@dataclass(frozen=True)
class Module:
    title: str
    etapes: list = field(default_factory=list)


@dataclass(frozen=True)
class Question:
    """As it is asked; `right` and `explanation` are for the screen that shows the answer."""

    statement: str
    choices: list
    lefts: list
    rights: list
    blanks: str
    right: list
    explanation: str


def modules_of(session) -> list[Module]:
    """The étapes of the edition by module, each with its screen."""
    found: dict[str, Module] = {}
    for one in session.edition.outline:
        module = found.setdefault(one.module_id, Module(one.module_title))
        module.etapes.append((one, etape_url(session, one.slug)))
    return list(found.values())


def etape_url(session, slug) -> str:
    return reverse("classroom:room_etape", args=[session.public_id, slug])


def question_url(session, slug, question) -> str:
    return reverse("classroom:room_question", args=[session.public_id, slug, question["id"]])


def around_etape(session, etape) -> tuple[Screen | None, Screen | None]:
    """The étapes before and after it in the parcours."""
    outline = session.edition.outline
    rank = next(rank for rank, one in enumerate(outline) if one.slug == etape.slug)
    screens = [Screen(one.title, etape_url(session, one.slug)) for one in outline]
    return (screens[rank - 1] if rank else None), (screens[rank + 1] if rank + 1 < len(screens) else None)


def around_question(session, etape, question) -> tuple[Screen, Screen | None]:
    """The question before, or the étape; the question after, or the following étape."""
    asked = etape.questions
    rank = next(rank for rank, one in enumerate(asked) if one["id"] == question["id"])
    screens = [Screen(f"Question {n}", question_url(session, etape.slug, one)) for n, one in enumerate(asked, start=1)]
    before = screens[rank - 1] if rank else Screen(etape.title, etape_url(session, etape.slug))
    return before, screens[rank + 1] if rank + 1 < len(screens) else around_etape(session, etape)[1]


def shown(question) -> Question:
    asked = without_answers(question)
    return Question(
        statement=question["statement"],
        choices=[one["text"] for one in asked.get("options", asked.get("items", ()))],
        lefts=[one["text"] for one in asked.get("lefts", ())],
        rights=[one["text"] for one in asked.get("rights", ())],
        blanks=" _____ ".join(asked.get("segments", ())),
        right=readable(question, right_answer(question)),
        explanation=question.get("explanation", ""),
    )
