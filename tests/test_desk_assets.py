"""What the pages are made of works in an old Chromium kernel (86: 360, the browser of Kylin), and
all of it lies in the package.
"""

from __future__ import annotations

import re

import pytest
from conftest import ROOT

from casereview.desk.app import STATIC
from casereview.desk.shown import HERE

# what came after Chromium 86, by the kernel in which it came
NEWER = {
    "css": {
        "87": r"(?<![\w-])inset(?:-\w+)*\s*:",
        "88": r":(?:is|where)\(|(?<![\w-])aspect-ratio\s*:",
        "89": r"::target-text|:focus-visible\(",
        "93": r"(?<![\w-])accent-color\s*:",
        "99": r"@layer\b",
        "105": r":has\(|@container\b|(?<![\w-])container(?:-type)?\s*:",
        "108": r"\d(?:[sdl]v[hwib]|[sdl]vmin|[sdl]vmax)\b",
        "111": r"color-mix\(|(?:ok)?l(?:ch|ab)\(|(?<![\w-])(?:sin|cos|tan)\(",
        "112": r"[{;]\s*&|\{[^{}@]*\{(?![^{}]*@)",
        "114": r"text-wrap\s*:",
        "116": r"(?<![\w-])(?:width|height)\s*:\s*(?:stretch|-moz-available)",
    },
    "js": {
        "89": r"^\s*await\b",
        "91": r"#\w+ in \w",
        "92": r"\.at\(|crypto\.randomUUID",
        "93": r"Object\.hasOwn\b",
        "94": r"\bstatic\s*\{",
        "97": r"\.findLast(?:Index)?\(|Object\.groupBy",
        "98": r"\bstructuredClone\(",
        "110": r"\.(?:toSorted|toReversed|toSpliced|with)\(",
        "119": r"Promise\.withResolvers|\.isSubsetOf\(",
    },
    "html": {
        "102": r"\sinert(?=[\s>=])",
        "114": r"\spopover(?:target)?(?=[\s>=])",
        "118": r"<search\b",
        "130": r"<selectedcontent\b",
    },
}
TEMPLATES = sorted((HERE / "templates").glob("*.j2"))


def newer(text: str, kind: str) -> list[str]:
    """The kernels that a text of this kind would need, comments and strings of CSS aside."""
    if kind == "css":
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
        text = re.sub(r"@media[^{]*\{((?:[^{}]*\{[^{}]*\})*)\s*\}", r"\1", text)
    return [v for v, pattern in NEWER[kind].items() if re.search(pattern, text, re.M)]


@pytest.mark.parametrize("name", sorted(STATIC))
def test_an_asset_asks_for_no_newer_kernel(name):
    """Stylesheet and scripts, the library among them."""
    kind = name.rpartition(".")[2]
    if kind in NEWER:
        assert newer((HERE / "static" / name).read_text("utf-8"), kind) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_a_page_asks_for_no_newer_kernel_and_loads_nothing(path):
    """Nor does it hold a script or style of its own, or an address outside of the desk."""
    text = path.read_text("utf-8")
    assert newer(text, "html") == []
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?! src=\"/static/)", text)
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", text)


@pytest.mark.parametrize(
    ("kind", "text", "kernel"),
    [
        ("css", "main:has(p) { color: red; }", "105"),
        ("css", "p { inset: 0; }", "87"),
        ("css", ".a { color: red; .b { color: blue; } }", "112"),
        ("css", ".a { height: 100dvh; }", "108"),
        ("css", ":is(a, b) { color: red; }", "88"),
        ("js", "var last = rows.at(-1);", "92"),
        ("js", "var copy = structuredClone(a);", "98"),
        ("js", "if (Object.hasOwn(a, b)) {}", "93"),
        ("html", "<div popover>", "114"),
    ],
)
def test_what_is_newer_is_found(kind, text, kernel):
    """The list above finds what it is for."""
    assert newer(text, kind) == [kernel]


def test_what_is_old_enough_is_left_alone():
    """Grid, custom properties, media queries and optional chaining are older."""
    text = ":root { --a: 1px; } @media print { .a { gap: 1px; } .b { color: red; } } .c { top: 0; }"
    assert newer(text, "css") == []
    assert newer("a?.b ?? c.replaceAll('x', 'y');", "js") == []


def test_the_assets_are_carried_into_the_package():
    """What the desk serves is declared, and lies there; nothing else does."""
    declared = (ROOT / "pyproject.toml").read_text("utf-8")
    assert '"casereview.desk" = ["templates/*.j2", "static/*"]' in declared
    there = {p.name for p in (HERE / "static").iterdir()}
    assert there == {*STATIC, "htmx-LICENSE.txt"}
