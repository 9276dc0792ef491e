"""The register of document numbers (文号): what comes next in a pattern as 某司评〔2026〕*号."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from casereview.errors import UsageError

SERIAL = "*"  # where the number stands in a pattern


def next_numbers(pattern: str, used: Iterable[str], first: int = 0) -> Iterator[str]:
    """The numbers that follow those already used in a pattern. ``first``: the number to begin
    with (0: the one after the last). Raises UsageError for one that is used already.
    """
    if pattern.count(SERIAL) != 1:
        raise UsageError(
            "还没有文号的写法：casereview campaign set --numbering 某司评〔2026〕*号，* 是顺序号。"
        )
    before, after = pattern.split(SERIAL)
    known = [re.fullmatch(rf"{re.escape(before)}(\d+){re.escape(after)}", n) for n in used]
    taken = {int(m[1]) for m in known if m}
    n = first or max(taken, default=0) + 1
    while True:
        if n in taken:
            raise UsageError(f"文号 {before}{n}{after} 已经用过，不能重复；请换一个起始号。")
        yield f"{before}{n}{after}"
        n += 1
