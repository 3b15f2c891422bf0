"""What one can do: buttons, and why there is none."""

from lms.site.patterns import told
from lms.site.templatetags.ui.library import component, one_of, register

BUTTON_KINDS = {"primary": "", "secondary": "secondary", "tertiary": "tertiary", "quiet": "tertiary-no-outline"}
BUTTON = dict.fromkeys(("icon", "name", "value", "form", "size", "controls", "about"), "") | {"type": "submit"}


@register.simple_tag
def button(label, href="", kind="primary", **words):
    """`words`: any of BUTTON, which says what they are when they are not given."""
    variant = BUTTON_KINDS[one_of(kind, BUTTON_KINDS, "button")]
    for word in words:
        one_of(word, BUTTON, "word for a button")
    given = BUTTON | words
    row = {"label": label, "href": href, "value": given.pop("value"), "about": given.pop("about")}
    return told("components/button.html", given | {"variant": variant}, **row)


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
