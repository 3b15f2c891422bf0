"""What is to pay, handed to the accounts as one list, then recorded at once."""

import io

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.funding import actions
from certification.funding.documents.bordereaux import write_bordereau
from certification.funding.forms.deciding import PayBordereauForm
from certification.funding.lifecycle import Pile
from certification.funding.models import Bordereau, Demande
from certification.funding.permissions import can_decide_somewhere
from certification.funding.views.batch import MOST, identifiers
from lms.kernel.access import refusals_as_errors, refusals_as_messages, require
from lms.kernel.files import download
from lms.kernel.formats import plural
from lms.kernel.paging import page_of
from lms.kernel.tables import CONTENT_TYPES, LABELS, form_asked


@never_cache
@require_safe
def bordereaux(request):
    require(can_decide_somewhere(request.user))
    page = page_of(request, Bordereau.objects.visible_to(request.user).for_list())
    return render(request, "funding/bordereaux.html", {"page": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_bordereau(request):
    """What may be paid now, ticked; what may not, and why."""
    require(can_decide_somewhere(request.user))
    mine = Demande.objects.decided_by(request.user)
    if request.method == "POST":
        chosen = identifiers(request.POST.getlist("choix"))
        with refusals_as_messages(request):
            made = actions.make_bordereau(mine.filter(public_id__in=chosen), by=request.user)
            messages.success(request, f"Le bordereau {made.number} est prêt.")
            return redirect(made)
    first = list(mine.in_pile(Pile.PAY).sorted_by("attente").values_list("pk", flat=True)[:MOST])
    found = list(Demande.objects.filter(pk__in=first).for_payment().sorted_by("attente"))
    why = actions.bordereau_refusals(found, by=request.user)
    context = {
        "ready": [(one, actions.left_of(one)) for one in found if not why[one.pk]],
        "apart": [(one, why[one.pk]) for one in found if why[one.pk]],
    }
    return render(request, "funding/new_bordereau.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bordereau(request, number):
    """Its lines, to read or to print; its payments are recorded from here."""
    require(can_decide_somewhere(request.user))
    found = get_object_or_404(Bordereau.objects.visible_to(request.user).for_list(), number=number)
    data = request.POST if request.method == "POST" else None
    form = PayBordereauForm(data, initial={"paid_on": timezone.localdate()})
    if form.is_valid():
        with refusals_as_errors(form):
            done, refused = actions.pay_bordereau(found, by=request.user, **form.cleaned_data)
            _tell(request, done, refused)
            return redirect(found)
    lines, unpaid = list(found.lines.for_page()), found.lines.to_pay().count()
    context = {"bordereau": found, "lines": lines, "form": form, "unpaid": unpaid, "forms": LABELS.items()}
    return render(request, "funding/bordereau.html", context, status=422 if form.errors else 200)


def _tell(request, done, refused):
    if done:
        messages.success(request, f"C’est noté\u00a0: {plural(done, 'paiement', 'paiements')}.")
    for sentence in refused:
        messages.warning(request, sentence)


@require_POST
def bordereau_file(request, number):
    require(can_decide_somewhere(request.user))
    found = get_object_or_404(Bordereau.objects.visible_to(request.user), number=number)
    form = form_asked(request.POST.get("format"))
    out = io.BytesIO()
    write_bordereau(out, form, found)
    return download(out.getvalue(), f"{found.number}.{form}", CONTENT_TYPES[form])


@require_POST
def cancel_bordereau(request, number):
    require(can_decide_somewhere(request.user))
    found = get_object_or_404(Bordereau.objects.visible_to(request.user), number=number)
    with refusals_as_messages(request):
        actions.cancel_bordereau(found, by=request.user)
        messages.success(request, "Le bordereau est annulé\u00a0: ses dossiers peuvent être mis dans un autre.")
    return redirect(found)
