from urllib.parse import urlencode

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from certification.funding.documents.facts import amounts_of, anomaly_facts, facts_of
from certification.funding.documents.rules import WITHDRAWAL
from certification.funding.engine.comparing import OF_ASKING
from certification.funding.lifecycle import State
from lms.kernel.formats import NBSP, counted, duration, plural
from lms.kernel.rules import current
from lms.site.templatetags.ui.placing import trail
from parcours.paperwork.documents.conventions import spaced

register = template.Library()
register.simple_tag(facts_of, name="facts_of")
register.simple_tag(amounts_of, name="amounts_of")
register.simple_tag(anomaly_facts, name="anomaly_facts")
KINDS = {
    State.FILED: "new",
    State.SERVICE: "new",
    State.VALIDATED: "info",
    State.COMPLEMENT: "warning",
    State.ANOMALY: "error",
    State.GRANTED: "success",
    State.PARTLY_GRANTED: "success",
    State.PAID: "success",
    State.PARTLY_PAID: "info",
    State.REFUSED: "error",
    State.REJECTED: "error",
}


@register.filter
def hours(minutes):
    """« 10 h 30 », « 0 h », or a dash when nothing says it."""
    if minutes is None:
        return "–"
    return duration(minutes) if minutes else f"0{NBSP}h"


@register.filter
def siret(number):
    return spaced(number) if number else "–"


@register.filter
def state_kind(demande):
    return KINDS.get(demande.state, "neutral")


@register.filter
def kind_of_state(state):
    return KINDS.get(state, "neutral")


@register.filter
def amount_at_stake(demande):
    """What is due, else granted, else asked."""
    for amount in (demande.due_amount, demande.granted_amount):
        if amount is not None:
            return amount
    return demande.cost


@register.filter
def explained(why):
    return f"expliqué{NBSP}: {why}"


@register.filter
def invoice_label(number):
    return f"Facture {number}"


@register.filter
def next_label(number):
    return f"Dossier suivant{NBSP}: {number}"


@register.filter
def finding_kind(finding):
    """Before any agreement it is a point to look at, afterwards a mismatch."""
    return "warning" if finding.code in OF_ASKING else "error"


@register.simple_tag
def pages_of_space(here):
    pages = (
        ("Dossiers", "funding:home"),
        ("Bordereaux", "funding:bordereaux"),
        ("Fichiers", "funding:people_file"),
        ("Équipe", "funding:team"),
        ("Règles", "funding:rules"),
    )
    return [{"label": label, "url": reverse(name), "current": name == here} for label, name in pages]


@register.simple_tag
def withdrawal():
    return counted(current(WITHDRAWAL.code), "minute", "minutes")


@register.simple_tag
def identifier(demande):
    return str(demande.public_id)


@register.simple_tag
def about_choice(demande):
    return f"Choisir le dossier {demande.number}"


@register.inclusion_tag("components/badge.html")
def finding_badge(demande):
    """What the list says of a file, in words."""
    count, known = demande.mismatches, demande.explained
    if count:
        what = plural(count, "écart à expliquer", "écarts à expliquer")
        asked = plural(count, "point à regarder", "points à regarder")
        told = {"label": what, "kind": "error"} if demande.service_declared_at else {"label": asked, "kind": "warning"}
        return told | {"icon": True}
    if known:
        return {"label": plural(known, "écart expliqué", "écarts expliqués"), "kind": "warning", "icon": True}
    if demande.service_declared_at:
        return {"label": "concordant", "kind": "success", "icon": True}
    return {"label": "rien à signaler", "kind": "neutral", "icon": True}


@register.filter
def demande_title(demande):
    return f"Demande {demande.number}" if demande.number else "Demande en préparation"


@register.simple_tag
def demande_trail(keeper, here):
    """From the space to the list of demandes, then the page on screen."""
    start = [(keeper.space, reverse("classroom:sessions" if keeper.is_training else "organisations:structures"))]
    if keeper.is_training:
        start.append((keeper.home.title, keeper.home.get_absolute_url()))
    return trail([*start, ("Prises en charge", keeper.url("list"))], here)


@register.filter
def file_title(demande):
    return f"Dossier {demande.number}"


@register.simple_tag
def keeper_url(keeper, demande):
    return keeper.url("demande", demande.public_id)


@register.simple_tag
def view_address(view):
    return f"{reverse('funding:home')}?{urlencode(view.filters)}"


@register.simple_tag
def count_link(count, one, many, rest, href):
    """« 3 accords finissent dans trente jours au plus », the whole of it a link."""
    return format_html('<a href="{}">{} {}</a>', href, plural(count, one, many), rest)


@register.simple_tag
def credential_badge(credential):
    today = timezone.localdate()
    if credential.withdrawn_at:
        told = {"label": "retiré", "kind": "neutral"}
    elif credential.covers(today):
        told = {"label": "valable", "kind": "success"}
    else:
        told = {"label": "à venir" if credential.starts_on > today else "expiré", "kind": "warning"}
    return render_to_string("components/badge.html", told | {"icon": True})
