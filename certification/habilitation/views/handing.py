"""Files out, and the log of what was handed over."""

from itertools import groupby

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from certification.habilitation.actions.handing import hand_over
from certification.habilitation.documents.handing import EXPORTS, exports_for
from certification.habilitation.forms.handing import HandForm
from certification.habilitation.models import HandOver
from certification.habilitation.permissions import can_deposit, can_hand_over, home_of_files
from certification.habilitation.views.files import about
from lms.kernel.access import refusals_as_messages, require
from lms.kernel.files import download
from lms.kernel.formats import number
from lms.kernel.paging import page_of
from lms.kernel.stopped import mark_stops, take_up_asked
from lms.kernel.tables import CONTENT_TYPES, CSV

WHERE = "il se téléchargera dans le registre des remises, en bas de cette page. Rechargez-la dans un instant."


@never_cache
@require_safe
def exports(request, space):
    require(can_deposit(request.user))
    page = page_of(request, HandOver.objects.visible_to(request.user).for_list())
    mark_stops(page)
    context = about(space) | {
        "audiences": [
            (audience, [(one, HandForm(export=one).shown()) for one in some])
            for audience, some in groupby(exports_for(request.user), key=lambda one: one.audience)
        ],
        "page": page,
        "rows": [(one, EXPORTS[one.kind].label, one.by_id == request.user.pk) for one in page],
        "caption": f"Fichiers remis ({number(page.paginator.count)})",
    }
    return render(request, "habilitation/exports.html", context)


@never_cache
@require_POST
def export(request, kind, space):
    require(can_deposit(request.user))
    if kind not in EXPORTS or EXPORTS[kind].is_elsewhere:
        raise Http404
    require(can_hand_over(request.user, EXPORTS[kind]))
    form = HandForm(request.POST, export=EXPORTS[kind])
    if not form.is_valid():
        messages.error(request, "Choisissez un format : CSV ou Excel.")
        return redirect(f"habilitation:{space}_exports")
    values = {"form": form.cleaned_data["form"] or CSV, "only_new": form.cleaned_data.get("only_new", False)}
    with refusals_as_messages(request):
        handed = hand_over(kind, by=request.user, organisation=home_of_files(request.user), **values)
        if handed.content is not None:
            return file_response(handed)
        messages.success(request, f"Ce fichier de {number(handed.lines)} lignes se prépare : {WHERE}")
    return redirect(f"habilitation:{space}_exports")


@never_cache
@require_safe
def made_file(request, public_id, space):
    """A long file, once a job has made it; for who asked."""
    return file_response(_asked(request, HandOver.objects.kept(), public_id))


@require_POST
def make_again(request, public_id, space):
    take_up_asked(request, _asked(request, HandOver.objects.for_list(), public_id))
    return redirect(f"habilitation:{space}_exports")


def _asked(request, some, public_id):
    """For who asked, and nobody else."""
    found = get_object_or_404(some.visible_to(request.user), by=request.user, public_id=public_id)
    require(can_hand_over(request.user, EXPORTS[found.kind]))
    return found


def file_response(handed):
    export = EXPORTS[handed.kind]
    name = export.name or f"{handed.kind}-{timezone.localdate(handed.at):%Y-%m-%d}"
    return download(bytes(handed.content), f"{name}.{handed.form}", CONTENT_TYPES[handed.form])
