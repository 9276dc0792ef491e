"""The file as a volume: cover, catalogue, order, blanks, strangers, filing day."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from casereview.chinese import DATE, key, number_key, without_spaces
from casereview.model import PICTURE, Place, Verdict
from casereview.papers.catalogue import Entry, entries_of
from casereview.papers.matching import match
from casereview.papers.page_numbers import page_labels
from casereview.papers.paper import Paper
from casereview.rules.special.subject import OUTGOING
from casereview.rules.verdicts import Context, fail, kinds_of, na, passed, predicate, review


def entries(ctx: Context) -> list[Entry]:
    """Rows of the catalogues of the case."""
    return [e for p in ctx.case.readable("卷内目录") for e in entries_of(p.running_text, p.vocab)]


_MAIN = (
    "立案审批表",
    "现场检查笔录",
    "询问笔录",
    "调查终结报告",
    "事先告知书",
    "处罚决定审批表",
    "处罚决定书",
    "法制审核意见书",
    "集体讨论笔录",
    "听证笔录",
    "结案审批表",
)


@predicate("目录与卷内文书相符")
def catalogue_matches(ctx: Context) -> Verdict:
    """目录列出的文书应当在卷，在卷的主要文书应当列入目录，合并 PDF 的页码应当相符。"""
    gone = ctx.absent("卷内目录")
    if gone:
        return gone
    rows = entries(ctx)
    if not rows:
        return review("没有读到卷内目录的行", [ctx.case.one("卷内目录").top()])
    if ctx.case.unread and not all(
        any(d.doc.confidence >= 0.7 for d in ctx.case.papers if d.doc.file == s.path)
        for s in ctx.case.unread
        if s.format != "media"
    ):
        return review("有文件未能完整读取，不能逐项核对目录")
    vocab = ctx.case.papers[0].vocab
    lost = [m.entry for m in match(rows, ctx.case.papers) if m.paper is None]
    listed = [vocab.guess(e.title) for e in rows]
    kinds = {g.kind for g in listed if g}
    extra = [
        p
        for p in ctx.case.papers
        if p.doc.kind in _MAIN
        and p.doc.kind not in kinds
        and not set(p.doc.also) & kinds
        and p.doc.confidence >= 0.8
    ]
    unsure = any(p.doc.guessed for p in ctx.case.papers) or ctx.scanned(rows[0].place)
    if (lost or extra) and unsure:
        what = f"目录第 {lost[0].number or '?'} 项“{lost[0].title}”" if lost else extra[0].name
        return review(f"目录与卷内文书对不上（{what}），请人工核对", [rows[0].place])
    if lost:
        return fail(
            f"目录第 {lost[0].number or '?'} 项“{lost[0].title}”不在卷",
            [e.place for e in lost[:3]],
            subject="目录所列不在卷",
        )
    if extra:
        return fail(
            f"{extra[0].name}没有列入目录",
            [extra[0].top(), ctx.case.one("卷内目录").top()],
            subject="未列入目录",
        )
    wrong = _pages(ctx, rows)
    if wrong:
        return fail(wrong[0], [wrong[1]], subject="页码")
    return passed(f"目录 {len(rows)} 项均在卷", [rows[0].place])


def _pages(ctx: Context, rows: list[Entry]) -> tuple[str, Place] | None:
    """A wrong page number in the catalogue of a merged PDF; rows that are nearly all off by the
    same number are a matter of numbering.
    """
    files = {p.doc.file for p in ctx.case.papers if p.doc.readable}
    for s in ctx.case.sources:
        if s.path not in files or len(s.pages) < 8 or s.format != "pdf":
            continue
        labels = page_labels(s.pages)
        at = {i: n for n, i in labels.items()}
        shifts: list[int] = []
        wrong: list[tuple[str, Place]] = []
        for e in rows:
            index = labels.get(e.page_from or -1)
            g = ctx.case.papers[0].vocab.guess(e.title)
            if (
                index is None
                or not s.pages[index].readable
                or g
                and g.kind in ("卷宗封面", "卷内目录", "备考表")
            ):
                continue  # cover, catalogue and closing sheet are not numbered everywhere
            starts = [
                at[p.doc.page_from - 1] - e.page_from
                for p in ctx.case.papers
                if g
                and p.doc.file == s.path
                and p.doc.is_kind(g.kind)
                and p.doc.page_from - 1 in at
                and e.page_from
            ]
            shifts += [min(starts, key=abs)] if starts else []
            here = [
                p
                for p in ctx.case.papers
                if p.doc.file == s.path and p.doc.page_from <= index + 1 <= p.doc.page_to
            ]
            if (
                g
                and here
                and not here[0].doc.is_kind(g.kind)
                and any(p.doc.is_kind(g.kind) for p in ctx.case.papers)
                and here[0].doc.confidence >= 0.8
                and g.confidence >= 0.9
            ):
                wrong.append(
                    (f"目录载明“{e.title}”在第 {e.page_from} 页，该页是{here[0].doc.kind}", e.place)
                )
        if wrong and not (
            len(shifts) >= 4
            and sum(n == max(set(shifts), key=shifts.count) != 0 for n in shifts)
            >= 0.7 * len(shifts)
        ):
            # where nearly all rows are off by the same number, the file is numbered from another
            # page on
            return wrong[0]
    return None


_RANK = {
    k: i
    for i, ks in enumerate(
        (
            ("案件来源登记表", "立案审批表"),
            ("现场检查笔录", "询问笔录", "现场照片", "责令改正通知书"),
            ("调查终结报告",),
            ("事先告知书", "听证告知书"),
            ("处罚决定书",),
            ("结案审批表",),
        )
    )
    for k in ks
}


@predicate("文书按程序排列")
def order(ctx: Context) -> Verdict:
    """目录（或者合并 PDF、编号文件）的次序不应明显颠倒；决定书和送达回证置前的通行排法不算。"""
    rows = entries(ctx)
    vocab = ctx.case.papers[0].vocab if ctx.case.papers else None
    if rows:
        seq = [(g.kind, e.place) for e in rows if (g := vocab.guess(e.title))]
    else:
        gone = ctx.absent("卷内目录")
        if gone and gone.status == "review":
            return gone
        merged = [s for s in ctx.case.sources if s.format == "pdf" and len(s.pages) >= 12]
        if not merged:
            return na("没有目录，也不是合并 PDF")
        seq = [(p.doc.kind, p.top()) for p in ctx.case.papers if p.doc.file == merged[0].path]
    first: dict[str, tuple[int, Place]] = {}
    for i, (k, place) in enumerate(seq):
        if k in _RANK and k not in first:
            first[k] = (i, place)
    if len(first) < 4:
        return review("可识别的主要文书太少，不能判断次序")
    at_front = (
        "处罚决定书" in first
        and first["处罚决定书"][0] <= 4
        and first["处罚决定书"][0]
        < min((v[0] for k, v in first.items() if _RANK[k] == 0), default=99)
    )
    ranked = sorted(
        (v[0], _RANK[k], k, v[1]) for k, v in first.items() if not (at_front and k == "处罚决定书")
    )
    bad = [(a, b) for n, a in enumerate(ranked) for b in ranked[n + 1 :] if a[1] > b[1]]
    serious = [(a, b) for a, b in bad if a[1] - b[1] >= 2]
    if serious:
        a, b = serious[0]
        return fail(
            f"{a[2]}排在{b[2]}之前，次序明显颠倒",
            [a[3], b[3]],
            *(f"{x[2]} 先于 {y[2]}" for x, y in bad),
            subject="次序",
        )
    return passed("次序没有明显颠倒", [ranked[0][3]])


_BLANK = re.compile(
    r"[×X]{2,}(?:号|年|公司|元|同志|局|县|市)|[【\[][\s_]*[】\]]|【(?:待填|待定|填写|请填|此处|XX)[^】]{0,12}】|待填|此处填写|（填写[^）]{0,12}）|_{3,}(?:年|月|日|元|号)|(?<!\d)\s*年\s{1,}月\s{1,}日|(?<![\d\u4e00-\u9fff〇○])年月日(?!期)|(?:19|20)\d\d\s*年\s+月\s*\d*\s*日|(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s+日|〔\s*〕\s*第?\s*号|\[\s*\]\s*第?\s*号"
)


@predicate("无应填未填的空白")
def no_blanks(ctx: Context) -> Verdict:
    """文书中不应残留模板占位（年 月 日 空白、××、【 】、待填等）。"""
    hits = []
    for p in ctx.case.papers:
        if not p.doc.readable or p.doc.kind in (
            "卷内目录",
            "证据材料",
            "当事人身份证明",
            "公示记录",
            "缴款凭证",
            "检验检测报告",
        ):
            continue
        m = _BLANK.search(p.running_text.text.replace(PICTURE, "＃"))
        if m:
            place = p.running_text.place(m.start(), m.end(), without_spaces=False)
            line = next(
                (
                    without_spaces(ln.text)
                    for page, ln in p.running_text.lines
                    if page == place.page and without_spaces(m.group(0)) in without_spaces(ln.text)
                ),
                without_spaces(m.group(0)),
            )
            hits.append(
                (
                    p,
                    Place(
                        place.file, place.page, place.box, line[:80] or without_spaces(m.group(0))
                    ),
                )
            )
    sure = [(p, pl) for p, pl in hits if pl.page not in p.recognised]
    if hits and not sure:
        return review(
            f"扫描的{hits[0][0].name}可能有应填未填的内容，请人工核对", [pl for _, pl in hits[:3]]
        )
    hits = sure
    if hits:
        return fail(
            "；".join(f"{p.name}有应填未填的内容“{pl.quote[-30:]}”" for p, pl in hits[:3]),
            [pl for _, pl in hits[:5]],
            subject=kinds_of(h[0] for h in hits),
            count=len(hits),
        )
    if ctx.case.unread:
        return review("可读文书没有空白，有文件未能完整读取")
    return passed("没有发现残留占位")


@predicate("卷内文书同属一案")
def same_case(ctx: Context) -> Verdict:
    """卷内不应出现另一当事人或者另一案件文号的文书。"""
    d = ctx.decision
    party = ctx.dfact("当事人") or ctx.case.fact("立案审批表", "当事人")
    if party is None:
        return ctx.absent(*ctx.decisions) or review("没有读到当事人名称")
    names = [key(n) for n in (party.value if isinstance(party.value, list) else [party.value])]
    own = ctx.dfact("文号")
    others = []
    for p in ctx.case.readable(
        *OUTGOING,
        "立案审批表",
        "送达回证",
        "现场检查笔录",
        "询问笔录",
        "调查终结报告",
        "法制审核意见书",
        "处罚决定审批表",
        "集体讨论笔录",
        "结案审批表",
        "其他",
        "缴款凭证",
        "先行登记保存通知书",
        "检验检测报告",
    ):
        if p is d or not names:
            continue
        text = key(p.running_text.without_spaces)
        if any(n in text for n in names) or len(text) < 60:
            continue
        f = p.field(
            "当事人",
            "受送达人",
            "被检查人",
            "被处罚人",
            "缴款人",
            "交款人",
            "被检查（勘验）人",
            "当事人名称",
            "被检查单位（人）",
            "被检查单位",
            accept=r"[\u4e00-\u9fff]{2}",
        )
        signs = bool(
            f and (PICTURE in f.value or DATE.search(f.without_spaces))
        )  # where somebody signs for the party
        named = key(re.split(r"[（(，,；;]", f.without_spaces)[0]) if f and not signs else ""
        who = _addressed(p)
        other = named or (key(who) if who else "")
        if other and all(fuzz.ratio(other, n) < 88 for n in names) and not _belongs(ctx, other):
            others.append((p, f.place if f else p.top(), other))
    if others:
        mine = party.value[0] if isinstance(party.value, list) else party.value
        return fail(
            "；".join(f"{p.name}的当事人是“{other}”" for p, _, other in others)
            + f"，不是本案当事人“{mine}”",
            [*(place for _, place, _ in others), party.place],
            subject="、".join(sorted({other for *_, other in others})),
        )
    if own and d:
        mine = number_key(own.value)
        for p in ctx.case.readable("处罚决定书")[1:]:
            f = ctx.case.facts_of(p).get("文号")
            if f and number_key(f.value) != mine:
                return fail(
                    f"卷内有另一份处罚决定书{f.value}", [f.place, own.place], subject=f.value
                )
    if ctx.case.unread:
        return review("可读文书同属一案，有文件未能完整读取")
    return passed("卷内文书同属一案", [party.place])


def _addressed(p: Paper) -> str:
    from casereview.facts.party_head import addressee

    got = addressee(p)
    return got[0] if got and not re.search(r"法院|局$|分局|大队|中队|机关", got[0]) else ""


def _belongs(ctx: Context, name: str) -> bool:
    """True when the name is someone of this case: legal representative, agent, or named in the
    decision or filing form.
    """
    for p in [
        *([ctx.decision] if ctx.decision else []),
        *ctx.case.readable("立案审批表", "授权委托书", "当事人身份证明", "现场检查笔录")[:4],
    ]:
        if name in key(p.running_text.without_spaces):
            return True
    return False
