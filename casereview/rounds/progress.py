"""Where a round stands: which drawn files are in, which are missing, what nobody drew, what is
open, what went out and came back. Every figure is counted here, for every screen and paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from casereview.chinese import number_key
from casereview.judging.score import OPEN, UNDECIDED
from casereview.record.entries import DrawnSettled, FilesDrawn
from casereview.record.result import CaseResult, Run
from casereview.rounds.campaigns import Round
from casereview.rounds.history import History
from casereview.rounds.rectification import WAITS, Item, items
from casereview.rounds.rulings import CHANGED, SEALED, SPLIT
from casereview.rounds.sampling import HOW, NUMBER, UNIT, WHY

SCORED, MISSING, LEFT_OUT = "已评查", "缺", "排除"
_NUMBER = "文号:"


@dataclass(frozen=True)
class DrawnFile:
    """A file of the list: how it came on it, whether it is in (``case``), missing or left out."""

    unit: str
    number: str
    how: str
    state: str
    case: str = ""
    why: str = ""


@dataclass(frozen=True)
class UnitState:
    """A unit in a round. ``extra``: cases that nobody drew; ``open``: items that nobody decided;
    ``issued``, ``due``: days of its list ('' before); ``asked``, ``answered``: lines of it.
    """

    unit: str
    drawn: int = 0
    scored: int = 0
    missing: int = 0
    extra: int = 0
    open: int = 0
    faults: int = 0
    issued: str = ""
    due: str = ""
    asked: int = 0
    answered: int = 0
    objections: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class Progress:
    """A round, or a trial (``round`` None). ``called``: its name; ``cases``: how many were scored,
    of ``found`` (None: not known) that lay in the folder; ``unfinished``: a run was interrupted.
    """

    run: int
    round: Round | None
    called: str
    cases: int
    found: int | None
    unfinished: bool
    drawn: tuple[DrawnFile, ...]
    extra: tuple[str, ...]
    units: tuple[UnitState, ...]

    def of(self, state: str) -> list[DrawnFile]:
        """The drawn files in this state."""
        return [d for d in self.drawn if d.state == state]

    @property
    def counts(self) -> str:
        """How many of how many cases."""
        out_ = f"，排除 {n} 卷" if (n := len(self.of(LEFT_OUT))) else ""
        if self.drawn:
            said = f"抽取 {len(self.drawn)} 卷，到 {len(self.of(SCORED))} 卷，"
            said += f"缺 {len(self.of(MISSING))} 卷{out_}"
            said += f"；另有未抽取的 {len(self.extra)} 卷" if self.extra else ""
        else:
            of = f"（文件夹里有 {self.found} 个）" if self.found not in (None, self.cases) else ""
            said = f"案卷 {self.cases} 个{of}" + ("，没有抽取名单" if self.round else "")
        return said + ("；评查没有做完" if self.unfinished else "")

    @property
    def line(self) -> str:
        """Which campaign, which round, how many of how many cases; or that it is a trial."""
        if self.round:
            return f"评查活动：{self.called}（第 {self.run} 次评查），{self.counts}"
        return f"试评：{self.called}，{self.counts}；不属于任何评查活动"

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return {
            "campaign": self.round.campaign if self.round else None,
            "round": self.round.name if self.round else None,
            "run": self.run,
            "cases": self.cases,
            "found": self.found,
            "unfinished": self.unfinished,
            "drawn": [asdict(d) for d in self.drawn],
            "extra": list(self.extra),
            "units": [asdict(u) for u in self.units],
        }


def progress_of(history: History, run: int, today: str = "") -> Progress:
    """Where a run or the round stands to which it gives the number. ``today`` (ISO): for what is
    overdue.
    """
    round_ = history.campaigns.rounds.get(run)
    rows = [history.store.run_row(n) for n in history.parts(run)]
    results = history.results(run)
    drawn, extra = _drawn(history, round_, results) if round_ else ((), ())
    return Progress(
        run,
        round_,
        round_.called if round_ else called(history, rows[0]),
        len(results),
        rows[0].cases if len(rows) == 1 else None,
        any(r.unfinished for r in rows),
        drawn,
        extra,
        tuple(_units(history, run, results, drawn, extra, today)),
    )


def called(history: History, row: Run) -> str:
    """A run by its number, its name, else its folder; and what else it is."""
    folder = row.root.replace("\\", "/").rstrip("/").rpartition("/")[2]
    name = history.campaigns.names.get(row.id, folder)
    said = f"第 {row.id} 次评查（{name}）"
    round_ = history.campaigns.round_of(row.id)
    if round_:
        return f"{said}，{round_.called}的一部分"
    return said + ("，已搁置" if row.id in history.campaigns.aside else "")


def _drawn(
    history: History, round_: Round, results: Sequence[CaseResult]
) -> tuple[tuple[DrawnFile, ...], tuple[str, ...]]:
    """The files of the list of a round with where each is, and the cases that are on none."""
    campaign = history.campaigns.of(round_)
    listed = campaign.drawn(round_.name)
    if listed is None:
        return (), ()
    out: list[DrawnFile] = []
    left = {r.case: r for r in results}
    for row in listed.drawn:
        file = _placed(row, left, campaign.settled.get(row[NUMBER]))
        left.pop(file.case, None)
        out.append(file)
    out += _left_out(listed, out)
    return tuple(out), tuple(left)


def _placed(
    row: dict[str, str], left: dict[str, CaseResult], said: DrawnSettled | None
) -> DrawnFile:
    """A line of the list: in, missing, or left out by a person."""
    unit, number, how = row.get(UNIT, ""), row[NUMBER], row.get(HOW, "")
    if said and not said.case:
        return DrawnFile(unit, number, how, LEFT_OUT, why=said.why)
    if said and said.case in left:
        return DrawnFile(unit, number, how, SCORED, said.case, said.why)
    hits = _matching(unit, number, left)
    if len(hits) == 1:
        return DrawnFile(unit, number, how, SCORED, hits[0])
    why = f"对得上的案卷有 {'、'.join(hits)}" if hits else ""
    return DrawnFile(unit, number, how, MISSING, why=why)


def _matching(unit: str, number: str, left: dict[str, CaseResult]) -> list[str]:
    """Cases that carry a number, else whose folder does; of several those of the unit."""
    hits = [c for c, r in left.items() if number_key(number) in numbers_of(r)]
    hits = hits or [c for c, r in left.items() if _in_title(number, r.title)]
    own = [c for c in hits if left[c].unit == unit]
    return own if len(hits) > 1 and own else hits


def _left_out(listed: FilesDrawn, known: Sequence[DrawnFile]) -> Iterator[DrawnFile]:
    """Files that were left out before the draw."""
    have = {d.number for d in known}
    for row in listed.excluded:
        if row[NUMBER] not in have:
            yield DrawnFile(row.get(UNIT, ""), row[NUMBER], "", LEFT_OUT, why=row.get(WHY, ""))


def numbers_of(r: CaseResult) -> set[str]:
    """The document numbers of a case, for comparing."""
    own = {number_key(v) for name, f in r.facts.items() if name.endswith(".文号") for v in f.values}
    known = r.case_key.startswith(_NUMBER)
    return own | ({r.case_key.removeprefix(_NUMBER)} if known else set())


def _in_title(number: str, title: str) -> bool:
    """True when the name of a folder carries this number."""
    return bool(re.search(re.escape(number_key(number)) + r"(?!\d)", number_key(title)))


def _units(
    history: History,
    run: int,
    results: Sequence[CaseResult],
    drawn: Sequence[DrawnFile],
    extra: Sequence[str],
    today: str,
) -> Iterator[UnitState]:
    """Every unit that has files on the list or cases in the round."""
    sent = [i for i in items(history, today or "9999") if i.run == run and i.issued]
    for unit in sorted({*(d.unit for d in drawn), *(r.unit for r in results)}):
        state = replace(UnitState(unit), **_files(unit, results, drawn, extra))
        yield replace(state, **_answers([i for i in sent if i.unit == unit], bool(today)))


def _files(
    unit: str, results: Sequence[CaseResult], drawn: Sequence[DrawnFile], extra: Sequence[str]
) -> dict[str, Any]:
    """What is counted of the files of a unit."""
    own = [r for r in results if r.unit == unit]
    listed = [d for d in drawn if d.unit == unit]
    return {
        "drawn": len(listed),
        "scored": len(own),
        "missing": sum(d.state == MISSING for d in listed),
        "extra": sum(r.case in extra for r in own),
        "open": sum(map(open_items, own)),
        "faults": sum(f.failed for r in own for f in r.findings),
    }


def _answers(said: Sequence[Item], dated: bool) -> dict[str, Any]:
    """What is counted of the list of a unit. ``dated``: today is known."""
    if not said:
        return {}
    return {
        "issued": said[0].issued,
        "due": said[0].due,
        "asked": len(said),
        "answered": sum(i.answer is not None for i in said),
        "objections": sum(i.objection == WAITS for i in said),
        "overdue": sum(i.overdue for i in said) if dated else 0,
    }


def open_items(r: CaseResult) -> int:
    """How many items of a case nobody has decided, or people decided differently."""
    return sum(f.effective in OPEN or f.state in _UNSETTLED for f in r.findings)


_UNSETTLED = (CHANGED, SPLIT, SEALED)


def lacks(history: History, run: int, unit: str, waiting: Sequence[Item]) -> list[str]:
    """What stands in the way of papers from a round, a sentence each. ``unit``: only what concerns
    it ('' for all); ``waiting``: lines of lists with an objection nobody decided.
    """
    p = progress_of(history, run)
    own = [r for r in history.results(run) if unit in ("", r.unit)]
    gone = [d for d in p.of(MISSING) if unit in ("", d.unit)]
    return [
        *_unfinished(p),
        *(f"抽取的案卷没有到：{d.unit} {d.number}" + (d.why and f"（{d.why}）") for d in gone),
        *(text for r in own for text in _undecided(r)),
        *(f"{i.case} {i.fault}：异议还没有处理" for i in waiting if unit in ("", i.unit)),
    ]


def _unfinished(p: Progress) -> Iterator[str]:
    """What says that a run was not finished."""
    if p.unfinished:
        yield f"{p.called}的评查没有做完"
    if p.found is not None and p.found > p.cases:
        yield f"文件夹里有 {p.found} 个案卷，只评查了 {p.cases} 个"


def _undecided(r: CaseResult) -> Iterator[str]:
    """What nobody decided of a case."""
    if n := open_items(r):
        yield f"{r.case}：{n} 项还没有判断"
    if r.grade == UNDECIDED:
        yield f"{r.case}：等次待定，不能作为评查结果"


def objections(history: History, run: int) -> list[Item]:
    """Lines with an objection that nobody decided, of lists of the same campaign."""
    return [i for i in told(history, run, "9999") if i.objection == WAITS]


def explanations(history: History, run: int) -> list[Item]:
    """Lines that cannot be put right, with an explanation that nobody decided on."""
    return [i for i in told(history, run, "9999") if i.explanation == WAITS]


def told(history: History, run: int, today: str) -> list[Item]:
    """Every line of the lists of the same campaign, with its state on ``today``."""
    round_ = history.campaigns.rounds.get(run)
    own = {r.number for r in history.campaigns.of(round_).rounds} if round_ else {run}
    return [i for i in items(history, today) if i.run in own]
