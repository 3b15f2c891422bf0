"""What an organisme has issued, and how it withdraws it: a reason first, then a second confirmation."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lms.kernel import papers
from lms.kernel.access import refusals_as_messages, require
from lms.kernel.formats import number as written
from lms.kernel.models import RevocationReason
from lms.kernel.paging import page_of
from parcours.learning.documents import ATTESTATION
from parcours.learning.forms import RevokeForm
from parcours.learning.permissions import can_list_issued_papers, can_revoke_paper
from parcours.learning.queries import papers_managed_by


@require_safe
def issued_papers(request):
    require(can_list_issued_papers(request.user))
    found = papers_managed_by(request.user).filter(kind=ATTESTATION.code).for_list()
    if asked := request.GET.get("q", "").strip():
        found = found.filter(number__iexact=asked)
    page = page_of(request, found)
    count = page.paginator.count
    plural = "s" if count > 1 else ""
    context = {
        "page": page,
        "rows": [(paper, papers.kind_of(paper), papers.state_label(paper)) for paper in page],
        "asked": asked,
        "caption": f"{written(count)} attestation{plural}",
    }
    return render(request, "learning/issued_papers.html", context)


@never_cache
@require_safe
def issued_paper(request, number):
    return render(request, "learning/issued_paper.html", _found(request, number))


@never_cache
@require_http_methods(["GET", "POST"])
def revoke_paper(request, number):
    context = _found(request, number)
    paper = context["paper"]
    require(can_revoke_paper(request.user, paper))
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "learning/revoke_paper.html", context | {"form": form})
    reason = form.cleaned_data["reason"]
    if not form.cleaned_data["confirmed"]:
        chosen = {"reason": reason, "reason_label": RevocationReason(reason).label}
        return render(request, "learning/revoke_paper_confirm.html", context | chosen)
    with refusals_as_messages(request):
        papers.revoke(paper, by=request.user, reason=reason)
        messages.success(request, f"{paper.number} est révoquée. La page de vérification le dit dès maintenant.")
    return redirect("learning:issued_paper", paper.number)


def _found(request, number):
    require(can_list_issued_papers(request.user))
    paper = get_object_or_404(papers_managed_by(request.user), number=number)
    return {
        "paper": paper,
        "kind": papers.kind_of(paper),
        "state": papers.state_label(paper),
        "revocable": not paper.is_revoked and can_revoke_paper(request.user, paper),
    }
