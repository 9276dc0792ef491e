"""The river: thirteen rooms in the order in which a case flows; what the code may and may not do.

A room may import what stands above it in ``ROOMS``; rooms on one line are strangers to each other.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import casereview

PACKAGE = Path(__file__).parent.parent / "casereview"
ROOMS = [
    ("errors", "model", "settings", "writing"),
    ("kept", "yamlfile", "workbook"),
    ("chinese",),
    ("law", "privacy", "reading"),
    ("papers",),
    ("facts",),
    ("rules",),
    ("judging",),
    ("authoring", "record"),
    ("rounds",),
    ("run", "reports"),
    ("desk",),
    ("cli",),
    ("__main__",),
]
FLOOR = {room: n for n, rooms in enumerate(ROOMS) for room in rooms}
READING_ROOMS = {"chinese", "privacy", "reading", "papers", "facts"}
HOMES = {
    "pdfplumber": {"reading"},
    "pypdfium2": {"reading"},
    "cv2": {"reading"},
    "rapidocr": {"reading"},
    "pymediainfo": {"reading"},
    "lxml": {"reading", "reports"},
    "docxtpl": {"reports"},
    "jinja2": {"reports", "authoring", "desk"},
    "starlette": {"desk"},
    "uvicorn": {"desk"},
    "sqlite_utils": {"record"},
    "sqlite3": {"record"},
    "msgspec": {"record", "reading"},
    "typer": {"cli"},
    "openpyxl": {"workbook", "reading"},
    "xlrd": {"workbook"},
    "olefile": {"reading"},
    "xlsxwriter": {"workbook"},
    "yaml": {"yamlfile", "authoring"},
    "chinese_calendar": {"law"},
    "psutil": {"run"},
    "distributed": {"run"},
    "pyarrow": {"reports"},
}


@cache
def _trees() -> dict[Path, ast.Module]:
    return {p: ast.parse(p.read_text("utf-8")) for p in sorted(PACKAGE.rglob("*.py"))}


def _module(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def _room(module: str) -> str:
    return module.partition(".")[0]


MODULES = {_module(p) for p in PACKAGE.rglob("*.py")}


def _imported(tree: ast.Module) -> list[str]:
    """Modules of the package that a module imports, also as ``from casereview import x``."""
    out = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{a.name}" for a in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] != "casereview":
                continue
            while parts[1:] and ".".join(parts[1:]) not in MODULES:
                parts.pop()
            if parts[1:]:
                out.append(".".join(parts[1:]))
    return out


def test_a_room_imports_only_rooms_above_it():
    """No import points down the river or to a stranger on the same line."""
    wrong = []
    for path, tree in _trees().items():
        me = _module(path)
        if me == "__init__":
            continue
        assert _room(me) in FLOOR, f"{path} has no room"
        for other in _imported(tree):
            mine, theirs = FLOOR[_room(me)], FLOOR[_room(other)]
            if _room(me) != _room(other) and theirs >= mine:
                wrong.append(f"{path.relative_to(PACKAGE)} imports {other}")
    assert not wrong


def test_no_circle_inside_a_room():
    """The modules of a room can be read in one order, each after what it needs."""
    needs = {_module(p): set(_imported(t)) - {_module(p)} for p, t in _trees().items()}
    while ready := {m for m, wanted in needs.items() if not wanted & set(needs)}:
        needs = {m: w for m, w in needs.items() if m not in ready}
    assert not needs, f"these import each other: {sorted(needs)}"


def test_each_library_has_one_home():
    """A library is spoken to in one room, so that it can be replaced there."""
    wrong = []
    for path, tree in _trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names = [a.name for a in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            else:
                continue
            for name in names:
                home = HOMES.get(name.partition(".")[0])
                if home and _room(_module(path)) not in home:
                    wrong.append(f"{path.relative_to(PACKAGE)} imports {name}")
    assert not wrong


def test_one_module_reads_the_environment():
    """What the environment says is asked in ``settings`` alone."""
    asks = [
        p.name
        for p in PACKAGE.rglob("*.py")
        if re.search(r"os\.(?:environ|getenv)", p.read_text("utf-8"))
    ]
    assert asks == ["settings.py"]


def test_only_the_command_line_looks_at_the_clock():
    """Same bytes in, same bytes out: only the rim asks for the time of day."""
    for path in PACKAGE.rglob("*.py"):
        if _room(_module(path)) != "cli":
            text = path.read_text("utf-8")
            assert ".now(" not in text and ".today(" not in text and "time.time(" not in text, path


def test_the_map_names_every_room():
    """The map in the package's docstring lists the folders and modules that are there."""
    there = {m.partition(".")[0] for m in MODULES} - {"__init__", "__main__", "data"}
    named = set(re.findall(r"^ {4}(\w+)", casereview.__doc__ or "", re.M))
    assert named == there


@pytest.mark.parametrize("limit", [460])
def test_modules_stay_readable(limit):
    """No module grows beyond what fits in a head."""
    lines = {str(p.relative_to(PACKAGE)): len(p.read_text("utf-8").splitlines()) for p in _trees()}
    assert {p: n for p, n in lines.items() if n > limit}.keys() <= LONG


LONG = {  # only ever shrinks
    "run/decisions.py",
}
