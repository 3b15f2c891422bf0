"""A list too long to be written while one waits: where it is, the file, and how it begins again."""

import io

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from certification.funding import actions
from certification.funding.documents.piles import write_list
from certification.funding.forms.lists import FilterForm
from certification.funding.models import Demande, DemandeExport
from certification.funding.permissions import can_decide_somewhere, can_fetch
from lms.kernel.access import require
from lms.kernel.files import download
from lms.kernel.stopped import mark_stops, take_up_asked
from lms.kernel.tables import AT_ONCE, CONTENT_TYPES, form_asked


@require_POST
def export(request):
    """Written at once when it is short, by a job otherwise."""
    require(can_decide_somewhere(request.user))
    mine, form = Demande.objects.decided_by(request.user), form_asked(request.POST.get("format"))
    filters = FilterForm(request.POST, mine=mine, person=request.user)
    found = filters.found_in(mine)
    rows = found.count()
    if rows > AT_ONCE:
        return redirect(actions.order_export(found, form=form, sort=filters.search["tri"], by=request.user))
    actions.note_export(request.user, rows=rows)
    out = io.BytesIO()
    write_list(out, form, found)
    return _file(out.getvalue(), form)


@never_cache
@require_safe
def prepared(request, public_id):
    require(can_decide_somewhere(request.user))
    found = _export_of(request, public_id)
    mark_stops([found])
    return render(request, "funding/export.html", {"export": found, "may_fetch": can_fetch(request.user, found)})


@require_POST
def write_again(request, public_id):
    require(can_decide_somewhere(request.user))
    found = _export_of(request, public_id)
    take_up_asked(request, found)
    return redirect(found)


def _export_of(request, public_id):
    return get_object_or_404(DemandeExport.objects.visible_to(request.user).without_content(), public_id=public_id)


@never_cache
@require_safe
def prepared_file(request, public_id):
    found = get_object_or_404(DemandeExport.objects.visible_to(request.user).kept(), public_id=public_id)
    require(can_fetch(request.user, found))
    return _file(bytes(found.content), found.form)


def _file(data, form):
    return download(data, f"prises-en-charge-{timezone.localdate():%Y-%m-%d}.{form}", CONTENT_TYPES[form])
