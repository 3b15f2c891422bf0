"""The vocabulary of every page: each word renders a template of `components/`, the smallest once for each wording."""

from functools import partial

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.text import slugify

from lms.kernel.formats import NBSP
from lms.kernel.paging import address_of

from ..drawing import drawn
from ..patterns import told

register = template.Library()

BUTTON_KINDS = {"primary": "", "secondary": "secondary", "tertiary": "tertiary", "quiet": "tertiary-no-outline"}
BUTTON = dict.fromkeys(("icon", "name", "value", "form", "size", "controls", "about"), "") | {"type": "submit"}
ALERT_KINDS = ("info", "success", "warning", "error")
NOTICE_KINDS = ("info", "warning", "alert")
CALLOUT_KINDS = {"note": "", "attention": "attention", "situation": "situation"}
BADGE_KINDS = ("neutral", "info", "success", "warning", "error", "new")
BADGE_OF_STATE = {
    "à faire": "new",
    "à venir": "neutral",
    "brouillon": "neutral",
    "en cours": "info",
    "déposé": "info",
    "en attente": "info",
    "terminé": "success",
    "validé": "success",
    "valide": "success",
    "répondue": "success",
    "publiée": "info",
    "terminée": "success",
    "annulée": "error",
    "refusé": "error",
    "révoquée": "error",
    "révoqué": "error",
    "expiré": "warning",
}


def one_of(kind, kinds, what):
    if kind not in kinds:
        raise ValueError(f"Unknown kind of {what}: {kind!r}. Known: {', '.join(kinds)}.")
    return kind


def component(name, **values):
    return mark_safe(get_template(f"components/{name}.html").render(values))


# --- Words ----------------------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name, label=""):
    return drawn("components/icon.html", name=name, label=label)


@register.simple_tag
def badge(label, kind="", icon=True):
    """A state in a word. Without a kind, the colour is the one this word has everywhere in the product."""
    kind = kind or BADGE_OF_STATE.get(str(label).lower(), "neutral")
    return drawn("components/badge.html", label=label, kind=one_of(kind, BADGE_KINDS, "badge"), icon=icon)


@register.inclusion_tag("components/pagehead.html")
def pagehead(title, eyebrow="", lead="", state="", state_kind=""):
    return {"title": title, "eyebrow": eyebrow, "lead": lead, "state": state, "state_kind": state_kind}


@register.simple_tag
def link(label, href, detail="", icon="", download=False, external=False):
    words = {"detail": detail, "icon": icon, "download": download, "external": external}
    return drawn("components/link.html", label=label, href=href, **words)


LED = '<td class="ui-number"><a href="{1}">{0}</a></td>'
UNLED = '<td class="ui-number ui-number--unled">{0}</td>'


@register.simple_tag
def numbers(cells):
    """The cells of a row, each leading to its list when it has one: a board holds hundreds, they are drawn at once."""
    words = [(conditional_escape(cell.text), conditional_escape(cell.url)) for cell in cells]
    return mark_safe("".join(LED.format(text, url) if url else UNLED.format(text) for text, url in words))


@register.inclusion_tag("components/copy.html")
def copy(value, label="Copier"):
    return {"value": value, "label": label}


# --- What one can do --------------------------------------------------------------------------------------------------


@register.simple_tag
def button(label, href="", kind="primary", **words):
    """`words`: any of BUTTON, which says what they are when they are not given."""
    variant = BUTTON_KINDS[one_of(kind, BUTTON_KINDS, "button")]
    for word in words:
        one_of(word, BUTTON, "word for a button")
    return drawn("components/button.html", label=label, href=href, variant=variant, **BUTTON | words)


@register.simple_block_tag
def buttons(content):
    return component("buttons", content=content)


@register.inclusion_tag("components/action.html", takes_context=True)
def action(context, url, label, refusals=(), kind="primary", hidden=None, icon=""):
    """A form of one button, or the sentences that say why there is none."""
    return {
        "url": url,
        "label": label,
        "refusals": [refusals] if isinstance(refusals, str) and refusals else list(refusals or ()),
        "kind": kind,
        "hidden": hidden or {},
        "icon": icon,
        "csrf_token": context.get("csrf_token", ""),
    }


# --- What happened, what matters --------------------------------------------------------------------------------------


@register.simple_block_tag
def alert(content, kind="info", title="", live=False):
    return component("alert", content=content, kind=one_of(kind, ALERT_KINDS, "alert"), title=title, live=live)


@register.inclusion_tag("components/messages.html", takes_context=True)
def messages(context):
    kinds = {"debug": "info", "info": "info", "success": "success", "warning": "warning", "error": "error"}
    rows = [{"text": str(m), "kind": kinds.get(m.level_tag, "info")} for m in context.get("messages") or ()]
    return {"rows": rows}


@register.simple_block_tag
def callout(content, title="", kind="note", level=2):
    one_of(kind, CALLOUT_KINDS, "callout")
    return component("callout", content=content, title=title, variant=CALLOUT_KINDS[kind], level=level)


@register.simple_tag
def notice(title, text="", kind="info"):
    return drawn("components/notice.html", title=title, text=text, kind=one_of(kind, NOTICE_KINDS, "notice"))


@register.simple_block_tag
def empty(content, title):
    return component("empty", content=content, title=title)


# --- Where one is -----------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/breadcrumb.html", takes_context=True)
def breadcrumb(context, *items):
    """`{% breadcrumb items %}`, pairs, or `{% breadcrumb "Label" url "Here" %}`; a bare space leads as the header."""
    if len(items) == 1 and not isinstance(items[0], str):
        pairs = [tuple(item) if not isinstance(item, str) else (item, "") for item in items[0]]
    else:
        pairs = [(items[i], items[i + 1] if i + 1 < len(items) else "") for i in range(0, len(items), 2)]
    led = {one["label"]: one["url"] for one in getattr(context.get("service"), "menu", ())}
    links = [(label, url or led.get(label, "")) for label, url in pairs[:-1]]
    return {"links": links, "here": pairs[-1][0] if pairs else ""}


@register.inclusion_tag("components/sidemenu.html")
def sidemenu(title, items, summary="", label=""):
    """Items are dicts: label, url, and optionally detail, current, done (True, False or absent)."""
    rows = [{"detail": "", "current": False, "done": None, "url": "", **item} for item in items]
    return {"title": title, "items": rows, "summary": summary or title, "label": label or title}


@register.inclusion_tag("components/subnav.html")
def subnav(items, label):
    """Items are dicts: label, url, and optionally detail, current."""
    return {"items": [{"detail": "", "current": False, **item} for item in items], "label": label}


@register.inclusion_tag("components/stepper.html")
def stepper(steps, current, level=2):
    """`steps`: titles in order; `current`: number of the one on screen, from 1."""
    steps = list(steps)
    return {
        "current": current,
        "total": len(steps),
        "title": steps[current - 1],
        "next": steps[current] if current < len(steps) else "",
        "level": level,
    }


@register.inclusion_tag("components/progress.html")
def progress(value, max, label, hidden_label=False):
    return {"value": value, "max": max, "label": label, "hidden_label": hidden_label}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page_obj: Page, sizes=(25, 50, 100)):
    href = partial(address_of, context["request"].GET if "request" in context else QueryDict())
    numbers = page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    rows = [
        {"number": n, "href": href(page=n) if isinstance(n, int) else "", "current": n == page_obj.number}
        for n in numbers
    ]
    return {
        "page": page_obj,
        "rows": rows,
        "previous": href(page=page_obj.previous_page_number()) if page_obj.has_previous() else "",
        "next": href(page=page_obj.next_page_number()) if page_obj.has_next() else "",
        "sizes": [
            {"size": s, "href": href(page=1, par_page=s), "current": s == page_obj.paginator.per_page} for s in sizes
        ],
        "many": page_obj.paginator.num_pages > 1,
        "sizeable": bool(sizes) and page_obj.paginator.count > min(sizes),
    }


# --- What there is ----------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/tile.html")
def tile(title, href, text="", detail="", level=3):
    return {"title": title, "href": href, "text": text, "detail": detail, "level": level}


@register.simple_block_tag
def card(content, title, href="", detail="", state="", state_kind="", level=3):
    return component(
        "card",
        content=content,
        title=title,
        href=href,
        detail=detail,
        state=state,
        state_kind=state_kind,
        level=level,
    )


@register.simple_block_tag
def panel(content, title, eyebrow="", level=2):
    """The one thing to do now: at most one on a page."""
    return component("panel", content=content, title=title, eyebrow=eyebrow, level=level)


@register.inclusion_tag("components/lines.html")
def lines(items):
    """Items are dicts: label, and optionally url, detail, badge, badge_kind."""
    return {"items": [{"url": "", "detail": "", "badge": "", "badge_kind": "", **item} for item in items]}


@register.inclusion_tag("components/facts.html")
def facts(items):
    """A list of (term, value): what a paper or a dossier says of itself."""
    return {"items": list(items)}


@register.inclusion_tag("components/figure.html")
def figure(value, unit, share="", detail="", href="", about=""):
    return {"value": value, "unit": unit, "share": share, "detail": detail, "href": href, "about": about}


@register.simple_block_tag
def table(content, caption, hidden_caption=False, cards=True):
    """A table of rows written by the page; cells carry `data-label` to stand alone in cards under 768 px."""
    return component("table", content=content, caption=caption, hidden_caption=hidden_caption, cards=cards)


@register.simple_block_tag
def fold(content, summary, open=False):
    return component("fold", content=content, summary=summary, open=open)


@register.simple_block_tag
def transcription(content, title="Transcription"):
    return component("transcription", content=content, title=title)


@register.inclusion_tag("components/search.html", takes_context=True)
def search(context, label="Rechercher", name="q", keep=(), people=False):
    """A search that stays in the URL, unless it is of `people`; `keep` names the filters carried along."""
    query = context["request"].GET
    return {
        "label": label,
        "name": name,
        "people": people,
        "value": query.get(name, ""),
        "kept": [(key, query[key]) for key in keep if query.get(key)],
    }


@register.simple_tag
def choices(offered, name, prefix, legend, described_by, refused="", multiple=False):
    """What a question offers: the same for all who are asked it, so drawn once. `offered`: frozen, plain values."""
    words = {"legend": legend, "described_by": described_by, "refused": refused, "multiple": multiple}
    return drawn("components/choices.html", choices=tuple(offered), name=name, prefix=prefix, **words)


# --- Forms ------------------------------------------------------------------------------------------------------------

KIND_OF_INPUT = {
    "checkbox": "checkbox",
    "checkboxselectmultiple": "checkboxes",
    "radioselect": "radios",
    "select": "select",
    "selectmultiple": "select",
    "nullbooleanselect": "select",
    "lazyselect": "select",
    "textarea": "textarea",
}


@register.inclusion_tag("components/field.html")
def field(bound, autofocus=False):
    kind = "hidden" if bound.is_hidden else KIND_OF_INPUT.get(bound.widget_type, "input")
    described = [f"{bound.auto_id}_aide"] if bound.help_text else []
    errors = list(bound.errors)
    described += [f"{bound.auto_id}_erreur"] if errors else []
    attrs = {"class": {"select": "fr-select", "input": "fr-input", "textarea": "fr-input"}.get(kind, "")}
    if bound.widget_type in ("file", "clearablefile"):
        attrs["class"] = "fr-upload"
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if errors:
        attrs["aria-invalid"] = "true"
    if autofocus:
        attrs["autofocus"] = True
    grouped = kind in ("radios", "checkboxes")
    return {
        "field": bound,
        "kind": kind,
        "control": "" if grouped else bound.as_widget(attrs={k: v for k, v in attrs.items() if v}),
        "options": [option_of(widget) for widget in bound.subwidgets] if grouped else [],
        "errors": errors,
        "described_by": " ".join(described),
    }


def option_of(widget):
    return {"widget": widget.data, "id": widget.id_for_label, "label": widget.choice_label}


@register.inclusion_tag("components/fields.html")
def fields(form):
    return {"form": form}


@register.simple_block_tag
def group(content, legend, detail="", refused=False):
    """Fields that go together, among several such groups on a page."""
    return component("group", content=content, legend=legend, detail=detail, refused=refused)


@register.simple_tag
def tick(label, name, value, ticked=False):
    """A row of a table, chosen."""
    return told("components/tick.html", {"name": name, "ticked": bool(ticked)}, label=label, value=value)


@register.simple_tag(takes_context=True)
def title_start(context):
    """A title says first that the form of its page is refused: it is what is heard before the page."""
    return f"Erreur{NBSP}: " if getattr(context.get("form"), "errors", None) else ""


@register.inclusion_tag("components/form_errors.html")
def form_errors(form):
    rows = [
        {"label": form[name].label, "href": f"#{anchor_of(form[name])}", "text": text}
        for name, texts in form.errors.items()
        if name in form.fields
        for text in texts
    ]
    return {
        "rows": rows,
        "general": list(form.non_field_errors()),
        "many": len(rows) + len(form.non_field_errors()) > 1,
    }


def anchor_of(bound):
    """The element to reach from the summary: the control, or the first option of a group."""
    grouped = KIND_OF_INPUT.get(bound.widget_type) in ("radios", "checkboxes")
    return f"{bound.auto_id}_0" if grouped else bound.auto_id


@register.filter
def anchor(text):
    return slugify(conditional_escape(text))
