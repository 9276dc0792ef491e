"""Which version of a kind or a judgement stands for which source (``tests/data/versions.json``).

python tests/versions.py           renew the table after ``version`` was raised
python tests/versions.py --same    renew it also for what answers as before (tidied, renamed)
"""

from __future__ import annotations

import ast
import hashlib
import inspect
import io
import json
import re
import sys
import tokenize
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "versions.json"
_LAYOUT = re.compile(r"\s+|version(?:: ?ClassVar\[int\])? ?= ?\d+")
_TRAILING = re.compile(r",(?=[)\]}])")
Row = tuple[int, str]  # version, digest of the source


def current() -> dict[str, Row]:
    """Every kind and judgement with its version and the digest of its source: its own, and what it
    uses of its module. Comments, docstrings and layout do not count.
    """
    from casereview.rules.table import KINDS, PREDICATES
    from casereview.rules.verdicts import VERSIONS

    rows = {f"判定 {name}": (VERSIONS[name], judge) for name, judge in PREDICATES.items()}
    rows |= {f"种类 {name}": (kind.version, kind) for name, kind in KINDS.items()}
    return {name: (version, _digest(made)) for name, (version, made) in sorted(rows.items())}


def kept() -> dict[str, Row]:
    """The table as it was last renewed."""
    rows = json.loads(TABLE.read_text("utf-8"))
    return {name: (version, digest) for name, (version, digest) in rows.items()}


def moved(now: dict[str, Row], before: dict[str, Row]) -> list[str]:
    """What has another source than before under the same version."""
    return [n for n in now if n in before and now[n] != before[n] and now[n][0] <= before[n][0]]


def _digest(made: object) -> str:
    file = inspect.getsourcefile(made)  # type: ignore[arg-type]
    parts = _parts(Path(file or ""))
    used, open_ = set(), [made.__name__]  # type: ignore[attr-defined]
    while open_:
        name = open_.pop()
        if name in parts and name not in used:
            used.add(name)
            open_ += parts[name][1]
    text = "\n".join(parts[name][0] for name in sorted(used))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@cache
def _parts(path: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Name at the top of a module -> its bare source, and the names it uses."""
    source = path.read_text("utf-8")
    out = {}
    for node in ast.parse(source).body:
        text = _bare(ast.get_source_segment(_without_comments(source), node) or "", node)
        uses = tuple(n.id for n in ast.walk(node) if isinstance(n, ast.Name))
        for name in _names(node):
            out[name] = (text, uses)
    return out


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [n.id for t in targets if t for n in ast.walk(t) if isinstance(n, ast.Name)]


def _without_comments(source: str) -> str:
    """``source`` with its comments blanked; places stay."""
    lines = source.splitlines()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start[0] - 1, token.start[1]
            lines[row] = lines[row][:column]
    return "\n".join(lines) + "\n"


def _bare(text: str, node: ast.AST) -> str:
    """Source without docstrings, white space and what only the layout asks for."""
    for part in ast.walk(node):
        if isinstance(part, ast.FunctionDef | ast.ClassDef):
            said = ast.get_docstring(part, clean=False)
            text = text.replace(f'"""{said}"""', "", 1) if said else text
    return _TRAILING.sub("", _LAYOUT.sub("", text))


def main() -> int:
    """Renew the table; 1 where a source moved under its version and ``--same`` does not say that
    it answers as before.
    """
    now, before = current(), kept() if TABLE.is_file() else {}
    same = moved(now, before)
    if same and "--same" not in sys.argv:
        print("先提高 version，或者用 --same 声明结论不变：", *same, sep="\n  ")
        return 1
    rows = (f"{json.dumps(n, ensure_ascii=False)}: {json.dumps(row)}" for n, row in now.items())
    TABLE.write_text("{\n" + ",\n".join(rows) + "\n}\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    sys.exit(main())
