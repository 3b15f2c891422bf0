"""« Que dois-je décider, et qu’est-ce qui ne concorde pas ? »"""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certification.funding.documents.comparison import ceiling_of, comparison_of
from certification.funding.documents.history import history_of
from certification.funding.documents.next import next_in_pile, pile_of
from certification.funding.documents.offers import offer_of
from certification.funding.documents.pieces import invoice_is_open, pieces_of
from certification.funding.documents.piles import ALL, FIVE, count_of, piles_of
from certification.funding.documents.rules import CAPS, fictional_for
from certification.funding.documents.titles import lead_of, title_of
from certification.funding.forms.lists import AWAITING, OPEN, TYPED, FilterForm, ViewNameForm
from certification.funding.lifecycle import Pile
from certification.funding.models import Demande
from certification.funding.permissions import can_decide_somewhere, can_read_as_officer, conflict_of
from certification.funding.views.batch import VERDICT_OF_PILE
from certification.funding.views.finding import decided
from lms.kernel.access import require
from lms.kernel.formats import number
from lms.kernel.paging import address_of, page_of
from lms.kernel.tables import LABELS

TITLES = {AWAITING: "Ce qui attend votre décision", ALL: "Tous les dossiers"}


@never_cache
@require_safe
def home(request):
    require(can_decide_somewhere(request.user))
    mine = Demande.objects.decided_by(request.user)
    filters = FilterForm(request.GET, mine=mine, person=request.user)
    piles, pile = piles_of(mine), filters.search["pile"]
    count = None if filters.is_asked else count_of(piles, pile)
    page = page_of(request, filters.found_in(mine), count, rows=mine.for_list())
    heading = TITLES.get(pile) or Pile(pile).label
    context = {
        "piles": [piles[one] for one in FIVE],
        "running": piles[Pile.RUNNING],
        "filters": filters,
        "asked": filters.is_asked,
        "all_filters": f"{address_of(request.GET, **{OPEN: 'oui'})}#liste",
        "kept": [name for name in filters.fields if name != TYPED],
        "views": request.user.funding_views.all(),
        "view_form": ViewNameForm(),
        "page": page,
        "heading": f"{heading} ({number(page.paginator.count)})",
        "verdict": VERDICT_OF_PILE.get(pile),
        "pile": pile,
        "any": sum(one.count for one in piles.values()),
        "forms": LABELS.items(),
        "exported": [(name, value) for name, value in request.GET.items() if name in filters.fields],
    }
    return render(request, "funding/home.html", context)


@never_cache
@require_safe
def file(request, demande):
    found = decided(request, demande)
    require(can_read_as_officer(request.user, found))
    comparison = comparison_of(found)
    decisions = list(found.decisions.for_history())
    payments = list(found.payments.standing().select_related("decision"))
    context = {
        "demande": found,
        "comparison": comparison,
        "title": title_of(found, comparison),
        "lead": lead_of(found, len(comparison.lines)),
        "pieces": pieces_of(found),
        "invoice_is_open": invoice_is_open(found),
        "offer": offer_of(found, comparison, conflict_of(request.user, found), decisions),
        "history": history_of(found, decisions),
        "payments": payments,
        "to_correct": _to_correct(payments) if found.due_amount else set(),
        "left": (found.due_amount or 0) - sum(one.amount for one in payments),
        "ceiling": ceiling_of(found, len(comparison.lines)),
        "caps_are_fictional": fictional_for(found.opco, CAPS),
        "pile": pile_of(found),
        "next": next_in_pile(found, request.user),
    }
    return render(request, "funding/file.html", context)


def _to_correct(payments) -> set[int]:
    """Neither a correction, nor corrected already."""
    corrected = {one.corrects_id for one in payments}
    return {one.pk for one in payments if one.corrects_id is None and one.pk not in corrected}
