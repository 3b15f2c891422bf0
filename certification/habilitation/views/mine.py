"""« Où en est mon habilitation ? » : what is known, where from, what is left and who does it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.habilitation import actions
from certification.habilitation.documents.remaining import NOT_OURS, absence_of, habilitations_of, left_of
from certification.habilitation.documents.standing import standpoints
from certification.habilitation.forms.declaring import PixForm
from certification.habilitation.models import Fact, Habilitation
from certification.habilitation.permissions import can_follow_own, can_read_proof, can_take_back
from certification.habilitation.views.giving import given
from lms.accounts.permissions import is_generic_mailbox
from lms.kernel.access import refusals_as_errors, refusals_as_messages, require
from lms.kernel.files import download

TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}
DECLARED = "Votre déclaration est enregistrée. Elle comptera une fois confirmée, par l’ANCT ou par un fichier de Pix."


@never_cache
@require_safe
def mine(request):
    require(can_follow_own(request.user))
    found = standpoints(habilitations_of(request.user))
    sections = [{"here": one, "left": left_of(one, own=True)} for one in found]
    absence = next(filter(None, map(absence_of, found)), None)
    declared = next((one.declared for one in found if one.declared), None)
    set_aside = next((one.set_aside for one in found if one.set_aside), None)
    scores = [fact for one in found[:1] for fact in one.facts if fact.counts and fact.score is not None]
    context = {
        "sections": sections,
        "absence": absence,
        "declared": declared,
        "set_aside": set_aside if not declared and absence else None,
        "may_declare": any(not one.habilitation.pix_on for one in found) and declared is None,
        "scores": scores,
        "shared": _shared_address(request.user) if found and not absence else "",
        "not_ours": NOT_OURS,
    }
    return render(request, "habilitation/mine.html", context)


def _shared_address(person) -> str:
    """The address that would not do for the test Pix, said before it is needed."""
    address = person.pix_email or person.email or ""
    return address if is_generic_mailbox(address) else ""


@require_http_methods(["GET", "HEAD", "POST"])
def declare_pix(request):
    require(can_follow_own(request.user))
    form = PixForm(*given(request), reader=request.user)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        with refusals_as_errors(form):
            actions.declare_pix(request.user, cleaned["on"], proof=cleaned["proof"], by=request.user)
            messages.success(request, DECLARED)
            return redirect("habilitation:mine")
    return render(request, "habilitation/declare_pix.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def take_back(request, public_id):
    fact = get_object_or_404(Fact.objects.visible_to(request.user), public_id=public_id)
    require(can_take_back(request.user, fact))
    with refusals_as_messages(request):
        actions.take_back_declaration(fact, by=request.user)
        messages.success(request, "La déclaration est retirée. Vous pouvez en faire une autre.")
    theirs = Habilitation.objects.visible_to(request.user).filter(person=fact.person_id).first()
    return redirect("habilitation:mine" if fact.person_id == request.user.pk or theirs is None else theirs)


@never_cache
@require_safe
def proof(request, public_id):
    """Always saved, never opened inside the site."""
    fact = get_object_or_404(
        Fact.objects.visible_to(request.user).exclude(proof="").select_related("training_organisation"),
        public_id=public_id,
    )
    require(can_read_proof(request.user, fact))
    extension = fact.proof.name.rpartition(".")[2]
    with fact.proof.open() as stored:
        return download(stored.read(), f"justificatif-{fact.on:%Y-%m-%d}.{extension}", TYPES[extension])
