from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.kernel.access import require
from lms.organisations.queries import today
from parcours.quality.documents.overview import complaints_drawer, drawer_of
from parcours.quality.documents.registers import REGISTERS
from parcours.quality.models import Referential
from parcours.quality.permissions import (
    can_edit_indicators,
    can_manage_audits,
    can_manage_quality,
    can_read_indicators,
    can_read_quality,
    can_read_register,
)


@never_cache
@require_safe
def home(request):
    require(can_read_quality(request.user))
    person = request.user
    drawers = [complaints_drawer(person)] if can_manage_quality(person) else []
    drawers += [drawer_of(one, person) for one in REGISTERS.values() if can_read_register(person, one)]
    context = {"drawers": drawers, "may_audit": can_manage_audits(person)}
    return render(request, "quality/home.html", context)


@never_cache
@require_safe
def indicators(request, code=""):
    """The framework in force today, or one of its other versions."""
    require(can_read_indicators(request.user))
    versions = list(Referential.objects.order_by("-valid_from"))
    in_force = Referential.objects.on(today()).first()
    chosen = get_object_or_404(Referential, code=code) if code else in_force
    context = {
        "version": chosen,
        "in_force": in_force,
        "versions": versions,
        "rows": chosen.indicators.order_by("position") if chosen else [],
        "may_edit": can_edit_indicators(request.user),
    }
    return render(request, "quality/indicators.html", context)
