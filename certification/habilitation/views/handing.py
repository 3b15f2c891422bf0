"""Files out, and the log of what was handed over."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from certification.habilitation.actions.handing import hand_over
from certification.habilitation.documents.handing import EXPORTS
from certification.habilitation.forms.handing import HandForm
from certification.habilitation.models import HandOver
from certification.habilitation.permissions import can_deposit, home_of_files
from certification.habilitation.views.files import about
from lms.kernel.access import require
from lms.kernel.formats import number
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.paging import page_of
from lms.kernel.tables import CONTENT_TYPES, CSV


@require_safe
def exports(request, space):
    require(can_deposit(request.user))
    page = page_of(request, HandOver.objects.visible_to(request.user).for_list())
    context = about(space) | {
        "exports": [(one, HandForm(export=one).shown()) for one in EXPORTS.values()],
        "page": page,
        "rows": [(one, EXPORTS[one.kind].label) for one in page],
        "caption": f"Fichiers remis ({number(page.paginator.count)})",
    }
    return render(request, "habilitation/exports.html", context)


@never_cache
@require_POST
def export(request, kind, space):
    require(can_deposit(request.user))
    if kind not in EXPORTS:
        raise Http404
    form = HandForm(request.POST, export=EXPORTS[kind])
    if not form.is_valid():
        messages.error(request, "Choisissez un format : CSV ou Excel.")
        return redirect(f"habilitation:{space}_exports")
    values = {"form": form.cleaned_data["form"] or CSV, "only_new": form.cleaned_data.get("only_new", False)}
    try:
        _, content = hand_over(kind, by=request.user, organisation=home_of_files(request.user), **values)
    except TransitionRefused as refused:
        messages.warning(request, str(refused))
        return redirect(f"habilitation:{space}_exports")
    name = f"{kind}-{timezone.localdate():%Y-%m-%d}.{values['form']}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=CONTENT_TYPES[values["form"]], headers=headers)
