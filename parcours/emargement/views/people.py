"""One person on one sheet: what is noted, what is corrected, what is signed on the trainer's device."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.kernel.access import refusals_as_errors, refusals_as_messages, require
from parcours.emargement import actions
from parcours.emargement.documents import statement_of
from parcours.emargement.engine.codes import spaced
from parcours.emargement.forms import LateForm, MarkForm
from parcours.emargement.lifecycle import Way
from parcours.emargement.views.finding import keeps, line_of, lines_of, sheet_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person(request, public_id, line_id):
    sheet, line = _found(request, public_id, line_id)
    form = MarkForm(request.POST if request.method == "POST" else None, attendance=line, initial=_initial(line))
    if form.is_valid():
        with refusals_as_errors(form):
            (actions.correct if sheet.is_locked else actions.mark)(line, form.told, by=request.user)
            messages.success(request, f"C’est noté pour {line.person.full_name}.")
            return redirect(sheet)
    late = {"late": actions.window_refusal(sheet), "late_form": LateForm()}
    context = {"sheet": sheet, "session": sheet.session, "line": line, "form": form, **late}
    return render(request, "emargement/person.html", context, status=422 if form.errors else 200)


def _initial(line) -> dict:
    sheet = line.sheet
    return {
        "state": line.state,
        "arrived": sheet.local(line.arrived_at).time() if line.arrived_at else None,
        "left": sheet.local(line.left_at).time() if line.left_at else None,
        "excuse": line.excuse,
    }


def _found(request, public_id, line_id):
    sheet = sheet_of(request, public_id)
    require(keeps(request, sheet))
    return sheet, line_of(sheet, line_id)


@require_POST
def draw_code(request, public_id, line_id):
    sheet, line = _found(request, public_id, line_id)
    with refusals_as_messages(request):
        line = actions.draw_code(line, by=request.user)
        messages.success(request, f"Nouveau code : {spaced(line.code)}. L’ancien ne vaut plus.")
    return redirect("emargement:person", sheet.public_id, line.public_id)


@never_cache
@require_safe
def codes(request, public_id):
    sheet = sheet_of(request, public_id)
    require(keeps(request, sheet))
    lines = [(one, spaced(one.code)) for one in lines_of(sheet) if not one.is_signed]
    context = {"sheet": sheet, "session": sheet.session, "lines": lines, "usable": not sheet.is_locked}
    return render(request, "emargement/codes.html", context)


@never_cache
@require_safe
def tablet(request, public_id):
    sheet = sheet_of(request, public_id)
    require(keeps(request, sheet))
    lines = [one for one in lines_of(sheet) if not one.is_signed]
    refusal = actions.window_refusal(sheet)
    context = {"sheet": sheet, "session": sheet.session, "lines": lines, "refusal": refusal}
    return render(request, "emargement/tablet.html", context)


def _collect(request, line, form):
    if form is not None and not form.is_valid():
        raise actions.Refused(form.errors["reason"][0])
    reason = form.cleaned_data["reason"] if form is not None else ""
    signed = actions.sign(line, actions.Entry(Way.TABLET, by=request.user, reason=reason))
    name = signed.attendance.person.full_name
    messages.success(request, f"{name} : présence signée." if signed.new else f"{name} avait déjà signé.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tablet_sign(request, public_id, line_id):
    """The person, on the trainer's device; the trainer, out of the window, who says why."""
    sheet, line = _found(request, public_id, line_id)
    if request.method == "POST":
        late = request.POST.get("back") == "sheet"
        with refusals_as_messages(request):
            _collect(request, line, LateForm(request.POST) if late else None)
        return redirect(sheet) if late else redirect("emargement:tablet", sheet.public_id)
    context = {"sheet": sheet, "session": sheet.session, "line": line, "statement": statement_of(line).text}
    return render(request, "emargement/tablet_sign.html", context)
