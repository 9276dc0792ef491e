"""How a run goes, on the terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Collection, Mapping
from pathlib import Path

from rich.cells import chop_cells
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from casereview.cli.shared import talk, tell
from casereview.reports.inert import clean
from casereview.run.engine import Step
from casereview.run.listener import Listener

TITLE = 22  # columns of the name of a case
UNITS = 8  # named in one line
FIRST = 3.0  # seconds before anything is said of the time that is left


class Bar(Listener):
    """The progress of a run on the terminal; without a terminal only the notes."""

    def __init__(self, path: Path):
        self.path = path
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[cases]}"),
            TimeElapsedColumn(),
            TextColumn("{task.fields[left]}"),
            console=talk(),
            disable=not sys.stderr.isatty(),
            transient=True,
        )

    def __enter__(self) -> Bar:
        self.progress.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self.progress.stop()

    def found(self, cases: int, units: int, standard: str) -> None:
        """How much there is."""
        tell(f"在 {self.path} 找到 {cases} 个案卷，{units} 个单位；标准：{standard}")

    def placed(self, lines: tuple[str, ...]) -> None:
        """What was taken for which unit."""
        more = f" 等 {len(lines)} 个单位" if len(lines) > UNITS else ""
        tell(f"单位：{'，'.join(lines[:UNITS])}{more}")

    def also_at_work(self) -> None:
        """Another window does the same."""
        tell(
            "另一个 casereview 正在把这个文件夹评查到同一个数据库。两边做的是同一次评查，结果一样；"
            "可以按 Ctrl-C 停下这一个。",
            "yellow",
        )

    def doubtful(self, lines: tuple[str, ...]) -> None:
        """What should be looked at before the results are used."""
        tell("以下文件夹是不是一个案卷，请核对；不对的用 --level 指明级别重新评查：", "yellow")
        for line in lines:
            tell(f"  {line}", "yellow")

    def unverified(self, limits: tuple[str, ...]) -> None:
        """What should be confirmed first."""
        tell(
            f"提示：听证门槛（{'、'.join(limits)}）是缺省值，各地不同。请用 casereview checklist"
            " new 建立本地清单并填写，再印发涉及听证的结论。",
            "yellow",
        )

    def alike(self, items: Mapping[str, int]) -> None:
        """Which units should be asked about first."""
        for unit, count in items.items():
            tell(
                f"{unit}有 {count} 项各卷都是同一个问题，先列为待复核：是确实如此，还是没有读懂它的"
                f"写法，回答一次即可：casereview learn {unit}",
                "yellow",
            )

    def belongs(self, says: str, official: bool) -> None:
        """Where the run goes."""
        tell(says, "" if official else "yellow")

    def resumed(self, run: int, cases: int) -> None:
        """That a run goes on."""
        tell(f"接着第 {run} 次评查继续，已完成 {cases} 个案卷")

    def begins(self, sizes: Mapping[str, int], done: Collection[str]) -> None:
        """The bar, where it stood when it was interrupted."""
        self.way = Way(sizes, done, time.monotonic())
        self.task = self.progress.add_task("评查", total=sum(sizes.values()), cases="", left="")
        self._move()

    def opens(self, case: str, step: Step) -> None:
        """The case at work, and its page."""
        self.way.goes_on(case, step)
        page = f" 第 {step.page}/{step.of} 页" if step.of else ""
        title, *_ = chop_cells(clean(case.rpartition("/")[2]), TITLE)
        self._move(f"评查 {title}{page}")

    def scored(self, case: str, pages: int) -> None:
        """One more."""
        self.way.ends(case)
        self._move()

    def broken(self, case: str, fault: str) -> None:
        """One more, with its fault."""
        tell(f"案卷 {case} 未能评查（{fault}），其余案卷不受影响", "yellow")
        self.scored(case, 0)

    def _move(self, said: str = "") -> None:
        way = self.way
        self.progress.update(
            self.task,
            completed=way.read,
            description=said or None,
            cases=f"{len(way.done)}/{len(way.sizes)} 卷",
            left=lasts(way.left(time.monotonic())),
        )


class Way:
    """How much of the work is behind: bytes of cases that are done, of files that were read, and
    the pages of the file at hand. ``started``: seconds of a clock that only goes on.
    """

    def __init__(self, sizes: Mapping[str, int], done: Collection[str], started: float):
        self.sizes, self.done, self.started = dict(sizes), {*done} & {*sizes}, started
        self.total, self.ended = sum(self.sizes.values()), sum(self.sizes[c] for c in self.done)
        self.behind = self.ended
        self.at: dict[str, list[Step]] = {}  # of each case at work its files, the last at hand

    def goes_on(self, case: str, step: Step) -> None:
        """A file or page of a case begins."""
        steps = self.at.setdefault(case, [])
        if steps and steps[-1].file == step.file:
            steps[-1] = step if step.of else steps[-1]
        else:
            steps.append(step)

    def ends(self, case: str) -> None:
        """A case is done."""
        self.at.pop(case, None)
        if case not in self.done:
            self.done.add(case)
            self.ended += self.sizes[case]

    @property
    def read(self) -> float:
        """Bytes that are behind."""
        return self.ended + sum(map(self._of, self.at))

    def _of(self, case: str) -> float:
        *before, now = self.at[case]
        share = (now.page - 1) / now.of if now.of else 0
        return min(sum(s.size for s in before) + now.size * share, self.sizes[case])

    def left(self, now: float) -> float | None:
        """Seconds that are left, if it goes on as since it began; None while nobody can tell."""
        done, passed = self.read - self.behind, now - self.started
        if done <= 0 or passed < FIRST:
            return None
        return passed * (self.total - self.read) / done


def lasts(seconds: float | None) -> str:
    """Seconds as people tell them."""
    if seconds is None:
        return ""
    minutes = round(seconds / 60)
    return f"约剩 {minutes} 分钟" if minutes else "不到 1 分钟"
