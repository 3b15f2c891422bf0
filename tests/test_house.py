"""The guards of the code base itself: what a reader may take for granted in every room."""

import ast
import re
from itertools import chain
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import URLPattern, get_resolver
from wagtail.models import Page

ROOT = Path(settings.BASE_DIR)
BUILDINGS = ("lms", "parcours", "certification", "vae")
OURS = [config for config in apps.get_app_configs() if config.name.split(".")[0] in BUILDINGS]


def sources(*folders):
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts and "__pycache__" not in path.parts
    )


CODE = sources(*BUILDINGS)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def named(path):
    return str(path.relative_to(ROOT))


# --- Sizes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", CODE + sources("tests"), ids=named)
def test_no_file_is_longer_than_four_hundred_lines(path):
    assert len(path.read_text().splitlines()) <= 400


def functions():
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node.name, node.end_lineno - node.lineno + 1


def test_no_function_is_longer_than_fifty_lines():
    assert [(named(path), name, size) for path, name, size in functions() if size > 50] == []


def test_nine_functions_in_ten_are_under_twenty_lines():
    sizes = [size for _, _, size in functions()]
    assert sum(size < 20 for size in sizes) >= 0.9 * len(sizes)


def test_there_is_no_room_for_odds_and_ends():
    assert [named(path) for path in CODE if path.stem in {"utils", "helpers", "common", "misc"}] == []


# --- Templates --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_template_carries_a_script_a_style_or_a_handler_of_its_own(path):
    text = path.read_text()
    if path.parent.name == "papers" or "papers" in path.parts:
        assert "<script" not in text
        return
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)", text)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_only_a_button_that_a_script_reveals_asks_to_print(path):
    """`data-print` opens the printer at any click inside; what paper leaves out says `ui-onscreen`."""
    assert re.findall(r"<[^>]* data-print(?! hidden>)", path.read_text()) == []


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("mail_*.txt")), ids=named)
def test_a_message_in_plain_text_escapes_nothing(path):
    """« Conseil & formation » is read as it is written, not as « Conseil &amp; formation »."""
    assert "{% autoescape off %}" in path.read_text()


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_template_calls_an_outside_host(path):
    assert not re.search(r"(?:src|action|srcset)=\"(?:https?:)?//|<link[^>]*href=\"(?:https?:)?//", path.read_text())


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if not {"components", "site", "layouts"} & set(path.parts)], ids=named
)
def test_the_design_system_stays_behind_the_components(path):
    if path.parent == ROOT / "templates":
        return
    assert not re.search(r"class=\"[^\"]*\bfr-", path.read_text())


@pytest.mark.parametrize("path", sorted((ROOT / "templates/components").glob("*.html")), ids=named)
def test_a_component_opens_with_the_list_of_its_variables(path):
    assert path.read_text().startswith("{#")


def test_every_template_is_used():
    words = "\n".join(path.read_text() for path in chain(CODE, TEMPLATES))
    by_library = {"django", "account", "mfa", "usersessions", "allauth", "wagtailadmin", "admin", "components"}
    unused = []
    for path in TEMPLATES:
        name = str(path.relative_to(ROOT / "templates"))
        if path.parent == ROOT / "templates" or set(Path(name).parts) & by_library:
            continue
        stem = name.removesuffix(".html")
        if name not in words and not any(
            _page_template(model) == stem for config in OURS for model in config.get_models()
        ):
            unused.append(name)
    assert unused == []


def _page_template(model):
    return f"{model._meta.app_label}/{re.sub(r'(?<!^)(?=[A-Z])', '_', model.__name__).lower()}"


# --- Words ------------------------------------------------------------------------------------------------------------

PROPER = (
    "ID",
    "Pix",
    "SIRET",
    "Aidants",
    "RGAA",
    "France",
    "INSEE",
    "Message-ID",
    "Datapass",
    "URL",
    "PDF",
    "NDA",
    "OPCO",
    "ANCT",
    "DPO",
)


def labels():
    for config in OURS:
        for model in config.get_models():
            yield model.__name__, str(model._meta.verbose_name)
            for field in model._meta.get_fields():
                if isinstance(field, models.Field) and field.model is model and not _from_library(model, field):
                    yield f"{model.__name__}.{field.name}", str(field.verbose_name)


def _from_library(model, field):
    return any(
        field.name in {f.name for f in base._meta.local_fields} for base in model.__mro__[1:] if hasattr(base, "_meta")
    )


def test_labels_are_written_in_lower_case():
    capital = [(name, text) for name, text in labels() if text[:1].isupper() and not text.startswith(PROPER)]
    assert capital == []


# --- Who may ----------------------------------------------------------------------------------------------------------


def views(patterns=None):
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLPattern):
            yield entry.callback
        else:
            yield from views(entry.url_patterns)


def our_views():
    found = {}
    for view in views():
        view = getattr(view, "view_class", view)
        if view.__module__.split(".")[0] in BUILDINGS:
            found[f"{view.__module__}.{getattr(view, '__name__', view.__class__.__name__)}"] = view
    return found


@pytest.mark.parametrize("name", sorted(our_views()))
def test_a_view_says_who_may_or_that_it_is_public(name):
    from lms.kernel.access import is_public

    view = our_views()[name]
    if is_public(view):
        return
    module = ast.parse(Path(__import__(view.__module__, fromlist=["_"]).__file__).read_text())
    assert _reaches_require(module, view.__name__), f"{name} neither requires anything nor is public"


def _reaches_require(module, name, seen=()):
    nodes = {node.name: node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    if name not in nodes or name in seen:
        return False
    for node in ast.walk(nodes[name]):
        called = (
            getattr(node, "id", getattr(node, "attr", None)) if isinstance(node, ast.Name | ast.Attribute) else None
        )
        if called in {"require", "visible_to"} or (called and _reaches_require(module, called, (*seen, name))):
            return True
    return False


# --- Privacy ----------------------------------------------------------------------------------------------------------

PERSONAL_NAME = re.compile(
    r"(^|_)(email|first_name|last_name|phone|address|birth|ip|user_agent|said|typed|comment|message|given|body|subject)(_|$)"
)


def looks_personal(field):
    if field.is_relation:
        return field.many_to_one and field.related_model is apps.get_model(settings.AUTH_USER_MODEL)
    return bool(PERSONAL_NAME.search(field.name)) and not field.name.endswith(("_id", "_type", "_at"))


def personal_fields():
    for config in OURS:
        for model in config.get_models():
            if issubclass(model, Page):
                continue
            for field in model._meta.get_fields():
                if isinstance(field, models.Field) and field.model is model and looks_personal(field):
                    yield f"{model._meta.label}.{field.name}"


@pytest.mark.parametrize("label", sorted(personal_fields()))
def test_a_personal_field_has_its_rule(label):
    from lms.kernel.privacy import registry

    known = {f"{rule.model}.{field}" for rule in registry() for field in rule.fields}
    assert label in known, f"{label} looks personal: say why it is kept and how it is erased in the room's privacy.py"


def test_privacy_rules_speak_of_fields_that_exist():
    from lms.kernel.privacy import registry

    for rule in registry():
        names = {field.name for field in apps.get_model(rule.model)._meta.get_fields()}
        assert set(rule.fields) <= names, rule.model


@pytest.mark.parametrize("word", ["nir", "numero_secu", "social_security", "usager", "mandat_"])
def test_nothing_about_usagers_or_the_nir_has_a_place_in_the_database(word):
    names = [f"{m._meta.label}.{f.name}" for c in OURS for m in c.get_models() for f in m._meta.get_fields()]
    assert [name for name in names if re.search(rf"(^|_|\.){word}", name.lower())] == []


# --- History ----------------------------------------------------------------------------------------------------------


def test_the_queue_never_speaks_pickle():
    assert [named(path) for path in CODE if re.search(r"import pickle|PickleSerializer", path.read_text())] == []


@pytest.mark.parametrize("config", OURS, ids=lambda config: config.label)
def test_migrations_are_in_one_line(config):
    folder = Path(config.path) / "migrations"
    numbers = [path.name[:4] for path in folder.glob("[0-9]*.py")]
    assert len(numbers) == len(set(numbers))
