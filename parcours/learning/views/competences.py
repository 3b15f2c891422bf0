"""What one has worked on, competence by competence; each level opens onto the facts it is made of."""

from itertools import groupby

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import strip_tags
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.kernel.access import require
from lms.kernel.models import Paper
from parcours.catalogue.models import EditionActivity
from parcours.learning.models import Trace
from parcours.learning.models.evidence import competences_of
from parcours.learning.permissions import can_enrol
from parcours.learning.views.questions import moment

UNNAMED = "Autres compétences"


@never_cache
@require_safe
def competences(request):
    require(can_enrol(request.user))
    known = competences_of(request.user)
    groups = [
        {"title": domain or UNNAMED, "lines": [_line(one) for one in found]}
        for domain, found in groupby(known, key=lambda one: one.domain)
    ]
    return render(request, "learning/competences.html", {"groups": groups})


def _line(known) -> dict:
    return {
        "label": known.label,
        "url": reverse("learning:competence", args=[known.code]),
        "detail": known.level.words,
    }


@never_cache
@require_safe
def competence(request, code):
    require(can_enrol(request.user))
    known = next((one for one in competences_of(request.user) if one.code == code), None)
    if known is None:
        raise Http404
    answers = _answers(known.trained)
    asked = EditionActivity.objects.in_bulk([one.activity.pk for one in known.trained if _key(one) in answers])
    papers = Paper.objects.held_by(request.user).for_list()
    keys = {one.enrolment.attestation_key for one in known.trained}
    context = {
        "known": known,
        "words": known.level.words,
        "etapes": [_etape(one, answers.get(_key(one), {}), asked) for one in known.trained],
        "papers": [paper for paper in papers if paper.key in keys],
    }
    return render(request, "learning/competence.html", context)


def _answers(trained) -> dict:
    """The answers that count, by enrolment and étape: one query for all of them."""
    counted = {_key(one): one.attempt for one in trained if one.attempt}
    traces = Trace.objects.filter(
        kind=Trace.Kind.ANSWERED,
        enrolment__in={enrolment for enrolment, _ in counted},
        activity_id__in={activity for _, activity in counted},
    )
    found: dict = {}
    for trace in traces:
        key = trace.enrolment_id, trace.activity_id
        if key in counted and trace.attempt == counted[key]["number"]:
            found.setdefault(key, {})[trace.question_id] = trace
    return found


def _key(one) -> tuple:
    return one.enrolment.pk, one.activity.activity_id


def _etape(one, given, asked) -> dict:
    url = reverse("learning:activity", args=[one.enrolment.pk, one.activity.slug])
    return {
        "title": one.activity.title,
        "course": one.enrolment.edition.title,
        "url": url,
        "row": one.row,
        "work": one.work,
        "questions": _questions(asked[one.activity.pk], given, url) if given else [],
    }


def _questions(activity, given, url) -> list[dict]:
    return [
        {
            "statement": " ".join(strip_tags(question["statement"]).split()),
            "url": f"{url}#question-{question['id']}",
            "right": given[question["id"]].correct,
            "at": moment(given[question["id"]].at),
        }
        for question in activity.questions
        if question["id"] in given
    ]
