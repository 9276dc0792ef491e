"""Fields that a form prints one behind the other with nothing between label and value, as programs
fill the cells of a tick-box form: 姓名李四身份证号…; the labels are data (连写的栏目).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from casereview.chinese import without_spaces
from casereview.chinese.wordlists import either
from casereview.facts.approvals import groups_of
from casereview.model import Place
from casereview.papers.paper import Found, Paper

GROUP = "连写的栏目"
_PROSE = re.compile(r"[，。；]")
_JOINING = ("或", "、", "及")  # behind a label: one label goes on (单位名称或个人姓名)
_AT_LEAST = 2  # labels in one cell: a lone word in front of others may be no label


@lru_cache(maxsize=8)
def _labels(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"({either(tuple(map(re.escape, names)))})")


def run_on_fields(paper: Paper) -> Iterator[tuple[str, Found]]:
    """(label, value) of every cell and line that writes several fields one behind the other; a
    label with nothing behind it has none.
    """
    labels = _labels(groups_of(paper.vocab)[GROUP].names)
    for page, cells, boxes in paper.running_text.rows():
        for text, box in zip(cells, boxes, strict=True):
            bare = without_spaces(text)
            before, *parts = labels.split(bare)
            if before or _PROSE.search(bare) or len(parts) < 2 * _AT_LEAST:
                continue
            place = Place(paper.running_text.file, page, box, bare[:120])
            for label, value in zip(parts[::2], parts[1::2], strict=True):
                written = value.strip("：:（）()")
                if written and not written.startswith(_JOINING):
                    yield label, Found(written, place)
