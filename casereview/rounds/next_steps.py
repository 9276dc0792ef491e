"""What an organiser or reviewer does next, by where a round stands."""

from __future__ import annotations

from collections.abc import Iterator

from casereview.rounds.progress import MISSING, Progress


def next_steps(p: Progress) -> list[str]:
    """A sentence for each thing that waits, with the command that does it."""
    return list(_unfinished(p)) or list(_to_issue(p)) or list(_afterwards(p))


def _unfinished(p: Progress) -> Iterator[str]:
    """What must be done before anything goes out."""
    if p.unfinished:
        yield "评查没有做完，再次运行同一命令即继续：casereview score 文件夹"
    if n := len(p.of(MISSING)):
        yield f"缺 {n} 卷，看是哪些：casereview campaign"
    if n := sum(u.open for u in p.units):
        yield f"{n} 项待您判断：casereview list --open，逐项判断：casereview review"
    if n := sum(u.objections for u in p.units):
        yield f"{n} 个异议没有处理：casereview rectify"


def _to_issue(p: Progress) -> Iterator[str]:
    """What may go out now."""
    waits = [u.unit for u in p.units if u.faults and not u.issued]
    if p.round is None:
        yield f"转为评查活动：casereview campaign new 名称 --run {p.run}"
    elif waits:
        yield f"{len(waits)} 个单位可以印发：casereview issue -o 文件夹"


def _afterwards(p: Progress) -> Iterator[str]:
    """What remains when everything went out."""
    if n := sum(u.asked - u.answered for u in p.units):
        late = f"，{k} 个逾期" if (k := sum(u.overdue for u in p.units)) else ""
        yield f"{n} 个问题还没有反馈{late}：casereview rectify"
    yield "印发通报：casereview issue --bulletin -o 文件夹"
    yield "开始回头看：casereview campaign round 回头看"
