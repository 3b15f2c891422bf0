"""The spaces of French, as the words and screens of the product ask: unbreakable before : ; ! ? %, inside « »."""

import ast
import re

import pytest

from tests.test_house import CODE, ROOT, named

PLAIN = re.compile(r"(?<=[\w»)’…]) (?=[:;?!»%](?:$|[\s.,)<]))|« ")
LINES_OF_CODE = {"parcours/assessment/engine/texts.py": {"« ?| ?»"}}
"""What looks like French and is a pattern."""
TAGS = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}|<style>.*?</style>|<[^>]*>|{%.*?%}|{{.*?}}", re.S)
WRITTEN = re.compile(r'"([^"{}]*)"')
PAGES = sorted(
    path
    for path in (ROOT / "templates").rglob("*")
    if path.suffix in {".html", ".txt"} and "catalogue/blocks" not in str(path) and path.name != "gallery.html"
)
"""All but the blocks, whose text is frozen with the editions, and the gallery, which shows lines of a CSV."""


def sentences(path):
    """Every string of a file but its docstrings; what an f-string inserts stands as a figure."""
    tree = ast.parse(path.read_text())
    nodes = list(ast.walk(tree))
    aside = {node.value for node in nodes if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            aside.update(one for one in ast.walk(node) if isinstance(one, ast.Constant))
            yield "".join(one.value if isinstance(one, ast.Constant) else "0" for one in node.values)
    yield from (
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in aside
    )


@pytest.mark.parametrize("path", CODE, ids=named)
def test_no_sentence_of_the_code_may_break_before_its_punctuation(path):
    kept = LINES_OF_CODE.get(named(path), set())
    assert [text for text in sentences(path) if PLAIN.search(text) and text not in kept] == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_no_template_may_break_before_its_punctuation(path):
    text = path.read_text()
    shown = [*WRITTEN.findall(re.sub(r"{#.*?#}|<style>.*?</style>", "", text, flags=re.S)), TAGS.sub("0", text)]
    assert [one for one in shown if PLAIN.search(one)] == []
