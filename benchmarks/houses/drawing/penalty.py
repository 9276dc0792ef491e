"""The papers of an ordinary-penalty story, in the order of the procedure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drawing import concluding, deciding, inquiry
from drawing.case import Case
from drawing.house import House
from drawing.paper import Paper

Story = dict[str, Any]
Maker = Callable[[Case], list[Paper]]
STAGES: list[tuple[int, list[Maker]]] = [
    (1, [inquiry.source, inquiry.filing]),
    (
        2,
        [
            inquiry.inspection,
            inquiry.interviews,
            inquiry.photos,
            inquiry.identity,
            inquiry.copies,
            inquiry.mandate,
            inquiry.addresses,
            inquiry.correction,
            inquiry.report,
        ],
    ),
    (
        3,
        [
            deciding.review,
            deciding.notice,
            deciding.defence,
            deciding.hearing,
            deciding.deliberation,
            deciding.extension,
            deciding.approval,
            deciding.decision,
        ],
    ),
    (
        4,
        [
            concluding.instalments,
            concluding.payments,
            concluding.recheck,
            concluding.publicity,
            concluding.recordings,
            concluding.closing,
        ],
    ),
]


def papers_of(house: House, story: Story) -> tuple[Case, list[Paper]]:
    """All papers but cover, catalogue and last page."""
    case = Case(house, story)
    out: list[Paper] = []
    for stage, makers in STAGES:
        made = [p for make in makers for p in make(case)]
        if stage == 3 and house.discussed_first:
            made.sort(key=lambda p: p.kind not in ("法制审核意见书", "集体讨论笔录"))
        for paper in made:
            paper.stage = stage
            out.append(paper)
    return case, out
