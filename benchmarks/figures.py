"""The figures of the code itself: how much of the rules is data, how readable the lines are.

    python benchmarks/figures.py            the table
    python benchmarks/figures.py --check    exit 1 when a figure is over its line

Each figure has a line (``LIMITS``) that it may not cross; the tests hold those that cost no time.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "casereview"
READING_ROOMS = ("chinese", "privacy", "reading", "papers", "facts")
STRICT = (
    *("facts", "rules", "judging", "authoring", "record", "rounds", "run", "reports", "desk"),
    "cli",
)
RESULTS = ("judging", "record", "rounds", "run", "reports", "desk", "cli")
LABEL_CALLS = {"field", "fields", "signatures", "roles", "signing_places", "find_label"}
PATTERN_CALLS = {
    *("compile", "search", "match", "fullmatch", "split", "sub", "findall", "finditer"),
    *("has", "find", "all"),
}
HAN = re.compile(r"[\u3400-\u9fff]")
LABEL = re.compile(r"[\u3400-\u9fff（）()、或及]{2,14}")
WIDE = 100
LIMITS = {
    "专门判定（named judgements）": 30,
    "patterns with Han characters outside the five reading rooms": 0,
    "label words in Python": 40,
    "string subscripts of results (judging to cli)": 60,
    "lines over 100 columns": 0,
    "functions over complexity 12": 10,
    "functions over 40 lines": 10,
    "mypy --strict errors in the named rooms": 0,
    "top-level modules": 8,
}


@cache
def trees() -> dict[Path, ast.Module]:
    """Every module of the package, parsed."""
    return {p: ast.parse(p.read_text("utf-8")) for p in sorted(PACKAGE.rglob("*.py"))}


def room(path: Path) -> str:
    """The room of a module."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def judgements() -> int:
    """Judgements that a checklist names in 判定."""
    from casereview.rules.table import PREDICATES

    return len(PREDICATES)


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    f = node.func
    return f.attr if isinstance(f, ast.Attribute) else f.id if isinstance(f, ast.Name) else ""


def _texts(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _arguments(node: ast.Call) -> list[ast.expr]:
    return [*node.args, *(k.value for k in node.keywords)]


def han_patterns() -> list[str]:
    """Calls that search text with a pattern of Chinese words, outside the rooms that read text."""
    out = []
    for path, tree in trees().items():
        if room(path) in READING_ROOMS:
            continue
        for node in ast.walk(tree):
            if _called(node) in PATTERN_CALLS and isinstance(node, ast.Call):
                of_re = isinstance(node.func, ast.Attribute) and _is_pattern_call(node.func)
                if of_re and any(HAN.search(t) for a in node.args[:1] for t in _texts(a)):
                    out.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    return out


def _is_pattern_call(func: ast.Attribute) -> bool:
    """``re.search``, or ``has``/``find``/``all`` of a paper or its text; not ``str.split``."""
    if isinstance(func.value, ast.Name) and func.value.id == "re":
        return True
    return func.attr in ("has", "all", "find") and not isinstance(func.value, ast.Constant)


def label_words() -> list[str]:
    """Labels of form fields that stand in Python: arguments of label-taking calls, and tables of
    short Chinese words in the rooms that read papers.
    """
    out = []
    for path, tree in trees().items():
        here = path.relative_to(ROOT)
        for node in ast.walk(tree):
            if _called(node) in LABEL_CALLS and isinstance(node, ast.Call):
                words = [t for a in _arguments(node) for t in _texts(a) if LABEL.fullmatch(t)]
                out += [f"{here}:{node.lineno} {w}" for w in words]
        if room(path) in ("papers", "facts", "rules") and not _reads_yaml(tree):
            out += [f"{here} {w}" for w in _tables(tree)]
    return out


def _reads_yaml(tree: ast.Module) -> bool:
    """Modules that read YAML hold the keys of its grammar, which are no labels of a house."""
    return any(
        isinstance(node, ast.ImportFrom) and node.module == "casereview.yamlfile"
        for node in tree.body
    )


def _tables(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        value = getattr(node, "value", None)
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(value, ast.Tuple | ast.Set):
            words = [t for t in _texts(value) if LABEL.fullmatch(t)]
            if len(words) >= 3 and words[0] not in _kinds():
                yield from (w for w in words if w not in _kinds())


@cache
def _kinds() -> set[str]:
    return {p.stem for p in (ROOT / "checklists" / "文书").glob("*.yaml")}


def subscripts() -> int:
    """``x["name"]`` in the rooms that handle results: what a typed noun answers by an attribute."""
    return sum(
        isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str)
        for path, tree in trees().items()
        if room(path) in RESULTS
        for node in ast.walk(tree)
    )


def width(line: str) -> int:
    """Columns of a line; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def long_lines() -> list[str]:
    """Lines over 100 columns in the package, its tests and benchmarks."""
    return [
        f"{p.relative_to(ROOT)}:{n}"
        for folder in (PACKAGE, ROOT / "tests", ROOT / "benchmarks", ROOT / "samples")
        for p in sorted(folder.rglob("*.py"))
        for n, line in enumerate(p.read_text("utf-8").splitlines(), 1)
        if width(line) > WIDE
    ]


def complex_functions() -> list[str]:
    """Functions with more than twelve ways through (radon's count: each ``and`` is a way too)."""
    from radon.visitors import ComplexityVisitor

    out = []
    for path in trees():
        found = ComplexityVisitor.from_code(path.read_text("utf-8"))
        every = [*found.functions, *(m for c in found.classes for m in c.methods)]
        out += [
            f"{path.relative_to(ROOT)}:{f.lineno} {f.name} {f.complexity}"
            for f in every
            if f.complexity > 12
        ]
    return out


def long_functions() -> list[str]:
    """Functions over forty lines, docstring included."""
    return [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name} {node.end_lineno - node.lineno + 1}"
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and node.end_lineno
        and node.end_lineno - node.lineno >= 40
    ]


def type_errors() -> int:
    """Errors of mypy --strict in the rooms from facts to cli."""
    rooms = [a for r in STRICT for a in ("-p", f"casereview.{r}")]
    done = _run(sys.executable, "-m", "mypy", "--strict", *rooms)
    ours = re.compile(rf"^casereview/(?:{'|'.join(STRICT)})/.*error:", re.M)
    return len(ours.findall(done))


def top_level() -> int:
    """Modules that lie beside the rooms."""
    return len([p for p in PACKAGE.glob("*.py")])


def _run(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout


def figures() -> dict[str, int]:
    """Every figure, in the order of ``LIMITS``."""
    values = (
        judgements(),
        len(han_patterns()),
        len(label_words()),
        subscripts(),
        len(long_lines()),
        len(complex_functions()),
        len(long_functions()),
        type_errors(),
        top_level(),
    )
    return dict(zip(LIMITS, values, strict=True))


def main() -> int:
    """Print the table; with --check say by the exit code whether every line is kept."""
    got = figures()
    for name, value in got.items():
        mark = "" if value <= LIMITS[name] else "  over"
        print(f"{value:6}  (≤ {LIMITS[name]})  {name}{mark}")
    over = any(value > LIMITS[name] for name, value in got.items())
    return 1 if over and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
