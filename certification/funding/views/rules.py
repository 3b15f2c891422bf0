from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from certification.funding import actions
from certification.funding.documents.rules import FICTIONAL, rules_for
from certification.funding.forms.deciding import ConfirmRuleForm
from certification.funding.permissions import can_confirm_rules, can_decide_somewhere
from lms.kernel.access import refusals_as_messages, require
from lms.organisations.lifecycle import Role
from lms.organisations.models import Organisation
from parcours.classroom.queries import homes


@never_cache
@require_safe
def rules(request):
    require(can_decide_somewhere(request.user))
    opcos = Organisation.objects.filter(pk__in=homes(request.user, Role.OPCO_OFFICER)).order_by("name", "pk")
    context = {"opcos": [(opco, [(one, _form(opco, one)) for one in rules_for(opco)]) for opco in opcos]}
    context["fictional"] = FICTIONAL
    return render(request, "funding/rules.html", context)


def _form(opco, rule) -> ConfirmRuleForm:
    """Several on a page: each with identifiers of its own."""
    return ConfirmRuleForm(auto_id=f"{opco.pk}-{rule.code.replace('.', '-')}-%s")


@require_POST
def confirm_rule(request, opco):
    found = get_object_or_404(Organisation.objects.visible_to(request.user), public_id=opco)
    require(can_confirm_rules(request.user, found))
    form = ConfirmRuleForm(request.POST)
    if not form.is_valid():
        for texts in form.errors.values():
            messages.error(request, " ".join(texts))
        return redirect("funding:rules")
    told = {name: request.POST.get(name, "") for name in ("code", "sha256")}
    with refusals_as_messages(request):
        actions.confirm_rule(found, by=request.user, source=form.cleaned_data["source"], **told)
        messages.success(request, "La règle est confirmée\u00a0: elle n’est plus dite fictive pour votre OPCO.")
    return redirect("funding:rules")
