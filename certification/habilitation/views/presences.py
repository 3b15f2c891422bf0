"""An organisme says who was at a training held outside the platform; it counts, with its name and its date."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from certification.habilitation import actions
from certification.habilitation.forms.declaring import PresenceForm
from certification.habilitation.models import Fact
from certification.habilitation.permissions import can_note_presences, notes_presences
from certification.habilitation.views.giving import given
from lms.accounts.models import Person
from lms.kernel.access import refusals_as_errors, require
from lms.kernel.formats import plural
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.paging import page_of
from lms.organisations.models import Organisation, Role

UNKNOWN = (
    "Aucune personne suivie n’a à la fois cette adresse et ce nom. Vérifiez les deux avec son référent ; "
    "si elle n’est pas encore connue ici, elle le sera par la liste d’Aidants Connect."
)
OWN = "Sa propre présence est notée par un autre responsable."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def presences(request):
    require(notes_presences(request.user))
    organisation = _home(request.user)
    require(can_note_presences(request.user, organisation))
    form = PresenceForm(*given(request))
    if request.method == "POST" and form.is_valid():
        with refusals_as_errors(form):
            noted = _note(request, form.cleaned_data, organisation)
            messages.success(request, f"La présence de {noted} est notée. Vous pouvez la retirer avec un motif.")
            return redirect("habilitation:presences")
    found = Fact.objects.visible_to(request.user).noted_by(organisation).for_page()
    page = page_of(request, found)
    context = {
        "organisation": organisation,
        "form": form,
        "page": page,
        "caption": plural(page.paginator.count, "présence notée", "présences notées"),
    }
    return render(request, "habilitation/presences.html", context, status=422 if form.errors else 200)


def _note(request, cleaned, organisation) -> str:
    """The name of whom it is noted. Raises TransitionRefused."""
    person = _person_named(cleaned["email"], cleaned["last_name"])
    if person is None or person.pk == request.user.pk:
        raise TransitionRefused([OWN if person else UNKNOWN])
    values = {"organisation": organisation, "by": request.user, "proof": cleaned["proof"]}
    actions.note_training(person, cleaned["on"], **values)
    return person.full_name


def _person_named(email, last_name):
    """A record that was merged leads to the one that stands for it."""
    named = Person.objects.filter(Q(email=email) | Q(pix_email=email), last_name__iexact=last_name.strip())
    found = named.order_by("pk").first()
    person = found and found.standing()
    return person if person and person.is_active and person.habilitations.exists() else None


def _home(person):
    """The organisme they answer for; the first of them when there are several."""
    held = person.memberships.active().filter(role=Role.TRAINING_MANAGER).values("organisation")
    return Organisation.objects.filter(pk__in=held).order_by("pk").first()
