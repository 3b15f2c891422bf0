"""« Mode salle » : what the group looks at together. Nothing is recorded, nobody's name is on the screen."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.kernel.access import require
from parcours.catalogue.models import EditionActivity
from parcours.classroom.documents import projecting
from parcours.classroom.permissions import can_run
from parcours.classroom.views.session import session_of


@require_safe
def modules(request, public_id):
    session = session_of(request, public_id)
    require(can_run(request.user, session))
    context = {"session": session, "modules": projecting.modules_of(session)}
    return render(request, "classroom/room_modules.html", context)


@require_safe
def etape(request, public_id, slug):
    session = session_of(request, public_id)
    require(can_run(request.user, session))
    found = _etape(session, slug)
    previous, following = projecting.around_etape(session, found)
    questions = [
        projecting.Screen(f"Question {rank}", projecting.question_url(session, slug, one))
        for rank, one in enumerate(found.questions, start=1)
    ]
    texts = [node for node in found.nodes if node["type"] != "questions"]
    context = {"session": session, "etape": found, "texts": texts, "questions": questions}
    context |= {"previous": previous, "following": questions[0] if questions else following}
    return render(request, "classroom/room_etape.html", context)


@require_safe
def question(request, public_id, slug, question_id):
    """`?reponse=1` shows the answer: a link, so that it works without any script."""
    session = session_of(request, public_id)
    require(can_run(request.user, session))
    found = _etape(session, slug)
    asked = found.question(str(question_id))
    if asked is None:
        raise Http404
    previous, following = projecting.around_question(session, found, asked)
    rank = [one["id"] for one in found.questions].index(asked["id"]) + 1
    context = {"session": session, "etape": found, "question": projecting.shown(asked), "rank": rank}
    context |= {"total": len(found.questions), "previous": previous, "following": following}
    context["answered"] = request.GET.get("reponse") == "1"
    return render(request, "classroom/room_question.html", context)


def _etape(session, slug):
    try:
        return session.edition.activity(slug)
    except EditionActivity.DoesNotExist as unknown:
        raise Http404 from unknown
