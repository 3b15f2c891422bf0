"""What is held about the person signed in, why, and how to take it away, correct it or have it erased."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lms.accounts import actions
from lms.accounts.forms import DataRequestForm
from lms.accounts.models import DataRequest
from lms.accounts.permissions import can_manage_account
from lms.accounts.views.factors import freshly
from lms.kernel import privacy
from lms.kernel.access import require


@never_cache
def data(request):
    person = request.user
    require(can_manage_account(person, person))
    context = {"requests": DataRequest.objects.of(person), "form": DataRequestForm()}
    return render(request, "accounts/data.html", context)


@never_cache
@freshly
def export(request):
    require(can_manage_account(request.user, request.user))
    sections = [readable(*item) for item in privacy.export_person(request.user).items()]
    return render(request, "accounts/export.html", {"sections": sections})


@require_POST
@freshly
def export_file(request):
    person = request.user
    require(can_manage_account(person, person))
    actions.note_export(person, by=person)
    response = JsonResponse(privacy.export_person(person), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="mes-donnees-{timezone.localdate():%Y-%m-%d}.json"'
    return response


@require_POST
def ask(request):
    person = request.user
    require(can_manage_account(person, person))
    form = DataRequestForm(request.POST)
    if form.is_valid():
        actions.ask_about_data(person, **form.cleaned_data)
        messages.success(request, "Votre demande est enregistrée. La réponse vous parviendra dans le mois.")
        return redirect("accounts:data")
    context = {"requests": DataRequest.objects.of(person), "form": form}
    return render(request, "accounts/data.html", context)


def readable(label, held):
    """One kind of data as a title, its reasons and its rows of (name, value), for the page."""
    rows = [list(row.items()) if isinstance(row, dict) else [("", row)] for row in held["données"]]
    return {"label": label, "why": held["pourquoi"], "keep": held["conservation"], "rows": rows}
