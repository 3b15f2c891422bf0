"""« Émarger » : from any phone, with the personal code; nobody signs in, nothing of the phone is kept."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lms.kernel.access import public
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.throttle import come_back_later, count, is_used_up
from parcours.classroom.lifecycle import RegistrationState
from parcours.emargement import actions
from parcours.emargement.documents import statement_of
from parcours.emargement.forms import CodeForm
from parcours.emargement.lifecycle import Way
from parcours.emargement.models import Attendance, Sheet

ROOM, LINE = "emargement.room", "emargement.line"
STAYS = timedelta(minutes=10)
FAULTS, SECONDS = 10, 600
FAULT = "emargement.code"
OVER = "Le délai pour confirmer est passé : saisissez de nouveau votre code."


def remember_room(request, sheet) -> None:
    request.session[ROOM] = [sheet.pk, (timezone.now() + STAYS).isoformat()]


def _remembered(request, name):
    pk, until = request.session.get(name) or (None, "")
    return pk if pk and timezone.now() < datetime.fromisoformat(until) else None


def _keep(request, line, way) -> None:
    request.session[LINE] = [line.pk, (timezone.now() + STAYS).isoformat()]
    request.session[f"{LINE}.way"] = str(way)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request):
    room = _remembered(request, ROOM)
    if request.method == "POST":
        return _try_code(request, room)
    if room and (line := _own_line(request, room)):
        _keep(request, line, Way.SCREEN)
        return redirect("emargement:confirm")
    return _ask(request, CodeForm(), room)


def _ask(request, form, room, status=200):
    sheet = Sheet.objects.for_page().filter(pk=room).first() if room else None
    return render(request, "emargement/enter.html", {"form": form, "sheet": sheet}, status=status)


def _own_line(request, room) -> Attendance | None:
    """Of who is signed in on the phone that saw the screen."""
    if not request.user.is_authenticated:
        return None
    seated = Attendance.objects.of(request.user).filter(registration__state=RegistrationState.REGISTERED)
    return seated.filter(sheet=room).first()


def _try_code(request, room):
    if is_used_up(FAULT, request, amount=FAULTS, seconds=SECONDS):
        return come_back_later(request, "emargement/wait.html", SECONDS)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, room, 422)
    try:
        line = actions.known_by_code(form.cleaned_data["code"])
    except TransitionRefused as refused:
        count(FAULT, request, seconds=SECONDS)
        form.add_error("code", str(refused))
        return _ask(request, form, room, 422)
    _keep(request, line, Way.SCREEN if room == line.sheet_id else Way.CODE)
    return redirect("emargement:confirm")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request):
    pk = _remembered(request, LINE)
    line = Attendance.objects.for_signing().filter(pk=pk).first() if pk else None
    if line is None:
        messages.warning(request, OVER)
        return redirect("emargement:enter")
    if request.method == "POST":
        return _sign(request, line)
    signature = line.signature if line.is_signed else None
    context = {
        "line": line,
        "sheet": line.sheet,
        "signature": signature,
        "signed": line.signed_words if signature else "",
        "statement": statement_of(line).text,
        "refusal": actions.window_refusal(line.sheet) if signature is None else None,
    }
    return render(request, "emargement/confirm.html", context)


def _sign(request, line):
    try:
        actions.sign(line, actions.Entry(Way(request.session[f"{LINE}.way"])))
    except TransitionRefused as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)
    return redirect("emargement:confirm")


@public
@require_POST
def leave(request):
    """The phone goes to somebody else: it forgets who signed, not that it is in the room."""
    request.session.pop(LINE, None)
    request.session.pop(f"{LINE}.way", None)
    return redirect("emargement:enter")
