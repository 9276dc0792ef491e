"""What comes in: folders of cases to be scored, and workbooks that were filled in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, TypeVar

from casereview.desk.office import Ask, Desk
from casereview.desk.shown import page
from casereview.desk.watched import Progress
from casereview.errors import UsageError
from casereview.privacy.mask import masker
from casereview.reports.excel import rectification_answers, review_answers
from casereview.rounds.settling import every_one
from casereview.run.campaign import Order, score_folder
from casereview.run.decisions import listed, take_answers
from casereview.run.destination import Wish
from casereview.run.inbox import choices, chosen
from casereview.run.reviewing import take_sheet

SHEETS = (".xlsx", ".xlsm", ".xls", ".et", ".csv")
TRIAL = "试评"


def folders(desk: Desk, ask: Ask) -> str:
    """The folders that may be scored, and the rounds they may go to."""
    history = desk.history(ask.name)
    return page(
        "import.html.j2",
        name=ask.name,
        note=ask.session.told(),
        choices=choices(desk.setting.folders),
        rounds=[f"{c.name}/{c.round.name}" for c in history.campaigns.open],
        trial=TRIAL,
        work=desk.work.progress,
        busy=desk.work.busy,
    )


def score(desk: Desk, ask: Ask) -> str:
    """Begin to score a folder. Raises UsageError while another is scored."""
    if desk.work.busy:
        raise UsageError("正在评查另一个文件夹，请等它做完，或者先停止。")
    setting, where = desk.setting, ask.form.get("round", "")
    path = chosen(setting.folders, ask.form.get("folder", ""))
    wish = Wish("" if where == TRIAL else where, where == TRIAL, ask.name)
    order = Order(path, setting.db, setting.day().isoformat(), wish=wish)

    def work(progress: Progress) -> int:
        return score_folder(order, setting.engine(), setting.moment, progress).round

    desk.work.start(path.name, work)
    return "/import"


def progress(desk: Desk, ask: Ask) -> str:
    """How far the work is; asked for again and again while it goes on."""
    return page("progress.html.j2", work=desk.work.progress, busy=desk.work.busy)


def stop(desk: Desk, ask: Ask) -> str:
    """Stop at the next file; what was scored is kept."""
    desk.work.cancel()
    return "/import"


class Read(Protocol):
    """What a workbook gives, with remarks on what was left out."""

    @property
    def remarks(self) -> Sequence[str]:
        """A sentence each."""


T = TypeVar("T", bound=Read)


def _handed_in(ask: Ask, read: Callable[[Path], T]) -> tuple[T, list[str]]:
    """Read the workbook that came with a form; its remarks name it as it is called outside, and
    that name is used for nothing else. Raises UsageError.
    """
    if "file" not in ask.files:
        raise UsageError("请先选择一个填好的表格文件。")
    name, data = ask.files["file"]
    suffix = next((s for s in SHEETS if name.lower().endswith(s)), None)
    if suffix is None:
        raise UsageError(f"“{name}”不是表格；可以交 {'、'.join(SHEETS)}。")
    with TemporaryDirectory() as folder:
        path = Path(folder, "handed-in" + suffix)
        path.write_bytes(data)
        try:
            got = read(path)
        except UsageError as e:
            raise UsageError(str(e).replace(str(path), name)) from e
        return got, [remark.replace(str(path), name) for remark in got.remarks]


def answers(desk: Desk, ask: Ask) -> str:
    """Take what a unit answered on its 整改清单. Raises UsageError naming every bad row."""
    who = desk.actor(ask.name)
    known = listed(desk.store, who.today)
    got, remarks = _handed_in(
        ask, lambda path: rectification_answers.answers(path, known, who.today)
    )
    new = take_answers(desk.store, list(got.answers), who)
    desk.anew()
    ask.session.note = "\n".join([f"导入反馈 {new} 条。", *remarks])
    return f"/r/{ask.number('run')}"


def sheet(desk: Desk, ask: Ask) -> str:
    """Take what a reviewer said on a 复核表. Raises UsageError naming every bad row."""
    run, history = ask.number("run"), desk.history(ask.name)
    mask = masker(history.results(run))
    known = every_one(history, run)
    got, remarks = _handed_in(ask, lambda path: review_answers.answers(path, known, mask))
    done = take_sheet(history, run, got.said, desk.actor(ask.name))
    desk.anew()
    said = f"已记录 {len(done.ruled)} 项，{done.known} 项以前说过，{got.empty} 项空着。"
    ask.session.note = "\n".join([said, *remarks])
    return f"/r/{run}"
