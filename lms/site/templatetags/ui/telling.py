"""What happened, what matters: alerts, messages, notices, empty lists."""

from lms.site.drawing import drawn
from lms.site.templatetags.ui.library import component, one_of, register

ALERT_KINDS = ("info", "success", "warning", "error")
NOTICE_KINDS = ("info", "warning", "alert")
CALLOUT_KINDS = {"note": "", "attention": "attention", "situation": "situation"}


@register.simple_block_tag
def alert(content, kind="info", title="", live=False):
    return component("alert", content=content, kind=one_of(kind, ALERT_KINDS, "alert"), title=title, live=live)


@register.inclusion_tag("components/messages.html", takes_context=True)
def messages(context):
    """A preview tells nothing: what it showed, the page of the CMS around it could say no more."""
    if getattr(context.get("request"), "is_preview", False):
        return {"rows": []}
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
