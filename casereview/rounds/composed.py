"""A round that was scored in several runs as one: each later run replaces the cases that it holds,
and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from casereview.record.heads import CaseHead
from casereview.record.result import Run, UnitResult

Source = tuple[int, str]  # a run, and what the case is called there
Part = tuple[Run, list[CaseHead]]


def composed(head: int, parts: Sequence[Part]) -> tuple[list[CaseHead], dict[str, Source]]:
    """The cases of a round by path, and where each came from. ``head``: the run by which the round
    is known; ``parts``: its runs, oldest first. A case of a later run is that of an
    earlier one when it lies in the same place on the disk, else when it alone carries the same
    number; it keeps the path by which the round knows it.
    """
    cases: dict[str, CaseHead] = {}
    sources: dict[str, Source] = {}
    places: dict[str, str] = {}
    for run, results in parts:
        keys: dict[str, list[str]] = defaultdict(list)
        for case, r in cases.items():
            keys[r.case_key].append(case)
        for r in results:
            place = _place(run, r.case)
            same = keys[r.case_key] if len(keys[r.case_key]) == 1 else []
            known = places.get(place) or (same[0] if same else _free(r, cases))
            cases[known] = r._replace(run=head, case=known)
            sources[known] = (run.id, r.case)
            places[place] = known
    return [cases[c] for c in sorted(cases)], sources


def _place(run: Run, case: str) -> str:
    """Where a case lies on the disk."""
    root = run.root.replace("\\", "/").rstrip("/")
    return root if root.rpartition("/")[2] == case else f"{root}/{case}"


def _free(r: CaseHead, taken: dict[str, CaseHead]) -> str:
    """A path that no other case of the round has."""
    name, n = r.case, 1
    if name in taken:
        name = f"{r.unit}/{r.case}"
    while name in taken:
        n += 1
        name = f"{r.unit}/{r.case}({n})"
    return name


def composed_units(head: int, parts: Sequence[list[UnitResult]]) -> list[UnitResult]:
    """The units of a round: of each the newest."""
    newest = {(u.batch, u.unit): replace(u, run=head) for units in parts for u in units}
    return [newest[k] for k in sorted(newest)]
