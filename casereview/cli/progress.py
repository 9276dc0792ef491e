"""How a run goes, on the terminal."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from casereview.cli.shared import talk, tell
from casereview.reports.inert import clean
from casereview.run.listener import Listener


class Bar(Listener):
    """The progress of a run on the terminal; without a terminal only the notes."""

    def __init__(self, path: Path):
        self.path = path
        self.pages = 0
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[pages]} 页"),
            TimeElapsedColumn(),
            TextColumn("剩余"),
            TimeRemainingColumn(),
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

    def belongs(self, says: str, official: bool) -> None:
        """Where the run goes."""
        tell(says, "" if official else "yellow")

    def resumed(self, run: int, cases: int) -> None:
        """That a run goes on."""
        tell(f"接着第 {run} 次评查继续，已完成 {cases} 个案卷")

    def begins(self, cases: int) -> None:
        """The empty bar."""
        self.task = self.progress.add_task("评查", total=cases, pages=0)

    def opens(self, case: str, file: str) -> None:
        """The case at work."""
        title = clean(case.rpartition("/")[2])[:24]
        self.progress.update(self.task, description=f"评查 {title}")

    def scored(self, case: str, pages: int) -> None:
        """One more."""
        self.pages += pages
        self.progress.update(self.task, advance=1, pages=self.pages)

    def broken(self, case: str, fault: str) -> None:
        """One more, with its fault."""
        tell(f"案卷 {case} 未能评查（{fault}），其余案卷不受影响", "yellow")
        self.scored(case, 0)
