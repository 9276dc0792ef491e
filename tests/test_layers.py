"""The river: imports point upward only (DESIGN 5)."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "casereview"
ORDER = ["errors", "model", "yamlfile", "chinese", "workdays", "parameters", "statutes", "pages", "intake", "canon", "workbook", "flow", "vocabulary", "catalogue", "documents", "facts", "casefile", "quality", "procedure",
         "checks", "identity", "overlay", "scoring", "checklist", "review", "score", "rules", "card", "authoring", "export", "migrations", "store", "corrections", "workers", "unitlevel", "batch",
         "journal", "pairing", "rulings", "judged", "compare", "rounds", "ranking", "panel", "sampling", "rectification", "suspicion", "trend", "masking", "diagnosis", "reports", "cli_common", "cli_checklist", "cli_rounds", "cli_panel", "cli_report", "cli", "__main__"]


def _module(path: Path) -> str:
    rel = path.relative_to(PACKAGE)
    return rel.parts[0].removesuffix(".py")


def test_imports_point_upward():
    """No module imports one that stands below it in the table."""
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        me = _module(path)
        if me == "__init__":
            continue
        assert me in ORDER, f"{path.name} has no place in the river"
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) and node.module else [a.name for a in node.names] if isinstance(node, ast.Import) else []
            for n in names:
                parts = n.split(".")
                if parts[0] == "casereview" and len(parts) > 1 and parts[1] in ORDER and ORDER.index(parts[1]) > ORDER.index(me):
                    wrong.append(f"{path.relative_to(PACKAGE)} imports {n}")
    assert not wrong


def test_only_the_command_line_looks_at_the_clock():
    """Same bytes in, same bytes out: no module but cli asks for the time of day."""
    for path in PACKAGE.rglob("*.py"):
        if _module(path) != "cli_common":
            text = path.read_text("utf-8")
            assert ".now(" not in text and ".today(" not in text and "time.time(" not in text, path


def test_modules_stay_readable():
    """No module grows beyond what fits in a head."""
    long = {p.name: n for p in PACKAGE.rglob("*.py") if (n := len(p.read_text("utf-8").splitlines())) > 460}
    assert not long
