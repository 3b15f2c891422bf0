"""A demande is prepared step by step, by the référent of the employer or by the organisme de formation."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.funding import actions
from certification.funding.documents.pieces import pieces_of
from certification.funding.documents.rules import CAPS, fictional_for
from certification.funding.forms.keeping import (
    ActionForm,
    PeopleForm,
    PieceForm,
    StartForSessionForm,
    StartForStructureForm,
)
from certification.funding.views.finding import keeper_of, kept
from lms.kernel.access import refusals_as_errors, refusals_as_messages, require
from lms.kernel.formats import number
from lms.kernel.paging import page_of

STEPS = ("Qui est formé", "L’action et son coût", "Devis et convention", "Relire et déposer")


@never_cache
@require_safe
def demandes(request, structure=None, session=None):
    keeper = keeper_of(request, structure, session)
    require(keeper.allowed)
    found = keeper.demandes(request.user).for_list().select_related("opco")
    page = page_of(request, found.order_by("-created_at", "-pk"))
    title = f"Prises en charge ({number(page.paginator.count)})"
    return render(request, "funding/demandes.html", keeper.context(page=page, title=title, new_url=keeper.url("new")))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request, structure=None, session=None):
    keeper = keeper_of(request, structure, session)
    require(keeper.allowed)
    data = request.POST if request.method == "POST" else None
    if keeper.is_training:
        form = StartForSessionForm(data, session=keeper.home)
    else:
        form = StartForStructureForm(data, organisation=keeper.home)
    if form.is_valid():
        told = {"session": keeper.home} if keeper.is_training else {"employer": keeper.home}
        values = form.values | told
        with refusals_as_messages(request):
            demande = actions.start(values.pop("session"), side=keeper.side, by=request.user, **values)
            return redirect(keeper.url("people", demande.public_id))
    return render(request, "funding/new.html", keeper.context(form=form), status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people(request, demande, structure=None, session=None):
    keeper = keeper_of(request, structure, session)
    require(keeper.allowed)
    found = kept(request, keeper, demande)
    known = list(found.beneficiaries.values_list("registration", flat=True))
    form = PeopleForm(
        request.POST if request.method == "POST" else None,
        people=actions.eligible(found),
        initial={"people": known},
    )

    def act():
        actions.choose_people(found, list(form.cleaned_data["people"]), by=request.user)

    return _step(request, keeper, found, form, 1, act, "action")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def action(request, demande, structure=None, session=None):
    keeper = keeper_of(request, structure, session)
    require(keeper.allowed)
    found = kept(request, keeper, demande)
    names = ("siret", "idcc", "starts_on", "ends_on", "minutes")
    known = {name: getattr(found, name) for name in names}
    known |= {"cost": found.cost or None, "subrogation_asked": "oui" if found.subrogation_asked else "non"}
    form = ActionForm(request.POST if request.method == "POST" else None, initial=known)

    def act():
        actions.describe(found, by=request.user, **form.cleaned_data)

    return _step(request, keeper, found, form, 2, act, "pieces")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pieces(request, demande, structure=None, session=None):
    keeper = keeper_of(request, structure, session)
    require(keeper.allowed)
    found = kept(request, keeper, demande)
    posted = request.method == "POST"
    form = PieceForm(request.POST if posted else None, request.FILES if posted else None)
    told = {"side": keeper.side, "by": request.user}

    def act():
        actions.add_piece(found, form.cleaned_data["file"], kind=form.cleaned_data["kind"], **told)

    reviewing = "relire" in request.POST
    if reviewing and not request.FILES:
        return redirect(keeper.url("demande", found.public_id))
    shown = {"pieces": pieces_of(found)}
    return _step(request, keeper, found, form, 3, act, "demande" if reviewing else "pieces", **shown)


def _step(request, keeper, demande, form, rank, act, then, **more):
    if not (demande.is_draft or form.is_bound):
        return redirect(keeper.url("demande", demande.public_id))
    if form.is_valid():
        with refusals_as_errors(form):
            act()
            messages.success(request, "C’est enregistré. Vous pouvez vous arrêter et reprendre plus tard.")
            return redirect(keeper.url(then, demande.public_id))
    context = keeper.context(
        demande=demande,
        form=form,
        steps=STEPS,
        rank=rank,
        review_url=keeper.url("demande", demande.public_id),
        withdraw_name=f"funding:{keeper.side}_withdraw_piece",
        caps_are_fictional=rank == 2 and fictional_for(demande.opco, CAPS),
        **more,
    )
    return render(request, "funding/step.html", context, status=422 if form.errors else 200)


@require_POST
def file(request, demande, structure=None, session=None):
    keeper = keeper_of(request, structure, session)
    require(keeper.allowed)
    found = kept(request, keeper, demande)
    with refusals_as_messages(request):
        filed = actions.file(found, by=request.user)
        messages.success(request, f"La demande {filed.number} est déposée auprès de {filed.opco}.")
    return redirect(keeper.url("demande", found.public_id))


@require_POST
def withdraw_piece(request, demande, piece, structure=None, session=None):
    keeper = keeper_of(request, structure, session)
    require(keeper.allowed)
    found = kept(request, keeper, demande)
    one = get_object_or_404(found.pieces.filter(withdrawn_at=None), pk=piece)
    with refusals_as_messages(request):
        actions.withdraw_piece(one, by=request.user)
        messages.success(request, f"« {one.name} » est retiré.")
    return redirect(keeper.url("pieces", found.public_id))
