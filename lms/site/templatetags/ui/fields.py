"""Forms: fields, their errors, their summary."""

from django.utils.html import conditional_escape
from django.utils.text import slugify

from lms.kernel.formats import NBSP
from lms.site.patterns import told
from lms.site.templatetags.ui.library import component, register

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
