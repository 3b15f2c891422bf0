"""What an organisme de formation shows to be paid: its managers record it, officers read it from a file."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.funding import actions
from certification.funding.forms.credentials import CredentialForm
from certification.funding.models import Credential, Demande
from certification.funding.permissions import can_manage_training, can_record_credentials
from lms.kernel.access import refusals_as_errors, refusals_as_messages, require
from lms.kernel.files import PDF, download
from lms.organisations.lifecycle import Role
from lms.organisations.models import Organisation
from parcours.classroom.queries import homes


def _managed(person):
    return Organisation.objects.filter(pk__in=homes(person, Role.TRAINING_MANAGER)).order_by("name", "pk")


@never_cache
@require_safe
def credentials(request):
    require(can_manage_training(request.user))
    found = [(one, one.credentials.select_related("recorded_by")) for one in _managed(request.user)]
    return render(request, "funding/credentials.html", {"organisations": found})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_credential(request, organisation):
    found = get_object_or_404(_managed(request.user), public_id=organisation)
    require(can_record_credentials(request.user, found))
    posted = request.method == "POST"
    form = CredentialForm(request.POST if posted else None, request.FILES if posted else None, organisation=found)
    if form.is_valid():
        with refusals_as_errors(form):
            actions.record_credential(found, by=request.user, **form.cleaned_data)
            messages.success(request, "C’est enregistré : les demandes en attente sont relues.")
            return redirect("funding:credentials")
    context = {"form": form, "organisation": found}
    return render(request, "funding/credential.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw_credential(request, credential):
    found = get_object_or_404(Credential.objects.filter(organisation__in=_managed(request.user)), pk=credential)
    require(can_record_credentials(request.user, found.organisation))
    with refusals_as_messages(request):
        actions.withdraw_credential(found, by=request.user)
        messages.success(request, "Le justificatif est retiré : il ne compte plus.")
    return redirect("funding:credentials")


@never_cache
@require_safe
def credential_piece(request, credential):
    """For those who answer for the training, and the officers who have a demande of this organisme."""
    decided = Demande.objects.decided_by(request.user).values("session__organisation")
    known = Credential.objects.exclude(file="").filter(
        organisation__in=Organisation.objects.filter(pk__in=decided) | _managed(request.user).order_by()
    )
    found = get_object_or_404(known, pk=credential)
    require(can_record_credentials(request.user, found.organisation) or found.withdrawn_at is None)
    with found.file.open() as stored:
        return download(stored.read(), f"justificatif-{found.kind}.pdf", PDF)
