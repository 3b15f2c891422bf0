"""Open sign-ins and password of the person signed in."""

from django.contrib import messages
from django.contrib.sessions.models import Session
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from lms.accounts import actions
from lms.accounts.forms import NewPasswordForm
from lms.accounts.permissions import can_ask_factor_reset, can_manage_account
from lms.accounts.second_factor import Level, factors_of, level_of
from lms.accounts.views.factors import freshly
from lms.kernel.access import keys_in, require


@never_cache
def security(request):
    person = request.user
    require(can_manage_account(person, person))
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    context = {
        "sign_ins": list(person.usersession_set.filter(session_key__in=alive).order_by("-created_at")),
        "here": request.session.session_key,
        "has_password": person.has_usable_password(),
        "factors": list(factors_of(person)),
        "required": level_of(person) > Level.NONE,
        "may_ask_reset": can_ask_factor_reset(person),
    }
    return render(request, "usersessions/usersession_list.html", context)


@require_POST
def end_sign_ins(request):
    """`which` is the number of one sign-in, « others » or « all »."""
    person = request.user
    require(can_manage_account(person, person))
    which, rows = request.POST.get("which", ""), person.usersession_set.all()
    if which == "others":
        rows = rows.exclude(session_key=request.session.session_key)
    elif which != "all":
        rows = rows.filter(pk__in=keys_in([which]))
    actions.end_sign_ins(request, rows)
    if not request.user.is_authenticated:
        return redirect("account_login")
    messages.success(request, "C’est fait : ces appareils devront se reconnecter.")
    return redirect("accounts:security")


@never_cache
@freshly
@sensitive_post_parameters("password")
def password(request):
    person = request.user
    require(can_manage_account(person, person))
    form = NewPasswordForm(request.POST or None, person=person)
    if form.is_valid():
        actions.change_password(request, form.cleaned_data["password"])
        messages.success(request, "Votre mot de passe est enregistré. Vos autres appareils devront se reconnecter.")
        return redirect(reverse("accounts:security"))
    return render(request, "account/password_set.html", {"form": form, "has_password": person.has_usable_password()})
