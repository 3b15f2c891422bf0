"""Somebody who found no session says so, and is told once when one opens."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lms.kernel import grants
from lms.kernel.access import public, unlisted
from lms.kernel.throttle import throttled
from parcours.classroom import actions
from parcours.classroom.forms.finding import NeedForm
from parcours.classroom.models import SignalledNeed

SIGNALLED = (
    "Votre besoin est enregistré. Vous recevrez un seul message, quand une session s’ouvrira "
    "dans ce département ou à côté."
)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("classroom.signal_need", amount=10, seconds=600, methods=("POST",), template="learning/wait.html")
def signal_need(request):
    person = request.user if request.user.is_authenticated and request.user.email else None
    posted = request.method == "POST"
    initial = {"parcours": request.GET.get("parcours"), "departement": request.GET.get("departement"), "people": 1}
    form = NeedForm(request.POST if posted else None, person=person, initial=initial)
    if form.is_valid():
        values = form.cleaned_data | ({"email": person.email} if person else {})
        actions.signal_need(person=person, **values)
        messages.success(request, SIGNALLED)
        return redirect("classroom:find")
    context = {"form": form, "person": person}
    return render(request, "classroom/signal_need.html", context, status=422 if posted else 200)


@public
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("classroom.stop_need", amount=60, seconds=60, template="learning/wait.html")
def stop_need(request, token):
    """From a mail, without signing in; mail programs post by themselves (RFC 8058). The token is the right to stop."""
    try:
        need = SignalledNeed.objects.filter(pk=grants.use(token, actions.STOP).object_ids[0]).first()
    except grants.GrantRefused:
        need = None
    if need is None:
        return unlisted(render(request, "classroom/stop_need.html", {"need": None}, status=404))
    if request.method == "POST":
        need = actions.stop_need(need)
    return unlisted(render(request, "classroom/stop_need.html", {"need": need}))
