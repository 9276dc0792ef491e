"""A folder that is being scored while people go on working: how far it is, and how to stop it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from threading import Event, Thread

from casereview.errors import CaseReviewError
from casereview.run.engine import Step
from casereview.run.listener import Listener


@dataclass
class Progress(Listener):
    """How a run goes, as it is shown. ``notes``: what a person should know; ``fault``: why it
    ended early; ``run``: its round once it is done.
    """

    what: str
    cases: int = 0
    done: int = 0
    pages: int = 0
    at: str = ""
    notes: list[str] = field(default_factory=list)
    fault: str = ""
    run: int = 0
    ended: bool = False
    stop: Event = field(default_factory=Event)

    def found(self, cases: int, units: int, standard: str) -> None:
        """How much there is."""
        self.notes.append(f"找到 {cases} 个案卷，{units} 个单位；标准：{standard}")

    def placed(self, lines: tuple[str, ...]) -> None:
        """What was taken for which unit."""
        self.notes += lines

    def also_at_work(self) -> None:
        """Another program scores the same folder."""
        self.notes.append("另一个窗口正在评查同一个文件夹，结果记入同一次评查。")

    def doubtful(self, lines: tuple[str, ...]) -> None:
        """What should be looked at before the results are used."""
        self.notes += [f"请核对是不是一个案卷：{line}" for line in lines]

    def belongs(self, says: str, official: bool) -> None:
        """Where the run goes."""
        self.notes.append(says)

    def resumed(self, run: int, cases: int) -> None:
        """That a run goes on."""
        self.notes.append(f"接着第 {run} 次评查继续，已完成 {cases} 个案卷")

    def begins(self, sizes: Mapping[str, int], done: Collection[str]) -> None:
        """The bar as it stands: what was scored before an interruption is done."""
        self.cases, self.done = len(sizes), len(done)

    def opens(self, case: str, step: Step) -> None:
        """The file or page at work; here a person can stop it."""
        if self.stop.is_set():
            raise KeyboardInterrupt
        page = f"（第 {step.page}/{step.of} 页）" if step.of else ""
        self.at = f"{case.rpartition('/')[2]}　{step.file}{page}"

    def scored(self, case: str, pages: int) -> None:
        """One more."""
        self.done, self.pages = self.done + 1, self.pages + pages

    def broken(self, case: str, fault: str) -> None:
        """One more, with its fault."""
        self.notes.append(f"案卷 {case} 未能评查（{fault}），其余案卷不受影响")
        self.done += 1


class Work:
    """The one thing that is done beside the desk, or was done last."""

    def __init__(self) -> None:
        self.progress: Progress | None = None
        self._thread: Thread | None = None

    @property
    def busy(self) -> bool:
        """True while something is done."""
        return self.progress is not None and not self.progress.ended

    def start(self, what: str, act: Callable[[Progress], int]) -> None:
        """Begin. ``act`` does it, tells how it goes and returns the round in which it ended."""
        progress = self.progress = Progress(what)

        def work() -> None:
            try:
                progress.run = act(progress)
            except CaseReviewError as e:
                progress.fault = str(e)
            except KeyboardInterrupt:
                progress.fault = "已停止。"
            except Exception as e:  # the thread's own end: told on the page, never lost
                progress.fault = f"没有做完（{type(e).__name__}）。已评查的案卷已经保存。"
            finally:
                progress.ended = True

        self._thread = Thread(target=work, name="work", daemon=True)
        self._thread.start()

    def join(self, seconds: float) -> None:
        """Wait until it is done, at most so long."""
        if self._thread:
            self._thread.join(seconds)

    def cancel(self) -> None:
        """Stop at the next file; what was scored is kept."""
        if self.progress:
            self.progress.stop.set()
