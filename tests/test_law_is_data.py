"""No number, date or article of the law stands in Python: they are dated data (parameters, the
index of laws, special terms), so that a change of the law needs no programmer.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "casereview"
ROOMS = ("facts", "judging", "law", "rules")
_HAN = r"[\u4e00-\u9fff]"
_NUMBER = r"(?:\d+|[二三四五六七八九十百千两]+)"
SAID = {
    "a day": re.compile(r"(?:19|20)\d\d-\d\d|(?:19|20)\d\d\s?年"),
    "an article": re.compile(
        rf"{_HAN}(?:法|条例|办法|规定)[（(]?\d|第{_NUMBER}条|〔(?:19|20)\d\d〕"
    ),
    "a term or a sum": re.compile(rf"{_NUMBER}(?:个?工作日|个月|日内|日以内|万?元)"),
}
EXAMPLE = re.compile("写成|例如")  # how to write a day, shown to who wrote it wrong
CALLS = ("date", "datetime", "fromisoformat")
YEARS = range(1900, 2101)


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the rooms that know or use the law."""
    for room in ROOMS:
        for path in sorted((PACKAGE / room).rglob("*.py")):
            yield str(path.relative_to(PACKAGE)), ast.parse(path.read_text("utf-8"))


def _docstrings(tree: ast.AST) -> set[int]:
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef)
    bodies = [n.body for n in ast.walk(tree) if isinstance(n, owners)]
    first = [b[0].value for b in bodies if b and isinstance(b[0], ast.Expr)]
    return {id(v) for v in first}


def _called(node: ast.Call) -> str:
    f = node.func
    return f.attr if isinstance(f, ast.Attribute) else f.id if isinstance(f, ast.Name) else ""


def _patterns(tree: ast.AST) -> set[int]:
    """Texts of patterns, which tell how a term is written and not which one."""
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and _called(n) == "compile"]
    return {id(part) for call in calls for part in ast.walk(call)}


def law_in(tree: ast.Module) -> list[str]:
    """What of the law stands in a module: days, years, articles, terms."""
    silent = _docstrings(tree) | _patterns(tree)
    out = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in CALLS and node.args:
            fixed = all(isinstance(a, ast.Constant) for a in node.args)
            out += [f"{node.lineno}: a day, {ast.unparse(node)}"] if fixed else []
        if not isinstance(node, ast.Constant) or id(node) in silent:
            continue
        if isinstance(node.value, str) and not EXAMPLE.search(node.value):
            hits = (f"{node.lineno}: {what}, {m[0]}" for what, m in _said(node.value))
            out += hits
        elif type(node.value) is int and node.value in YEARS:
            out.append(f"{node.lineno}: a year, {node.value}")
    return out


def _said(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    return ((what, m) for what, pattern in SAID.items() if (m := pattern.search(text)))


def test_no_number_day_or_article_of_the_law_stands_in_python():
    """Messages take days, numbers and articles from the data that they rest on."""
    found = {name: hits for name, tree in sources() if (hits := law_in(tree))}
    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        "SINCE = dt.date(2021, 7, 15)",
        'SINCE = "2021-07-15"',
        "FIRST = 2018",
        'fail("应当在七个工作日内送达")',
        'fail("不符合行政处罚法61")',
        'fail("罚款超过3000元")',
        'review("2024年起只能向本级政府申请")',
    ],
)
def test_the_test_sees_it(line):
    """A law in Python would be seen; patterns, docstrings and examples are none."""
    assert law_in(ast.parse(line))
    assert law_in(ast.parse('"""行政处罚法61"""\nx = re.compile("第十条")')) == []
    assert law_in(ast.parse('bad = "不是日期，请写成 2026-08-15"')) == []
