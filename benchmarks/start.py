"""How soon a command answers: CPU seconds of whole processes, and of loading the rules.

python benchmarks/start.py [--repeat N]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from ratios import ROOT, Figure, least, process, show

CASE = "芦水罚决〔2025〕11号"
LOAD = "import time;from casereview.rules.rulebook import rule_set;a=time.process_time();rule_set()"


def figures(repeat: int = 5) -> list[Figure]:
    """Help, one case of a store, the rules read anew and from what an earlier process kept."""
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        db, kept = str(at / "a.db"), {"CASEREVIEW_CACHE": str(at / "kept")}
        case = next((ROOT / "samples" / "2025年度评查" / "芦汀县水务局").glob(f"{CASE}*"))
        process("-m", "casereview", "score", str(case), "--db", db, environment=kept)()
        bare = least(process("-c", "pass"), repeat)
        help_ = least(process("-m", "casereview", "--help"), repeat)
        show_ = least(process("-m", "casereview", "show", CASE, "--db", db), repeat)
        warm = least(lambda: _rules(at / "kept"), repeat, _told)
        cold = least(lambda: _rules(None), 1, _told)
    return [
        Figure("casereview --help", help_, 0.2, " s"),
        Figure("casereview show", show_, 0.4, " s"),
        Figure("rules, kept by an earlier process", warm, 0.1, " s"),
        Figure("rules, read anew", cold, 0.0, " s"),
        Figure("python -c pass, for comparing machines", bare, 0.0, " s"),
    ]


_SPENT = [0.0]


def _told() -> float:
    """CPU seconds that the processes themselves told, up to now."""
    return _SPENT[0]


def _rules(kept: Path | None) -> None:
    """Load the rules in a process of its own, which tells what that alone took."""
    with tempfile.TemporaryDirectory() as empty:
        where = {"CASEREVIEW_CACHE": str(kept or empty)}
        done = process("-c", f"{LOAD};print(time.process_time()-a)", environment=where)()
    _SPENT[0] += float(done.stdout)


def main() -> int:
    """Print them."""
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--repeat", type=int, default=5)
    return show(figures(a.parse_args().repeat))


if __name__ == "__main__":
    sys.exit(main())
