"""The spaces of French, as the words and screens of the product ask: unbreakable before : ; ! ? %, inside « »."""

import ast
import re

from tests.test_house import CODE, ROOT, named

PLAIN = re.compile(r"(?<=[\w»)’…]) (?=[:;?!»%·](?:$|[\s.,)<]))|« ")
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


def shown(path):
    text = path.read_text()
    yield from WRITTEN.findall(re.sub(r"{#.*?#}|<style>.*?</style>", "", text, flags=re.S))
    yield TAGS.sub("0", text)


def test_no_sentence_of_the_code_may_break_before_its_punctuation():
    found = ((named(path), text) for path in CODE for text in sentences(path) if PLAIN.search(text))
    assert [(name, text) for name, text in found if text not in LINES_OF_CODE.get(name, ())] == []


def test_no_template_may_break_before_its_punctuation():
    assert [(named(path), text) for path in PAGES for text in shown(path) if PLAIN.search(text)] == []
