"""The third step: what each line would do, and its correction on the spot."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from lms.kernel.access import keys_in, refusals_as_messages, require
from lms.kernel.formats import plural
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.paging import page_of
from parcours.colleagues import actions
from parcours.colleagues.forms import CorrectionForm, typed_in
from parcours.colleagues.lifecycle import LineStatus, ListState
from parcours.colleagues.models import EnrolmentList
from parcours.colleagues.permissions import can_follow_colleagues
from parcours.colleagues.views.structure import STEPS

FAULTY, LOOK, READY, ALREADY, EXCLUDED = "a-corriger", "a-verifier", "a-inscrire", "deja-inscrits", "ecartees"
TITLES = {
    FAULTY: "À corriger",
    LOOK: "À vérifier",
    READY: "À inscrire",
    ALREADY: "Déjà inscrits ou invités",
    EXCLUDED: "Écartées",
}
STATUS_OF = {READY: LineStatus.READY, ALREADY: LineStatus.ALREADY, EXCLUDED: LineStatus.EXCLUDED}
CORRECTED = (FAULTY, LOOK)


def list_of(request, structure, public_id):
    """A list of one of the person's structures, under the address of that structure."""
    found = EnrolmentList.objects.visible_to(request.user).select_related("organisation", "parcours")
    return get_object_or_404(found, public_id=public_id, organisation__public_id=structure)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request, structure, public_id):
    found = list_of(request, structure, public_id)
    require(can_follow_colleagues(request.user, found.organisation))
    if found.state != ListState.DRAFT:
        return redirect(found)
    if request.method == "POST":
        with refusals_as_messages(request):
            _change(request, found)
        return redirect(f"{found.get_absolute_url()}?{request.POST.get('retour', '')}")
    return render(request, "colleagues/check.html", _shown(request, found))


def _change(request, found):
    """One button was pressed: whatever was typed is kept first."""
    asked = request.POST.get("faire", "")
    ticked = keys_in(request.POST.getlist("coche"))
    before = found.lines.by_status()
    if asked == "inverser":
        after = actions.swap_names(found)
    elif asked in ("ecarter", "reprendre"):
        after = actions.correct_lines(found, {pk: {"excluded": asked == "ecarter"} for pk in ticked})
    else:
        typed = typed_in(request.POST, keys_in(request.POST.getlist("ligne")))
        after = actions.correct_lines(found, typed)
        after = actions.exclude_faulty(found) if asked == "ecarter-tout" else after
    _tell(request, before, after)


def _tell(request, before, after):
    left = after[LineStatus.FAULTY]
    if left:
        told = f"Modifications enregistrées. Il reste {plural(left, 'ligne', 'lignes')} à corriger."
        messages.info(request, told)
    elif before[LineStatus.FAULTY]:
        messages.success(request, "Tout est corrigé : relisez la liste, puis continuez.")
    else:
        messages.success(request, "Modifications enregistrées.")


def _shown(request, found):
    counts, looked = found.lines.by_status(), found.lines.to_look_at().count()
    sizes = {FAULTY: counts[LineStatus.FAULTY], LOOK: looked}
    sizes |= {tab: counts[status] for tab, status in STATUS_OF.items()}
    tab = request.GET.get("lignes") if request.GET.get("lignes") in TITLES else (FAULTY if sizes[FAULTY] else READY)
    page = page_of(request, _lines(found, tab).order_by("position"))
    forms = [CorrectionForm(line) for line in page] if tab in CORRECTED else []
    return {
        "list": found,
        "organisation": found.organisation,
        "steps": STEPS,
        "summary": summary_of(counts),
        "tabs": [(one, title, sizes[one], one == tab) for one, title in TITLES.items() if sizes[one] or one == tab],
        "tab": tab,
        "title": TITLES[tab],
        "page": page,
        "forms": forms,
        "errors": [row for form in forms for row in _rows_of(form)],
        "faulty": sizes[FAULTY],
        "ready": sizes[READY],
        "reading": [*found.reading, ("Origine", found.source)],
        "back": request.GET.urlencode(),
        "confirm_url": reverse("colleagues:confirm", args=[found.organisation.public_id, found.public_id]),
    }


def _lines(found, tab):
    if tab == FAULTY:
        return found.lines.faulty()
    return found.lines.to_look_at() if tab == LOOK else found.lines.filter(status=STATUS_OF[tab])


def _rows_of(form):
    """The entries of the summary: which line, which field, what to do."""
    return [
        {"label": f"Ligne {form.line.line}, {form[name].label}", "href": f"#{form[name].auto_id}", "text": text}
        for name, texts in form.errors.items()
        for text in texts
    ]


def summary_of(counts) -> str:
    """« 26 à inscrire, 3 déjà inscrits, 2 à corriger »."""
    already, excluded = counts[LineStatus.ALREADY], counts[LineStatus.EXCLUDED]
    parts = [
        f"{counts[LineStatus.READY]} à inscrire",
        plural(already, "déjà inscrit ou invité", "déjà inscrits ou invités") if already else "",
        f"{counts[LineStatus.FAULTY]} à corriger" if counts[LineStatus.FAULTY] else "",
        plural(excluded, "écartée", "écartées") if excluded else "",
    ]
    return ", ".join(part for part in parts if part)


@require_POST
def discard(request, structure, public_id):
    found = list_of(request, structure, public_id)
    require(can_follow_colleagues(request.user, found.organisation))
    try:
        actions.discard_list(found, by=request.user)
        messages.success(request, "Le brouillon est supprimé. Personne n’avait été inscrit.")
    except TransitionRefused as refused:
        messages.error(request, str(refused))
    return redirect("colleagues:choose", structure)
