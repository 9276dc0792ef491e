"""Kinds of check about what a paper is and says: in the file, with its elements, with its
signatures and seal, with enough officers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from casereview.chinese import key, without_spaces
from casereview.facts.form_fields import REFUSED, Signature, officers, signature
from casereview.facts.readers import day_of
from casereview.model import PICTURE, Place, Verdict
from casereview.papers.paper import Paper
from casereview.rules.verdicts import Context, each, fail, kinds_of, na, passed, review, sealed


@dataclass(frozen=True)
class Kind:
    """Common to all: ``keys`` may follow the kind in YAML, ``needs`` must."""

    keys: ClassVar[tuple[str, ...]] = ()
    needs: ClassVar[tuple[str, ...]] = ()

    def judge(self, ctx: Context) -> Verdict:
        """Answer for one case."""
        raise TypeError("a kind must answer")


@lru_cache(maxsize=2000)
def wording(words: str) -> re.Pattern[str]:
    """A wording as a lawyer writes it -> pattern over without_spaces text: 「陈述…申辩」 allows up
    to thirty characters of the same sentence in between.
    """
    return re.compile(
        r"[^。；]{0,30}?".join(re.escape(key(part)) for part in re.split(r"…+", words))
    )


def says(p: Paper, words: tuple[str, ...]) -> bool:
    """True when the paper carries one of the wordings, across line breaks."""
    text = key(p.running_text.without_spaces)
    return any(wording(w).search(text) for w in words)


@dataclass(frozen=True)
class Present(Kind):
    """文书在卷: at least one of ``文书`` is in the file; a wording of ``或载明`` in another paper
    of ``见于`` serves as well.
    """

    文书: tuple[str, ...]
    或载明: tuple[str, ...] = ()
    见于: tuple[str, ...] = ()
    keys = ("文书", "或载明", "见于")
    needs = ("文书",)

    def judge(self, ctx: Context) -> Verdict:
        papers = ctx.case.readable(*self.文书)
        if papers:
            return passed(f"有{papers[0].name}", [papers[0].top()])
        for p in ctx.case.readable(*self.见于) if self.或载明 else ():
            if says(p, self.或载明):
                return passed(f"{p.name}有相应记载", [p.top()])
        unread = ctx.unreadable(*self.见于) if self.或载明 else []
        if unread:
            return review(f"{unread[0].name}未能识别文字，请人工查看", [unread[0].top()])
        return ctx.missing(self.文书, f"没有{'、'.join(self.文书)}", *ctx.decisions, "立案审批表")


@dataclass(frozen=True)
class Elements(Kind):
    """要素齐全: each paper of ``文书`` says at least one of the wordings of each element. ``合并``:
    all papers together.
    """

    文书: tuple[str, ...]
    要素: tuple[tuple[str, tuple[str, ...]], ...]
    合并: bool = False
    keys = ("文书", "要素", "合并")
    needs = ("文书", "要素")

    def judge(self, ctx: Context) -> Verdict:
        gone = ctx.absent(*self.文书)
        if gone:
            return gone
        papers, unread = ctx.case.readable(*self.文书), ctx.unreadable(*self.文书)

        def lacks(p: Paper) -> str:
            out = [name for name, words in self.要素 if not says(p, words)]
            return "缺" + "、".join(out) if out else ""

        if not self.合并:
            return each(papers, lacks, "要素齐全", unread)
        out = [name for name, words in self.要素 if not any(says(p, words) for p in papers)]
        if out and unread:
            return review(
                f"可读文书没有{'、'.join(out)}，{unread[0].name}未能识别文字", [unread[0].top()]
            )
        if out:
            return fail(
                f"{'、'.join(p.name for p in papers[:3])}均没有{'、'.join(out)}",
                [p.top() for p in papers[:3]],
                subject=out[0],
            )
        return passed("要素齐全", [p.top() for p in papers[:3]])


_ASKS = re.compile(r"签|盖章|签收|确认")
_SLOT = (
    r"(?:[（(][^（）()\n]{1,14}[)）])?(?:或者?|及|和|、"
    r"|代表|[\u4e00-\u9fff]){0,10}?(?:签名|签字|签章|盖章|签收|确认)?(?:或者?盖章)?(?:[（(][^（）()\n]{1,10}[)）])?"
)


def signing_places(p: Paper, labels: tuple[str, ...]) -> list[Signature]:
    """Places for signing at one of ``labels``, in cells and after colons.

    Where a label asks for a signature (…签名、…盖章、…签收), only such places count:
    「当事人：某某」 at the head of a form is no signature.
    Without one, what stands in the second half of the paper counts.
    """
    asked: list[Signature] = []
    late: list[Signature] = []
    wanted = re.compile(
        rf"(?<![受被未不非])(?P<l>(?:{'|'.join(map(re.escape, sorted(labels, key=len, reverse=True)))}){_SLOT})"
    )
    rows = list(p.running_text.rows())
    for i, (page, cells, boxes) in enumerate(rows):
        for j in range(len(cells) - 1):
            label = without_spaces(cells[j])
            if label and wanted.fullmatch(re.sub(r"[：:]$", "", label)):
                sign = signature(
                    cells[j + 1],
                    Place(
                        p.running_text.file,
                        page,
                        boxes[j + 1],
                        without_spaces(cells[j + 1]).replace(PICTURE, "")[:60] or label,
                    ),
                    page in p.recognised,
                )
                (asked if _ASKS.search(label) else late if i >= len(rows) / 2 else []).append(sign)
    loose = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff：:（）])", "", p.running_text.text)
    for m in re.finditer(rf"{wanted.pattern}\s*[：:](?P<v>[^\n]*)", loose):
        value = re.split(r"\s{1,}(?=[\u4e00-\u9fff（）]{2,14}[：:])", m["v"])[0]
        at = p.running_text.text.rfind(m["l"][:4])
        place = (
            p.running_text.place(max(at, 0), max(at, 0) + len(m["l"]), without_spaces=False)
            if at >= 0
            else p.running_text.tail()
        )
        sign = signature(value, place, place.page in p.recognised)
        (asked if _ASKS.search(m["l"]) else late if m.start() >= 0.5 * len(loose) else []).append(
            sign
        )
    return asked or late


@dataclass(frozen=True)
class Signed(Kind):
    """签章齐全: each paper of ``文书`` is signed by each role of ``签名`` (or carries a wording of
    ``可以注明``), sealed, dated, and says when it began and ended.
    """

    文书: tuple[str, ...]
    签名: tuple[tuple[str, tuple[str, ...]], ...] = ()
    可以注明: tuple[str, ...] = ()
    印章: bool = False
    日期: bool = False
    起止时间: bool = False
    keys = ("文书", "签名", "可以注明", "印章", "日期", "起止时间")
    needs = ("文书",)

    def judge(self, ctx: Context) -> Verdict:
        gone = ctx.absent(*self.文书)
        if gone:
            return gone
        bad: list[tuple[Paper, str, Place]] = []
        open_: list[tuple[Paper, str, Place]] = []
        for p in ctx.case.readable(*self.文书):
            self._one(ctx, p, bad, open_)
        if bad:
            return fail(
                "；".join(f"{p.name}{what}" for p, what, _ in bad),
                [place for *_, place in bad],
                subject=kinds_of(b[0] for b in bad),
            )
        unread = ctx.unreadable(*self.文书)
        if open_ or unread:
            p, what, place = (
                open_[0] if open_ else (unread[0], "未能识别文字，请人工查看", unread[0].top())
            )
            return review(f"{p.name}{what}", [place])
        return passed("签章齐全", [p.top() for p in ctx.case.readable(*self.文书)[:3]])

    def _one(self, ctx: Context, p: Paper, bad: list, open_: list) -> None:
        facts = ctx.case.facts_of(p)
        for role, labels in self.签名:
            slots = signing_places(p, labels)
            if any(s.signed for s in slots) or (
                self.可以注明
                and (
                    says(p, self.可以注明)
                    or (REFUSED.search(p.running_text.without_spaces) and role != "执法人员")
                )
            ):
                continue
            if (
                slots
                and all(not without_spaces(s.text) or s.date for s in slots)
                and not ctx.covered(slots[-1].place)
            ):
                (open_ if p.recognised else bad).append((p, f"没有{role}签名", slots[-1].place))
            else:
                open_.append((p, f"没有读到{role}的签名处", p.running_text.tail()))
        if self.日期 and not any(n in facts for n in ("日期", "作出日期", "开始时间")):
            (open_ if p.recognised else bad).append((p, "没有日期", p.running_text.tail()))
        if self.起止时间:
            a, b = facts.get("开始时间"), facts.get("结束时间")
            if not (a and b):
                (open_ if p.recognised else bad).append(
                    (p, "没有完整的起止时间", a.place if a else p.top())
                )
        if self.印章 and sealed(p) is not True:
            others = any(q is not p and q.doc.readable and sealed(q) for q in ctx.case.papers)
            (bad if sealed(p) is False and others else open_).append(
                (
                    p,
                    (
                        "没有机关印章"
                        if sealed(p) is False and others
                        else "的印章无法辨认，请核对原件"
                    ),
                    p.running_text.tail(),
                )
            )


@dataclass(frozen=True)
class Officers(Kind):
    """执法人员人数: each paper of ``文书`` names or is signed by at least ``不少于`` officers;
    ``签名`` names the labels of their signing places.
    """

    文书: tuple[str, ...]
    不少于: int
    签名: tuple[str, ...] = (
        "执法人员",
        "检查人员",
        "检查人",
        "执法人员签名",
        "承办人",
        "办案人员",
        "核查人员",
        "工作人员",
        "询问人",
    )
    keys = ("文书", "不少于", "签名")
    needs = ("文书", "不少于")

    def judge(self, ctx: Context) -> Verdict:
        gone = ctx.absent(*self.文书)
        if gone:
            return gone
        bad, open_ = [], ctx.unreadable(*self.文书)
        for p in ctx.case.readable(*self.文书):
            named = {o.name for o in officers(p)}
            slots = [s for s in signing_places(p, self.签名) if s.signed]
            n = max([len(named), *(s.count for s in slots)])
            if n == 0 or (n < self.不少于 and not all(s.sure for s in slots)):
                open_.append(p)
            elif n < self.不少于:
                bad.append((p, n, slots[-1].place if slots else next(o.place for o in officers(p))))
        if bad:
            return fail(
                "；".join(f"{p.name}只有 {n} 名执法（工作）人员" for p, n, _ in bad),
                [b[2] for b in bad],
                subject=kinds_of(b[0] for b in bad),
            )
        if open_:
            return review(
                f"{open_[0].name}没有读到执法（工作）人员，请人工核对人数", [open_[0].top()]
            )
        return passed(
            f"均不少于 {self.不少于} 人", [p.top() for p in ctx.case.readable(*self.文书)[:3]]
        )


@dataclass(frozen=True)
class Listed(Kind):
    """按清单: applies only where the unit handed in the list ``清单``; else the item is not
    applicable. Then like 文书在卷.
    """

    清单: str
    文书: tuple[str, ...]
    keys = ("清单", "文书")
    needs = ("清单", "文书")

    def judge(self, ctx: Context) -> Verdict:
        rows = ctx.case.unit.lists.get(self.清单)
        if rows is None:
            return na(f"单位未提供{self.清单}")
        cause = next(
            (
                f.value
                for kind in ("立案审批表", "卷宗封面", "许可申请书", "查封扣押审批表")
                if (f := ctx.case.fact(kind, "案由"))
            ),
            "",
        )
        names = [next(iter(r.values()), "") for r in rows]
        hit = next(
            (n for n in names if n and cause and (key(n) in key(cause) or key(cause) in key(n))), ""
        )
        if not hit:
            return review(
                f"{self.清单}共 {len(names)} 项，请人工核对本案是否列入",
                ctx.case.anchor(*ctx.decisions),
            )
        return Present(self.文书).judge(ctx)


def first_day(ctx: Context, names: tuple[str, ...]):
    """The first of ``names`` (文书.要素) that is a day: (name, fact), or None."""
    return next(((n, f) for n in names if day_of(f := ctx.fact(n))), None)
