"""Where one is: paths, menus, steps, pages of a list."""

from functools import partial

from django.core.paginator import Page
from django.http import QueryDict
from django.utils.safestring import mark_safe

from lms.kernel.formats import NBSP
from lms.kernel.paging import address_of
from lms.site.patterns import told
from lms.site.templatetags.ui.library import register


@register.simple_tag(takes_context=True)
def breadcrumb(context, *items):
    """`{% breadcrumb items %}`, pairs, or `{% breadcrumb "Label" url "Here" %}`; a bare space leads as the header."""
    if len(items) == 1 and not isinstance(items[0], str):
        pairs = [tuple(item) if not isinstance(item, str) else (item, "") for item in items[0]]
    else:
        pairs = [(items[i], items[i + 1] if i + 1 < len(items) else "") for i in range(0, len(items), 2)]
    led = {one["label"]: one["url"] for one in getattr(context.get("service"), "menu", ())}
    return trail([(label, url or led.get(label, "")) for label, url in pairs[:-1]], pairs[-1][0] if pairs else "")


def trail(links, here):
    """`links`: pairs of label and address, empty for a label alone; `here`: the label of this page."""
    before = (told("site/trail_link.html", {}, label=label, url=url).strip() for label, url in links)
    return told("components/breadcrumb.html", {}, links=mark_safe("".join(before)), here=here)


@register.simple_tag
def sidemenu(title, items, summary="", label=""):
    """Items are dicts: label, url, and optionally detail, current, done (True, False or absent)."""
    entries = mark_safe("".join(_entry(**item) for item in items))
    summary = summary or f"Menu{NBSP}: {title}"
    row = {"title": title, "entries": entries, "summary": summary, "label": label or title}
    return told("components/sidemenu.html", {"said": title in summary}, **row) if entries else ""


def _entry(label, url="", detail="", current=False, done=None):
    words = {"current": bool(current), "done": bool(done)}
    return told("site/sidemenu_entry.html", words, label=label, url=url, detail=detail)


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


@register.simple_tag
def progress(value, max, label, hidden_label=False):
    words = {"hidden_label": bool(hidden_label)}
    return told("components/progress.html", words, value=str(value or 0), max=str(max), label=label)


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
