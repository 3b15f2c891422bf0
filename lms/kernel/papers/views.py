"""Anyone checks a paper, without an account: nothing is written, nothing that is sent is kept."""

import functools

from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lms.kernel.access import public
from lms.kernel.models.paper import Paper
from lms.kernel.throttle import throttled

from .checking import MAX_BYTES, check, find
from .forms import AddressForm, FileForm
from .kinds import kind_of, state_label
from .uploads import received

WAIT = "kernel/verify_wait.html"
NO_FILE = "Choisissez le PDF à comparer."
SEVERAL = "Envoyez un seul fichier à la fois : chaque document se compare seul."
TOO_BIG = "Ce fichier dépasse 5 Mo. Les documents délivrés ici sont bien plus légers : ce n’est donc pas l’un d’eux."


def checking(view):
    """What every page of verification is: public, never indexed nor cached, silent about where one comes from.

    Exempt from the CSRF check: a post changes nothing and reads no session, and under `no-referrer` browsers send an
    origin that says nothing.
    """
    guarded = require_http_methods(["GET", "HEAD", "POST"])(view)
    guarded = throttled("papers.upload", amount=20, seconds=60, methods=("POST",), template=WAIT)(guarded)
    guarded = throttled("papers.verify", amount=90, seconds=60, template=WAIT)(guarded)

    @functools.wraps(view)
    def wrapper(request, *args, **kwargs):
        response = guarded(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return public(never_cache(csrf_exempt(wrapper)))


@checking
def verify(request):
    if request.method != "POST":
        return _index(request)
    files, too_big = received(request, MAX_BYTES)
    if "address" in request.POST:
        form = AddressForm(request.POST)
        if form.is_valid():
            return redirect("kernel:verify_paper", form.cleaned_data["address"])
        return _index(request, address_form=form, status=422)
    if refusal := _refusal(files, too_big):
        return _index(request, file_form=FileForm.refusing(refusal), status=422)
    finding = find(files[0])
    if finding.paper is None:
        return _index(request, outcome=finding.outcome)
    return _page(request, finding.paper, outcome=finding.outcome)


@checking
def verify_paper(request, token):
    paper = Paper.objects.issued().filter(token=token).first()
    if paper is None:
        return render(request, "kernel/verify_unknown.html", status=404)
    if request.method != "POST":
        return _page(request, paper)
    files, too_big = received(request, MAX_BYTES)
    if refusal := _refusal(files, too_big):
        return _page(request, paper, file_form=FileForm.refusing(refusal), status=422)
    return _page(request, paper, outcome=check(paper, files[0]))


def _refusal(files, too_big):
    if too_big:
        return TOO_BIG
    if not files:
        return NO_FILE
    return SEVERAL if len(files) > 1 else ""


def _index(request, *, address_form=None, file_form=None, outcome=None, status=200):
    context = {
        "address_form": address_form or AddressForm(),
        "file_form": file_form or FileForm(),
        "outcome": outcome,
    }
    return render(request, "kernel/verify.html", context, status=status)


def _page(request, paper, *, file_form=None, outcome=None, status=200):
    context = {
        "paper": paper,
        "kind": kind_of(paper),
        "state": state_label(paper),
        "file_form": file_form or FileForm(),
        "outcome": outcome,
    }
    return render(request, "kernel/verify_paper.html", context, status=status)
