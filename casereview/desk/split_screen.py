"""How a case was split into papers, and putting it right: only this case is judged again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from casereview.desk.case_screen import opened
from casereview.desk.frame import framed
from casereview.desk.office import Ask, Desk
from casereview.errors import UsageError
from casereview.model import Document
from casereview.papers.corrections import corrected
from casereview.record.result import CaseResult, FileResult
from casereview.record.store import Store
from casereview.rounds.history import History
from casereview.rounds.resplit import verdicts_moved
from casereview.run.fixing import SplitOrder, correct_split, kinds_for
from casereview.run.pages import DRAWN

COLOURS = 6  # in which runs of pages follow each other


@dataclass(frozen=True)
class Leaf:
    """One page on the strip: of which paper, and whether a paper begins on it."""

    page: int
    kind: str
    begins: bool
    colour: int


@dataclass(frozen=True)
class Strip:
    """A file with its pages in a row."""

    index: int
    file: FileResult
    leaves: tuple[Leaf, ...]

    @property
    def drawn(self) -> bool:
        """True where its pages have pictures."""
        return self.file.format in DRAWN


def split(desk: Desk, ask: Ask) -> str:
    """The files of a case with their papers as coloured runs."""
    c = opened(desk, ask)
    moved, ask.session.resplit = ask.session.resplit, None
    run, _ = c.history.source(c.run, c.result.case)
    return framed(
        desk,
        ask,
        "split.html.j2",
        c.run,
        c=c,
        strips=list(_strips(c.result)),
        kinds=kinds_for(desk.store.run_row(run)),
        moved=moved,
    )


def _strips(r: CaseResult) -> Iterator[Strip]:
    for index, file in enumerate(r.files):
        if file.pages:
            yield Strip(index, file, tuple(_leaves(r, file)))


def _leaves(r: CaseResult, file: FileResult) -> Iterator[Leaf]:
    own = [d for d in r.documents if d.file == file.file]
    colour, before = -1, None
    for page in range(1, file.pages + 1):
        d = next((d for d in own if d.page_from <= page <= d.page_to), None)
        begins = page == 1 or d is not before
        colour += begins
        before = d
        yield Leaf(page, d.kind if d else "其他", begins, colour % COLOURS)


def save(desk: Desk, ask: Ask) -> str:
    """Keep what the strips of the form say and judge the case again. Raises UsageError."""
    return _again(desk, ask, lambda r: SplitOrder(r.case, papers=tuple(_papers(r, ask))))


def reset(desk: Desk, ask: Ask) -> str:
    """Forget all corrections of the case and judge it again. Raises UsageError."""
    return _again(desk, ask, lambda r: SplitOrder(r.case, reset=True))


def _again(desk: Desk, ask: Ask, order_of: Callable[[CaseResult], SplitOrder]) -> str:
    run, number = ask.number("run"), ask.number("case")
    store = Store(desk.setting.db)
    try:
        history = History(store, viewer=ask.name)
        before = _at(history, run, number)
        order = replace(order_of(before), run=run)
        correct_split(store, order, desk.setting.engine())
        after = _at(History(store, viewer=ask.name), run, number)
        edition = history.editions.get(after.checklist.card)
        ask.session.resplit = (before.score, after.score, verdicts_moved(before, after, edition))
    finally:
        store.close()
    return f"/r/{run}/c/{number}/split"


def _at(history: History, run: int, number: int) -> CaseResult:
    """A case by its number. Raises UsageError."""
    result = history.at(run, number)
    if result is None:
        raise UsageError(f"第 {run} 次评查没有第 {number} 号案卷。")
    return result


def _papers(r: CaseResult, ask: Ask) -> Iterator[Document]:
    """The papers of every file whose strip says something else than before. The form holds for each
    page ``k<file>.<page>`` the kind of the paper that begins there, '' where it goes on.
    """
    for strip in _strips(r):
        said = [ask.form.get(f"k{strip.index}.{leaf.page}", "") for leaf in strip.leaves]
        was = [leaf.kind if leaf.begins else "" for leaf in strip.leaves]
        if said == was or not any(said):
            continue
        if not said[0]:
            raise UsageError(f"“{strip.file.file}”的第 1 页要写明是什么文书。")
        starts = [n for n, kind in enumerate(said) if kind]
        for start, end in zip(starts, [*starts[1:], len(said)], strict=True):
            yield corrected(strip.file.file, start + 1, end, said[start])
