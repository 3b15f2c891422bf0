"""What an organisme says of itself on its papers, and what it hands to every trainee."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lms.kernel.access import refusals_as_errors, require
from lms.organisations.lifecycle import Role
from lms.organisations.models import Organisation
from lms.organisations.permissions import active_memberships
from parcours.paperwork import actions
from parcours.paperwork.documents.kinds import CONVENTION
from parcours.paperwork.documents.mentions import missing_mentions
from parcours.paperwork.documents.texts import default_text
from parcours.paperwork.forms.house import MentionsForm, TextForm
from parcours.paperwork.lifecycle import TextKind
from parcours.paperwork.models import HouseText
from parcours.paperwork.permissions import can_state_mentions, can_state_mentions_of


def _homes(person):
    held = [one.organisation_id for one in active_memberships(person) if one.role == Role.TRAINING_MANAGER]
    return Organisation.objects.filter(pk__in=held).order_by("name", "pk")


@never_cache
@require_safe
def houses(request):
    """The organismes one answers for: what each lacks, and its texts."""
    require(can_state_mentions(request.user))
    rows = []
    for one in _homes(request.user):
        newest = HouseText.objects.newest(one)
        rows.append((one, missing_mentions(one, CONVENTION), [(kind, newest.get(kind)) for kind in TextKind]))
    return render(request, "paperwork/houses.html", {"rows": rows})


@never_cache
@require_http_methods(["GET", "POST"])
def mentions(request, organisation):
    found = get_object_or_404(_homes(request.user), public_id=organisation)
    require(can_state_mentions_of(request.user, found))
    form = MentionsForm(request.POST or None, instance=Organisation.objects.get(pk=found.pk))
    if form.is_valid():
        actions.state_mentions(found, by=request.user, **form.cleaned_data)
        messages.success(request, "Les mentions sont enregistrées. Les documents déjà délivrés gardent les leurs.")
        return redirect("paperwork:houses")
    context = {"organisation": found, "form": form}
    return render(request, "paperwork/mentions.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def text(request, organisation, kind):
    found = get_object_or_404(_homes(request.user), public_id=organisation)
    require(can_state_mentions_of(request.user, found))
    newest = HouseText.objects.newest(found).get(kind)
    form = TextForm(request.POST or None, initial={"body": newest.body if newest else default_text(kind)})
    if form.is_valid():
        with refusals_as_errors(form):
            published = actions.publish_text(found, kind, form.cleaned_data["body"], by=request.user)
            messages.success(request, f"Version {published.version} publiée : les prochains inscrits la recevront.")
            return redirect("paperwork:houses")
    context = {"organisation": found, "label": TextKind(kind).label, "newest": newest, "form": form}
    return render(request, "paperwork/text.html", context, status=422 if form.errors else 200)
