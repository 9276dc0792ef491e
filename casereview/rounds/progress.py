"""Where a round stands: which drawn files are in, which are missing, what nobody drew, what is
open, what went out and came back. Every figure is counted here, for every screen and paper.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol, TypeVar

from casereview.chinese import number_key
from casereview.judging.score import UNDECIDED
from casereview.record.entries import DrawnSettled, FilesDrawn
from casereview.record.heads import CaseHead
from casereview.record.result import Run
from casereview.rounds.campaigns import Round
from casereview.rounds.history import History
from casereview.rounds.rectification import WAITS, Item, items
from casereview.rounds.sampling import HOW, NUMBER, UNIT, WHY

SCORED, MISSING, LEFT_OUT = "已评查", "缺", "排除"


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
    p = headline_of(history, run)
    heads = history.heads(run)
    return replace(p, units=tuple(_units(history, run, heads, p.drawn, p.extra, today)))


def headline_of(history: History, run: int) -> Progress:
    """The same without its units, for one line: nothing is read of a run but how many cases it
    holds, unless files were drawn.
    """
    round_ = history.campaigns.rounds.get(run)
    rows = [history.store.run_row(n) for n in history.parts(run)]
    drawn, extra = _drawn(history, round_, run) if round_ else ((), ())
    return Progress(
        run,
        round_,
        round_.called if round_ else called(history, rows[0]),
        history.roll(run).count,
        rows[0].cases if len(rows) == 1 else None,
        any(r.unfinished for r in rows),
        drawn,
        extra,
        (),
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
    history: History, round_: Round, run: int
) -> tuple[tuple[DrawnFile, ...], tuple[str, ...]]:
    """The files of the list of a round with where each is, and the cases that are on none."""
    campaign = history.campaigns.of(round_)
    listed = campaign.drawn(round_.name)
    if listed is None:
        return (), ()
    out: list[DrawnFile] = []
    left = _Left(history.roll(run).heads)
    for row in listed.drawn:
        file = _placed(row, left, campaign.settled.get(row[NUMBER]))
        left.cases.pop(file.case, None)
        out.append(file)
    out += _left_out(listed, out)
    return tuple(out), tuple(left.cases)


class _Left:
    """The cases that no line of the list was found to be yet."""

    def __init__(self, heads: Sequence[CaseHead]):
        self.cases = {h.case: h for h in heads}
        self.titles = {h.case: number_key(h.title) for h in heads}
        self.numbers: dict[str, list[str]] = defaultdict(list)
        for h in heads:
            for number in filter(None, h.numbers.split("\n")):
                self.numbers[number].append(h.case)

    def matching(self, unit: str, number: str) -> list[str]:
        """Cases that carry a number, else whose folder does; of several those of the unit."""
        wanted = number_key(number)
        hits = [c for c in self.numbers.get(wanted, ()) if c in self.cases]
        hits = hits or [c for c in self.cases if _in_title(wanted, self.titles[c])]
        own = [c for c in hits if self.cases[c].unit == unit]
        return own if len(hits) > 1 and own else hits


def _placed(row: dict[str, str], left: _Left, said: DrawnSettled | None) -> DrawnFile:
    """A line of the list: in, missing, or left out by a person."""
    unit, number, how = row.get(UNIT, ""), row[NUMBER], row.get(HOW, "")
    if said and not said.case:
        return DrawnFile(unit, number, how, LEFT_OUT, why=said.why)
    if said and said.case in left.cases:
        return DrawnFile(unit, number, how, SCORED, said.case, said.why)
    hits = left.matching(unit, number)
    if len(hits) == 1:
        return DrawnFile(unit, number, how, SCORED, hits[0])
    why = f"对得上的案卷有 {'、'.join(hits)}" if hits else ""
    return DrawnFile(unit, number, how, MISSING, why=why)


def _left_out(listed: FilesDrawn, known: Sequence[DrawnFile]) -> Iterator[DrawnFile]:
    """Files that were left out before the draw."""
    have = {d.number for d in known}
    for row in listed.excluded:
        if row[NUMBER] not in have:
            yield DrawnFile(row.get(UNIT, ""), row[NUMBER], "", LEFT_OUT, why=row.get(WHY, ""))


def _in_title(number: str, title: str) -> bool:
    """True when the name of a folder carries this number; both are written for comparing."""
    return number in title and bool(re.search(re.escape(number) + r"(?!\d)", title))


def _units(
    history: History,
    run: int,
    heads: Sequence[CaseHead],
    drawn: Sequence[DrawnFile],
    extra: Sequence[str],
    today: str,
) -> Iterator[UnitState]:
    """Every unit that has files on the list or cases in the round."""
    sent = _by_unit(i for i in items(history, today or "9999") if i.run == run and i.issued)
    cases, listed, beside = _by_unit(heads), _by_unit(drawn), set(extra)
    for unit in sorted({*listed, *cases}):
        state = replace(UnitState(unit), **_files(cases[unit], listed[unit], beside))
        yield replace(state, **_answers(sent[unit], bool(today)))


class _OfUnit(Protocol):
    @property
    def unit(self) -> str: ...


U = TypeVar("U", bound=_OfUnit)


def _by_unit(rows: Iterable[U]) -> dict[str, list[U]]:
    out: dict[str, list[U]] = defaultdict(list)
    for row in rows:
        out[row.unit].append(row)
    return out


def _files(
    own: Sequence[CaseHead], listed: Sequence[DrawnFile], extra: Collection[str]
) -> dict[str, Any]:
    """What is counted of the files of a unit."""
    return {
        "drawn": len(listed),
        "scored": len(own),
        "missing": sum(d.state == MISSING for d in listed),
        "extra": sum(h.case in extra for h in own),
        "open": sum(h.open for h in own),
        "faults": sum(h.fails for h in own),
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


def lacks(history: History, run: int, unit: str, waiting: Sequence[Item]) -> list[str]:
    """What stands in the way of papers from a round, a sentence each. ``unit``: only what concerns
    it ('' for all); ``waiting``: lines of lists with an objection nobody decided.
    """
    p = headline_of(history, run)
    own = [h for h in history.heads(run) if unit in ("", h.unit)]
    gone = [d for d in p.of(MISSING) if unit in ("", d.unit)]
    return [
        *_unfinished(p),
        *(f"抽取的案卷没有到：{d.unit} {d.number}" + (d.why and f"（{d.why}）") for d in gone),
        *(text for h in own for text in _undecided(h)),
        *(f"{i.case} {i.fault}：异议还没有处理" for i in waiting if unit in ("", i.unit)),
    ]


def _unfinished(p: Progress) -> Iterator[str]:
    """What says that a run was not finished."""
    if p.unfinished:
        yield f"{p.called}的评查没有做完"
    if p.found is not None and p.found > p.cases:
        yield f"文件夹里有 {p.found} 个案卷，只评查了 {p.cases} 个"


def _undecided(h: CaseHead) -> Iterator[str]:
    """What nobody decided of a case."""
    if h.open:
        yield f"{h.case}：{h.open} 项还没有判断"
    if h.grade == UNDECIDED:
        yield f"{h.case}：等次待定，不能作为评查结果"


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
