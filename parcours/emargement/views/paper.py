"""The paper sheet: printed before, entered afterwards with its scan."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lms.kernel.access import refusals_as_errors, require
from lms.kernel.files import download
from parcours.classroom.permissions import can_run
from parcours.emargement import actions
from parcours.emargement.forms import PaperForm
from parcours.emargement.models import Scan
from parcours.emargement.views.finding import keeps, lines_of, sheet_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request, public_id):
    sheet = sheet_of(request, public_id)
    require(keeps(request, sheet))
    lines = [one for one in lines_of(sheet) if not one.is_signed]
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PaperForm(*given, lines=lines)
    if form.is_valid():
        with refusals_as_errors(form):
            _enter(request, sheet, form)
            return redirect(sheet)
    context = {"sheet": sheet, "session": sheet.session, "form": form, "lines": lines}
    return render(request, "emargement/paper.html", context, status=422 if form.errors else 200)


def _enter(request, sheet, form):
    reason, file = form.cleaned_data["reason"], form.cleaned_data["scan"]
    signed = actions.enter_paper(sheet, form.chosen, reason=reason, file=file, by=request.user)
    count = sum(one.new for one in signed)
    messages.success(request, f"Signatures saisies : {count}. La feuille numérisée est gardée.")


@never_cache
@require_safe
def blank(request, public_id):
    """To print, with room for signatures."""
    sheet = sheet_of(request, public_id)
    require(can_run(request.user, sheet.session))
    context = {"sheet": sheet, "session": sheet.session, "lines": lines_of(sheet)}
    return render(request, "emargement/blank.html", context)


@never_cache
@require_safe
def scan(request, public_id):
    """Always saved, never opened inside the site, for those who keep the register."""
    found = get_object_or_404(
        Scan.objects.visible_to(request.user).select_related("sheet__half_day__session__organisation"),
        public_id=public_id,
    )
    require(can_run(request.user, found.sheet.session))
    with found.file.open() as stored:
        return download(stored.read(), found.name, found.content_type)
