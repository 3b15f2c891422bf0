from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.kernel.access import refusals_as_messages, require
from lms.kernel.formats import number
from lms.organisations import actions, permissions
from lms.organisations.forms import EmployerForm, OrganisationFilterForm
from lms.organisations.models import Campagne, Membership, Organisation

PAGE_SIZES = (25, 50, 100)


@require_GET
def employers(request):
    require(permissions.can_declare_employer(request.user, request.user))
    memberships = Membership.objects.filter(person=request.user).employing().for_list()
    return render(request, "organisations/employers.html", {"memberships": memberships.active()})


@require_http_methods(["GET", "POST"])
def declare_employer(request):
    require(permissions.can_declare_employer(request.user, request.user))
    form = EmployerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_as_messages(request):
            organisation = actions.declare_employer(request.user, **form.employer)
            messages.success(request, f"« {organisation} » figure parmi vos employeurs.")
        return redirect("organisations:employers")
    return render(request, "organisations/declare_employer.html", {"form": form})


@require_POST
def end_membership(request, pk):
    membership = get_object_or_404(Membership.objects.visible_to(request.user).for_list(), pk=pk)
    require(permissions.can_end_membership(request.user, membership))
    with refusals_as_messages(request):
        actions.end_membership(membership, by=request.user)
        messages.success(request, f"C’est noté : aujourd’hui est le dernier jour dans « {membership.organisation} ».")
    if membership.person_id == request.user.pk:
        return redirect("organisations:employers")
    return redirect("organisations:members", public_id=membership.organisation.public_id)


@require_GET
def structures(request):
    """The structures one answers for: straight to the only one, or a choice."""
    found = Organisation.objects.answered_for_by(request.user)
    require(bool(found))
    if len(found) == 1:
        return redirect("organisations:members", public_id=found[0].public_id)
    return render(request, "organisations/structures.html", {"structures": found})


@require_GET
def members(request, public_id):
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), public_id=public_id)
    require(permissions.can_see_members(request.user, organisation))
    found = Membership.objects.visible_to(request.user).filter(organisation=organisation).active()
    page = page_of(request, found.matching(request.GET.get("q", "")).for_members())
    context = {
        "organisation": organisation,
        "caption": f"Personnes ({number(page.paginator.count)})",
        "page": page,
        "rows": [(one, permissions.can_end_membership(request.user, one)) for one in page],
    }
    return render(request, "organisations/members.html", context)


@require_GET
def organisations(request):
    require(permissions.can_list_organisations(request.user))
    campagne = Campagne.objects.current().first()
    filters = OrganisationFilterForm(request.GET, campagne=campagne)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    found = Organisation.objects.visible_to(request.user).structures().filtered(campagne=campagne, **wanted)
    page = page_of(request, found.for_list().with_wave(campagne))
    context = {"title": f"Structures ({number(page.paginator.count)})", "page": page, "filters": filters}
    return render(request, "organisations/organisations.html", context)


def page_of(request, queryset):
    """25, 50 or 100 per page, whatever is asked in the URL."""
    asked = request.GET.get("par_page", "")
    size = int(asked) if asked in map(str, PAGE_SIZES) else PAGE_SIZES[0]
    return Paginator(queryset, size).get_page(request.GET.get("page"))
