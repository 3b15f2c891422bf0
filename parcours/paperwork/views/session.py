"""« Documents », in the page of a session: what is issued, what lacks and why, all at once."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.kernel.access import refusals_as_errors, refusals_as_messages, require
from lms.kernel.formats import number, plural
from lms.kernel.models import Paper
from parcours.classroom.models import Registration
from parcours.classroom.views.session import session_of
from parcours.emargement.documents import hours_of
from parcours.paperwork import actions
from parcours.paperwork.documents import kinds, rows_of
from parcours.paperwork.documents.answering import remarks_of
from parcours.paperwork.documents.archive import zip_of
from parcours.paperwork.documents.overview import people_rows
from parcours.paperwork.forms.agreements import CorrectionForm
from parcours.paperwork.models import SessionPaper
from parcours.paperwork.permissions import can_keep_papers

BY_PAGE = 25


@never_cache
@require_safe
def session(request, session):
    found = session_of(request, session)
    require(can_keep_papers(request.user, found))
    issued = SessionPaper.objects.filter(session=found)
    count, ready = issued.count(), issued.sealed().count()
    context = {
        "session": found,
        "rows": rows_of(found),
        "remarks": remarks_of(found),
        "count": count,
        "ready": ready,
        "progress": f"{plural(ready, 'document prêt', 'documents prêts')} à télécharger, sur {number(count)}",
        "batch": found.batches.select_related("asked_by").first(),
        "quotes": found.quotes.for_page().exclude(state="replaced"),
        "conventions": found.conventions.for_page(),
    }
    return render(request, "paperwork/session.html", context)


@require_POST
def issue_all(request, session):
    found = session_of(request, session)
    require(can_keep_papers(request.user, found))
    with refusals_as_messages(request):
        actions.order_batch(found, by=request.user)
        messages.success(request, "Les documents se préparent. Actualisez la page pour voir où cela en est.")
    return redirect("paperwork:session", session)


@never_cache
@require_safe
def people(request, session):
    """Each trainee’s papers: what one has, and the correction of a certificate."""
    found = session_of(request, session)
    require(can_keep_papers(request.user, found))
    everybody = found.registrations.exclude(enrolment=None).select_related("person", "employer", "enrolment")
    everybody = everybody.order_by("person__last_name", "person__first_name", "pk")
    page = Paginator(everybody, BY_PAGE).get_page(request.GET.get("page"))
    context = {"session": found, "page": page, "rows": people_rows(list(page))}
    return render(request, "paperwork/people.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def correct(request, session, registration):
    found = session_of(request, session)
    require(can_keep_papers(request.user, found))
    whose = Registration.objects.select_related("person", "employer", "session__organisation", "session__edition")
    one = get_object_or_404(whose.filter(session=found), public_id=registration)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_as_errors(form):
            row = actions.correct_certificate(one, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, f"Nouveau certificat {row.paper.number} : il remplace le précédent.")
            return redirect("paperwork:people", session)
    context = {
        "session": found,
        "registration": one,
        "form": form,
        "current": actions.standing(found, kinds.CERTIFICATE, registration=one),
        "hours": hours_of([one])[one.pk],
    }
    return render(request, "paperwork/correct.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def archive(request, session):
    """Every sealed paper in force of the session, in one file."""
    found = session_of(request, session)
    require(can_keep_papers(request.user, found))
    papers = Paper.objects.filter(in_sessions__session=found, in_sessions__replaced_by=None).exclude(sha256="")
    return zipped(papers.order_by("kind", "pk"), f"session-{found.public_id}.zip")


def zipped(papers, name):
    found = zip_of(papers.defer("content", "twin_html").iterator(chunk_size=200))
    return FileResponse(found, as_attachment=True, filename=name, content_type="application/zip")
