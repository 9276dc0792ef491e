"""Who acts and against whom: agency, officers, parties (行政处罚法 17, 18, 39, 42, 43, 55, 59)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from casereview.chinese import key, without_spaces
from casereview.facts import grounds
from casereview.facts.form_fields import loose_numbers, officers
from casereview.facts.readers import day_of, signed_at
from casereview.facts.reading_steps import last_date
from casereview.law.statutes import short_title
from casereview.model import Place, Verdict
from casereview.papers.paper import Paper
from casereview.rules.verdicts import (
    RECORDS,
    Context,
    fail,
    kinds_of,
    na,
    passed,
    predicate,
    review,
)

OUTGOING = (
    "处罚决定书",
    "事先告知书",
    "听证告知书",
    "责令改正通知书",
    "查封扣押决定书",
    "催告书",
    "听证通知书",
    "加处罚款决定书",
)


@predicate("处罚事项在权责清单内")
def authority_listed(ctx: Context) -> Verdict:
    """单位提供了权责清单时，案由或者处罚依据应当在清单中。"""
    rows = ctx.case.unit.authority
    if rows is None:
        return na("单位未提供权责清单")
    cause = ctx.case.fact("立案审批表", "案由") or ctx.case.fact("卷宗封面", "案由")
    basis = grounds.basis(ctx.decision) if ctx.decision else None
    if cause is None and basis is None:
        return review("没有读到案由和处罚依据")
    names = [
        (r.get("事项名称") or r.get("事项") or "", r.get("处罚依据") or r.get("依据") or "")
        for r in rows
    ]
    cause_text = re.sub(r"案$|^涉嫌", "", cause.value) if cause else ""
    for name, ground in names:
        bare = re.sub(r"^对|的?行政处罚$|的处罚$|进行处罚$", "", name)
        if cause_text and (
            fuzz.ratio(key(bare), key(cause_text)) >= 75
            or fuzz.partial_ratio(key(bare), key(cause_text)) >= 88
        ):
            return passed(f"案由与清单事项“{name}”相符", [cause.place] if cause else [])
        if (
            basis
            and short_title(basis.law) in key(ground)
            and basis.articles
            and re.match(r"第.+?条", basis.articles[0]).group(0) in ground
        ):
            return passed(f"处罚依据与清单事项“{name}”相符", [basis.place])
    place = cause.place if cause else basis.place
    return fail(f"权责清单共 {len(names)} 项，没有与案由“{cause_text}”对应的事项", [place])


@predicate("执法人员不少于两人")
def two_officers(ctx: Context) -> Verdict:
    """检查、询问笔录和送达回证载明的执法人员，以及立案表的承办人，都不得少于两人。"""
    bad: list[tuple[Paper, int, Place]] = []
    open_: list[Paper] = ctx.unreadable(*RECORDS, "送达回证")
    seen = 0
    for p in ctx.case.readable(*RECORDS):
        n = len({o.name for o in officers(p)})
        place = next((o.place for o in officers(p)), p.top())
        if n == 0:
            n = max((s.count for s in officer_slots(p)), default=0)
        if n == 1 and max((s.count for s in officer_slots(p)), default=0) >= 2:
            open_.append(
                p
            )  # one is named and two signed: which of them is right is for a person to see
        elif n == 1:
            bad.append((p, n, place))
        elif n == 0:
            open_.append(p)
        seen += n >= 2
    for p in ctx.case.readable("送达回证"):
        how = ctx.case.facts_of(p).get("送达方式")
        if how and re.search(r"邮|电子|公告|转交|委托", how.value):
            continue
        s = [s for s in signed_at(p, "送达人") if s.signed]
        if s and max(x.count for x in s) == 1 and not all(x.sure for x in s):
            open_.append(p)
        elif s and max(x.count for x in s) == 1:
            bad.append((p, 1, s[0].place))
        seen += bool(s)
    for p in ctx.case.readable("立案审批表"):
        s = [s for s in signed_at(p, "承办人") if s.signed]
        if s and max(x.count for x in s) == 1:
            (bad.append((p, 1, s[0].place)) if s[0].sure else open_.append(p))
    if bad:
        return fail(
            "；".join(f"{p.name}只有一名执法人员" for p, _, _ in bad),
            [b[2] for b in bad],
            subject=kinds_of(b[0] for b in bad),
        )
    if open_:
        return review(f"{open_[0].name}没有读到执法人员，请人工核对人数", [open_[0].top()])
    if not seen:
        return ctx.absent(*RECORDS, "送达回证") or review("没有读到执法人员")
    return passed("笔录、送达回证和立案表的执法人员均不少于两人")


def officer_slots(p: Paper):
    """Signing places of officers at the end of a record."""
    return tail_slots(
        p, r"(?:检查|勘验|勘察|询问|执法|调查|办案|核查|复查)(?:（[^）]{1,6}）)?人员?"
    )


def tail_slots(p: Paper, who: str):
    """Signatures after ``who…：`` in the closing part of a record (the last occurrence of each
    label).
    """
    from casereview.facts.signature import signature

    text = p.running_text.text
    found: dict[str, object] = {}
    spaced = re.compile(
        rf"(?P<l>(?:被)?(?:{who})(?:[（(][^（）()\n]{{1,12}}[)）]|或者?|及|和|、"
        rf"|[\u4e00-\u9fff]){{0,16}}?(?:签名|签字|签章|盖章|确认)?(?:或者?盖章)?[)）]?)\s*[：:](?P<v>[^\n]*(?:\n(?=\s*{'￼'})[^\n]*)?)"
    )
    loose = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff：:（）])", "", text)
    for m in spaced.finditer(loose):
        label = m["l"]
        if label.startswith("被") or "记录" in label:
            continue
        value = re.split(r"\s{1,}(?=[\u4e00-\u9fff（）]{2,14}[：:])", m["v"])[0]
        at = p.running_text.text.find(without_spaces(label)[:4], int(len(text) * 0.2))
        place = (
            p.running_text.place(max(at, 0), max(at, 0) + len(label), without_spaces=False)
            if at >= 0
            else p.running_text.tail()
        )
        found[label] = signature(value, place, place.page in p.recognised)
    signing = {k: v for k, v in found.items() if "签" in k}
    return list((signing or found).values())


@predicate("笔录载明执法证号")
def certificates(ctx: Context) -> Verdict:
    """检查、询问笔录有执法人员姓名的，应当有执法证号；同一人在本卷的证号应当相同。"""
    none = ctx.absent(*RECORDS)
    if none:
        return none if none.status != "na" else review("卷内没有检查或询问笔录")
    numbers: dict[str, tuple[str, Place]] = {}
    bad: list[tuple[str, tuple[Place, ...]]] = []
    unknown = None
    for p in ctx.case.readable(*RECORDS, "整改复查记录"):
        who = officers(p)
        if not who and p.doc.kind in RECORDS:
            unknown = unknown or p
        for o in who:
            if not o.number and p.doc.kind in RECORDS and (p.recognised or loose_numbers(p, who)):
                unknown = unknown or p
                continue
            if not o.number and p.doc.kind in RECORDS:
                bad.append((f"{p.name}没有载明{o.name}的执法证号", (o.place,)))
            if (
                o.number
                and o.name in numbers
                and numbers[o.name][0] != o.number
                and not p.recognised
            ):
                bad.append(
                    (
                        f"{o.name}的执法证号在卷内不一致：{numbers[o.name][0]}、{o.number}",
                        (numbers[o.name][1], o.place),
                    )
                )
            if o.number:
                numbers.setdefault(o.name, (o.number, o.place))
    if bad:
        return _all(bad, "执法证号")
    if unknown or ctx.unreadable(*RECORDS):
        p = unknown or ctx.unreadable(*RECORDS)[0]
        return review(f"{p.name}没有读到执法人员及证号", [p.top()])
    return passed("笔录均载明执法证号", [v[1] for v in numbers.values()][:2])


def _all(bad: Iterable[tuple[str, Iterable[Place]]], subject: str) -> Verdict:
    """One finding on all that is wrong, whatever came first in the file."""
    bad = list(bad)
    return fail(
        "；".join(words for words, _ in bad),
        [p for _, places in bad for p in places],
        subject=subject,
    )


@predicate("执法人员资格有效")
def officers_qualified(ctx: Context) -> Verdict:
    """单位提供了执法人员名册时，本卷执法人员应当在册、证号相符、行为日证件有效、
    身份不是聘用借用辅助人员。
    """
    roster = ctx.case.unit.officers
    if roster is None:
        return na("单位未提供执法人员名册")
    by = {r.get("姓名", ""): r for r in roster}
    seen: bool | None = False
    bad: dict[
        tuple[str, str], tuple[str, list[Place]]
    ] = {}  # (person, what is wrong) -> words and every place
    for p in ctx.case.readable(*RECORDS, "整改复查记录"):
        start = (
            ctx.case.facts_of(p).get("开始时间")
            or ctx.case.facts_of(p).get("复查日期")
            or last_date(p)
        )
        day = day_of(start)
        for o in officers(p):
            seen = True
            row = by.get(o.name)
            if row is None and p.recognised:
                seen = None
                continue
            if row is None:
                bad.setdefault(
                    (o.name, "不在册"),
                    (f"{p.name}的执法人员{o.name}不在单位提供的执法人员名册中", []),
                )[1].append(o.place)
                continue
            number = row.get("执法证号", "")
            if o.number and number and o.number != number and not p.recognised:
                bad.setdefault(
                    (o.name, "证号"),
                    (f"{o.name}的执法证号与名册不符：卷内 {o.number}，名册 {number}", []),
                )[1].append(o.place)
            start_ok, end_ok = row.get("有效期起", ""), row.get("有效期止", "")
            if day and (
                (start_ok and day.isoformat() < _iso(start_ok))
                or (end_ok and day.isoformat() > _iso(end_ok))
            ):
                bad.setdefault(
                    (o.name, f"有效期{day}"),
                    (
                        (
                            f"{o.name}的执法证有效期为 {start_ok} 至 {end_ok}，行为日"
                            f" {day.isoformat()} 不在有效期内"
                        ),
                        [],
                    ),
                )[1].append(o.place)
            if re.search(r"聘用|借用|辅助|协管|临时|劳务", row.get("身份", "")):
                bad.setdefault(
                    (o.name, "身份"), (f"{o.name}在名册中的身份是“{row['身份']}”，不是执法人员", [])
                )[1].append(o.place)
    for p in ctx.case.readable("立案审批表", "送达回证"):
        for s in signed_at(p, "承办人" if p.doc.kind == "立案审批表" else "送达人"):
            for n in s.names if s.sure else ():
                if n not in by:
                    bad.setdefault(
                        (n, "不在册"), (f"{p.name}的{n}不在单位提供的执法人员名册中", [])
                    )[1].append(s.place)
    if bad:
        return _all([bad[k] for k in sorted(bad)], "、".join(sorted({name for name, _ in bad})))
    if ctx.unreadable(*RECORDS) or not seen:
        return review("没有读到全部执法人员，无法与名册核对")
    return passed("本卷执法人员均在册且证件有效")


def _iso(text: str) -> str:
    return "-".join(x.zfill(2) for x in re.split(r"[-/.年月日]", text) if x)
