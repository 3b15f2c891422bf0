"""What there is: cards, tables, figures, choices."""

from lms.site.drawing import drawn
from lms.site.templatetags.ui.library import component, register


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
