from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from lms.accounts.models import Person
from lms.kernel.access import refusals_as_messages, require
from lms.kernel.formats import date_long, number
from lms.kernel.paging import page_of
from lms.organisations import actions, permissions
from lms.organisations.engine.departures import told_of
from lms.organisations.forms import DepartureForm, EmployerForm, OrganisationFilterForm
from lms.organisations.models import Campagne, Membership, Organisation
from lms.site.menus import pages_of


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


@require_http_methods(["GET", "POST"])
def end_membership(request, pk):
    membership = get_object_or_404(Membership.objects.visible_to(request.user).for_list(), pk=pk)
    require(permissions.can_end_membership(request.user, membership))
    own = membership.person_id == request.user.pk
    back = own_employers() if own else members_of(membership.organisation)
    told = told_of(membership)
    form = DepartureForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_as_messages(request):
            ended = actions.end_membership(membership, by=request.user, on=form.cleaned_data["ends_on"])
            messages.success(request, f"Départ enregistré : dernier jour le {date_long(ended.ends_on)}.")
            for sentence in told:
                messages.info(request, sentence)
        return redirect(back)
    heading = "Déclarer mon départ" if own else f"Déclarer le départ de {membership.person.full_name}"
    context = {"form": form, "membership": membership, "own": own, "back": back, "heading": heading, "told": told}
    return render(request, "organisations/end_membership.html", context)


@require_GET
def structures(request):
    """The structures one answers for: straight to the only one, or a choice."""
    found = Organisation.objects.answered_for_by(request.user)
    require(bool(found))
    doors = [(one, pages_of(one, request.user)[0].url_of(one)) for one in found]
    if len(doors) == 1:
        return redirect(doors[0][1])
    return render(request, "organisations/structures.html", {"doors": doors})


@require_GET
def members(request, public_id):
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), public_id=public_id)
    require(permissions.can_see_members(request.user, organisation))
    found = Membership.objects.visible_to(request.user).filter(organisation=organisation).active()
    people = Person.objects.filter(pk__in=found.matching(request.GET.get("q", "")).values("person"))
    page = page_of(request, people.order_by("last_name", "first_name", "pk"))
    context = {
        "organisation": organisation,
        "caption": f"Personnes ({number(page.paginator.count)})",
        "page": page,
        "rows": [(person, roles_held(request.user, person, held)) for person, held in found.by_person(page)],
    }
    return render(request, "organisations/members.html", context)


def roles_held(reader, person, memberships):
    """Each membership, and whether the reader may end it."""
    return [(one, one.ends_on is None and permissions.can_end_membership(reader, one)) for one in memberships]


@require_GET
def organisations(request):
    require(permissions.can_list_organisations(request.user))
    campagne = Campagne.objects.current().first()
    filters = OrganisationFilterForm(request.GET, campagne=campagne)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    found = Organisation.objects.visible_to(request.user).structures().filtered(campagne=campagne, **wanted)
    page = page_of(request, found.for_list(), rows=Organisation.objects.for_list().with_wave(campagne))
    context = {"title": f"Structures ({number(page.paginator.count)})", "page": page, "filters": filters}
    return render(request, "organisations/organisations.html", context)


def own_employers():
    return reverse("organisations:employers")


def members_of(organisation):
    return reverse("organisations:members", args=[organisation.public_id])
