from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from lms.accounts.models import Person
from lms.demo.models import SentMail
from lms.demo.population import PERSONAS
from lms.kernel.access import public
from lms.kernel.formats import number
from lms.kernel.paging import page_of


@public
@require_POST
def sign_in(request):
    """One click instead of a code and a second factor: the people of the demonstration are nobody."""
    persona = next((one for one in PERSONAS if one.code == request.POST.get("persona")), None)
    if persona is None:
        raise Http404
    person = get_object_or_404(Person, public_id=persona.public_id, is_active=True)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, person, method="mfa")
    UserSession.objects.create_from_request(request)
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return redirect(wanted if safe else persona.lands)


@public
@require_GET
def mails(request):
    page = page_of(request, SentMail.objects.matching(request.GET.get("q", "")))
    context = {"page": page, "title": f"Courriels envoyés ({number(page.paginator.count)})"}
    return render(request, "demo/mails.html", context)
