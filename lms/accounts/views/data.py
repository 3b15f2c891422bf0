"""What is held about the person signed in, why, and how to take it away, correct it or have it erased."""

import re
from contextlib import suppress

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lms.accounts import actions
from lms.accounts.forms import DataRequestForm
from lms.accounts.models import DataRequest
from lms.accounts.permissions import can_manage_account
from lms.accounts.views.factors import freshly
from lms.kernel import privacy
from lms.kernel.access import require
from lms.kernel.formats import date_short, instant

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
DAY = re.compile(r"\d{4}-\d\d-\d\d$")


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
    held = privacy.export_person(request.user)
    context = {
        "sections": [readable(label, part) for label, part in held.items() if part["données"]],
        "nothing": [label for label, part in held.items() if not part["données"]],
    }
    return render(request, "accounts/export.html", context)


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
    rows = [
        [(name, written(value)) for name, value in row.items()] if isinstance(row, dict) else [("valeur", written(row))]
        for row in held["données"]
    ]
    return {"label": label, "why": held["pourquoi"], "keep": held["conservation"], "rows": rows}


def _day(value):
    """Nothing for what only looks like a day."""
    with suppress(ValueError):
        return parse_date(value) if isinstance(value, str) and DAY.match(value) else None


def written(value):
    """A value of the export as a person reads it."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dict):
        return " ; ".join(f"{name} : {written(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(written(one) for one in value) or "–"
    if isinstance(value, str) and INSTANT.match(value):
        return instant(parse_datetime(value))
    if day := _day(value):
        return date_short(day)
    return "–" if value in (None, "") else str(value)
