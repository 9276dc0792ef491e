"""Disturbs the structure of papers that say the same: what a reader must not stumble over.

heads       a form number and a line in two languages over every title
feet        a sentence and page numbers at the foot of every page
order       two papers of one stage change places
catalogue   the catalogue goes over two pages without a second header
split       the title is set in two lines
stamp       a red stamp lies over the title
turned      one page stands upside down, one sideways
"""

from __future__ import annotations

import random

from drawing.paper import Paper

MUTATIONS = ("heads", "feet", "order", "catalogue", "split", "stamp", "turned")
FRONT = ("卷宗封面", "卷内目录", "备考表")
SPLIT_AT = (
    "审批",
    "事先",
    "决定",
    "告知",
    "通知",
    "检查",
    "询问",
    "终结",
    "讨论",
    "回证",
    "记录",
    "审核",
)


def mutate(papers: list[Paper], wanted: list[str], seed: str) -> None:
    """Changes papers in place."""
    rng = random.Random(seed)
    for i, paper in enumerate(papers):
        if "heads" in wanted:
            paper.head = (
                f"行政执法文书格式（{i + 1}）　Administrative Law Enforcement Form No. {i + 1}"
            )
            paper.head_at = "首页题上" if rng.random() < 0.5 else "页眉"
        if "feet" in wanted:
            paper.foot = "本文书一式两份，一份送达当事人，一份归档　第 {p} 页 共 {t} 页"
        if "split" in wanted:
            _split(paper)
        if "stamp" in wanted and paper.kind not in FRONT and rng.random() < 0.5:
            paper.blocks.insert(1, ("stamp", "已归档"))
        if "turned" in wanted:
            paper.turned = 0
    if "order" in wanted:
        _swap(papers, rng)
    if "turned" in wanted:
        pages = [p for p in papers if p.kind not in FRONT]
        for paper, angle in zip(rng.sample(pages, min(2, len(pages))), (180, 90), strict=False):
            paper.turned = angle


def _split(paper: Paper) -> None:
    """A title in two lines, cut before a word that ends it."""
    for i, block in enumerate(paper.blocks):
        if block[0] != "title":
            continue
        *before, last = block[1]
        cut = max((last.rfind(word) for word in SPLIT_AT), default=-1)
        if cut > 1:
            paper.blocks[i] = ("title", [*before, last[:cut], last[cut:]])


def _swap(papers: list[Paper], rng: random.Random) -> None:
    """Two neighbours of the inquiry change places."""
    pairs = [
        i
        for i in range(len(papers) - 1)
        if papers[i].stage == papers[i + 1].stage == 2
        and "送达回证" not in (papers[i].kind, papers[i + 1].kind)
    ]
    if pairs:
        i = rng.choice(pairs)
        papers[i], papers[i + 1] = papers[i + 1], papers[i]
