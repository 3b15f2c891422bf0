"""Where colleagues stand: what was done and when, never what was answered."""

import io
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms.kernel.access import keys_in, require
from lms.kernel.files import download
from lms.kernel.formats import date_short, plural
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.paging import page_of
from lms.kernel.stopped import mark_stops, take_up_asked
from lms.kernel.tables import AT_ONCE, CONTENT_TYPES, LABELS, form_asked
from parcours.colleagues import actions
from parcours.colleagues import documents as papers
from parcours.colleagues.forms import RegisterForm
from parcours.colleagues.models import RegisterExport
from parcours.colleagues.permissions import can_follow_colleagues
from parcours.colleagues.views.structure import structure_of
from parcours.learning.documents.standing import Standing, for_lines, in_order, lines_of

MOST_REMINDED = 100


@dataclass(frozen=True)
class Line(Standing):
    """`reminded_at`: when the person was last reminded, of whatever parcours."""

    reminded_at: datetime | None = None

    @property
    def reminded(self):
        return f"rappel du {date_short(timezone.localdate(self.reminded_at))}" if self.reminded_at else ""

    @property
    def can_be_reminded(self):
        one = self.enrolment
        return not actions.reminder_refusal(one, one.person, self.reminded_at, timezone.now())


@never_cache
@require_safe
def register(request, structure):
    organisation = structure_of(request, structure)
    require(can_follow_colleagues(request.user, organisation))
    filters = RegisterForm(request.GET, followed=papers.parcours_followed(organisation))
    search = filters.search
    alone = search.etat == papers.NONE
    page = _alone(request, organisation, search) if alone else _following(request, organisation, search)
    context = {
        "organisation": organisation,
        "filters": filters,
        "asked": search != papers.Search(tri=search.tri),
        "page": page,
        "people": list(page) if alone else [],
        "lines": [] if alone else _lines(page),
        "caption": _caption(page.paginator.count, alone),
        "unenrolled": _unenrolled(organisation, page.paginator.count, alone),
        "query": request.GET.urlencode(),
        "forms": LABELS.items(),
        "exported": [(name, value) for name, value in request.GET.items() if name in filters.fields],
    }
    return render(request, "colleagues/register.html", context)


def _alone(request, organisation, search):
    return page_of(request, papers.without_parcours(organisation, search.q))


def _following(request, organisation, search):
    found = papers.register_of(organisation, search)
    return page_of(request, in_order(found, search.tri).values_list("pk", flat=True), found.count())


def _lines(page):
    found = lines_of(list(page))
    last = papers.last_reminders([one.person_id for one in found])
    return [Line(one, last.get(one.person_id)) for one in found]


def _unenrolled(organisation, listed, alone):
    """How many follow nothing; not counted, only offered to see, in a structure where counting takes long."""
    if alone:
        return ""
    if listed > AT_ONCE:
        return "Des personnes de la structure ne suivent peut-être aucun parcours."
    count = papers.without_parcours(organisation).count()
    words = ("personne de la structure ne suit", "personnes de la structure ne suivent")
    return f"{plural(count, *words)} aucun parcours." if count else ""


def _caption(count, alone):
    words = ("personne sans parcours", "personnes sans parcours") if alone else ("inscription", "inscriptions")
    return plural(count, *words)


@require_POST
def remind(request, structure):
    organisation = structure_of(request, structure)
    require(can_follow_colleagues(request.user, organisation))
    asked = keys_in([request.POST["une"]] if "une" in request.POST else request.POST.getlist("inscription"))
    found = papers.register_of(organisation, papers.Search()).filter(pk__in=asked[:MOST_REMINDED])
    sent, refusals = 0, []
    for enrolment in for_lines(found):
        try:
            actions.remind(enrolment, by=request.user)
            sent += 1
        except TransitionRefused as refused:
            refusals += refused.sentences
    _tell(request, sent, refusals)
    address = reverse("colleagues:register", args=[structure])
    return redirect(f"{address}?{request.POST.get('retour', '')}")


def _tell(request, sent, refusals):
    if sent:
        who = plural(sent, "personne recevra", "personnes recevront")
        messages.success(request, f"{who} un rappel, aux heures de travail là où elle se trouve.")
    for refusal in refusals:
        messages.warning(request, refusal)
    if not sent and not refusals:
        messages.info(request, "Cochez d’abord les personnes à relancer.")


# --- Exports ----------------------------------------------------------------------------------------------------------


@require_POST
def order_export(request, structure):
    """Written at once when it is short, by a job otherwise."""
    organisation = structure_of(request, structure)
    require(can_follow_colleagues(request.user, organisation))
    form = form_asked(request.POST.get("format"))
    search = RegisterForm(request.POST, followed=papers.parcours_followed(organisation)).search
    rows = papers.register_of(organisation, search).count()
    if rows > AT_ONCE:
        values = {"form": form, "filters": search.stored(), "rows": rows}
        return redirect(actions.order_export(organisation, by=request.user, **values))
    actions.note_export(organisation, rows=rows, by=request.user)
    out = io.BytesIO()
    papers.write_register(out, form, organisation, search)
    return _file(out.getvalue(), form, organisation)


@never_cache
@require_safe
def export(request, structure, public_id):
    found = _one_of(RegisterExport.objects.without_content(), request, structure, public_id)
    require(can_follow_colleagues(request.user, found.organisation))
    mark_stops([found])
    return render(request, "colleagues/export.html", {"export": found, "organisation": found.organisation})


@require_POST
def write_again(request, structure, public_id):
    found = _one_of(RegisterExport.objects.without_content(), request, structure, public_id)
    require(can_follow_colleagues(request.user, found.organisation))
    take_up_asked(request, found)
    return redirect(found)


@never_cache
@require_safe
def export_file(request, structure, public_id):
    found = _one_of(RegisterExport.objects.kept(), request, structure, public_id)
    require(can_follow_colleagues(request.user, found.organisation))
    return _file(bytes(found.content), found.form, found.organisation)


def _one_of(exports, request, structure, public_id):
    """Of the structures that the person answers for."""
    found = exports.visible_to(request.user).select_related("organisation")
    return get_object_or_404(found, public_id=public_id, organisation__public_id=structure)


def _file(data, form, organisation):
    return download(data, papers.file_name(organisation, form), CONTENT_TYPES[form])
