"""What an OPCO takes out of all its files, person by person, and the log of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.funding.documents.people import FILES
from certification.funding.forms.people import PeriodForm
from certification.funding.permissions import can_decide_somewhere, opco_of
from certification.habilitation.actions.handing import hand_over
from certification.habilitation.models import HandOver
from certification.habilitation.views.handing import file_response
from lms.kernel.access import refusals_as_messages, require
from lms.kernel.formats import number
from lms.kernel.paging import page_of
from lms.kernel.stopped import mark_stops, take_up_asked
from lms.kernel.tables import LABELS, form_asked

PREPARED = "lignes se prépare : il se téléchargera dans le registre, plus bas. Rechargez la page dans un instant."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people(request):
    require(can_decide_somewhere(request.user))
    form = PeriodForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        code, _, asked = request.POST.get("fichier", "").partition(".")
        if code not in FILES:
            raise Http404
        if form.is_valid():
            return _handed(request, code, form_asked(asked), form.period)
    page = page_of(request, _mine(request.user).for_list())
    mark_stops(page)
    context = {
        "form": form,
        "files": FILES.values(),
        "page": page,
        "rows": [(one, FILES[one.kind].label) for one in page],
        "caption": f"Vos remises ({number(page.paginator.count)})",
        "forms": LABELS.items(),
    }
    return render(request, "funding/people.html", context, status=422 if form.errors else 200)


def _handed(request, code, form, period):
    """The file, or the page once a job has it to write; why there is none."""
    with refusals_as_messages(request):
        told = {"form": form, "period": period, "organisation": opco_of(request.user)}
        handed = hand_over(code, by=request.user, **told)
        if handed.content is not None:
            return file_response(handed)
        messages.success(request, f"Ce fichier de {number(handed.lines)} {PREPARED}")
    return redirect("funding:people_file")


@never_cache
@require_safe
def made_file(request, public_id):
    """A long file, once a job has made it; for who asked."""
    handed = get_object_or_404(_mine(request.user).kept(), public_id=public_id)
    require(can_decide_somewhere(request.user))
    return file_response(handed)


@require_POST
def make_again(request, public_id):
    handed = get_object_or_404(_mine(request.user).for_list(), public_id=public_id)
    require(can_decide_somewhere(request.user))
    take_up_asked(request, handed)
    return redirect("funding:people_file")


def _mine(person):
    return HandOver.objects.filter(kind__in=FILES, by=person)
