"""Who acts and against whom: agency, officers, parties (行政处罚法 17, 18, 39, 42, 43, 55, 59)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from casereview.chinese import id_check, key, without_spaces
from casereview.chinese.names import agency_ending
from casereview.facts import foot, grounds
from casereview.facts.form_fields import officers
from casereview.facts.party import same_party_in
from casereview.facts.readers import day_of, labels_of, signed_at
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
_HEAD = re.compile(
    rf"^([\u4e00-\u9fff（）]{{3,30}}?{agency_ending()})(?=$|[\u4e00-\u9fff（）()／/]{{3,30}}$)"
)


def agency_of(ctx: Context, p: Paper) -> tuple[str, Place] | None:
    """The agency in whose name a paper speaks: under the text, else in the head."""
    f = ctx.case.facts_of(p).get("落款机关") or foot.issuing_agency(p)
    if f:
        return f.value, f.place
    for page, ln in p.running_text.lines[:3]:
        m = _HEAD.match(without_spaces(ln.text))
        if m and ln.cell is None:
            return m[1], Place(p.running_text.file, page, ln.box, m[1])
    return None


@predicate("执法主体前后一致")
def agency_consistent(ctx: Context) -> Verdict:
    """立案、告知、决定、送达等文书的落款（或者文头）机关应当是同一机关。"""
    found: list[tuple[Paper, str, Place]] = []
    for p in ctx.case.readable(*OUTGOING, "立案审批表", "送达回证"):
        got = agency_of(ctx, p)
        if got and len(got[0]) >= 4:
            found.append((p, got[0], got[1]))
    if ctx.decision is None and not found:
        return ctx.absent(*ctx.decisions) or review("没有读到落款机关")
    base = next((x for x in found if x[0].doc.kind in ctx.decisions), found[0] if found else None)
    if base is None:
        return review("没有读到任何文书的落款机关")
    bad = [
        x
        for x in found
        if not (
            key(x[1]).endswith(key(base[1]))
            or key(base[1]).endswith(key(x[1]))
            or key(x[1]).startswith(key(base[1]))
        )
    ]
    bad = [
        x
        for x in bad
        if not (fuzz.ratio(key(x[1]), key(base[1])) >= 70 and ctx.scanned(x[2], base[2]))
    ]  # a misread character on a scan
    if bad and ctx.scanned(bad[0][2]) and not re.search(rf"{agency_ending()}$", bad[0][1]):
        return review(f"{bad[0][0].name}的机关读作“{bad[0][1]}”，请核对原件", [bad[0][2]])
    if bad:
        return fail(
            "；".join(f"{p.name}的机关是“{name}”" for p, name, _ in bad)
            + f"，与{base[0].doc.kind}的“{base[1]}”不同",
            [*(x[2] for x in bad), base[2]],
            subject=kinds_of(b[0] for b in bad),
        )
    if ctx.unreadable(*OUTGOING):
        return review("有对外文书未能识别文字，无法核对落款机关")
    return passed(f"各文书的机关均为“{base[1]}”", [base[2]])


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
    from casereview.facts.form_fields import signature

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
            if not o.number and p.doc.kind in RECORDS and p.recognised:
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


@predicate("当事人名称前后一致")
def party_consistent(ctx: Context) -> Verdict:
    """立案、告知、决定、送达文书中当事人名称应当相同；空格、全半角、括号形式不算不同。"""
    names: list[tuple[str, Place, str]] = []
    for kind in ("处罚决定书", "立案审批表", "事先告知书", "听证告知书"):
        for p in ctx.case.readable(kind):
            f = ctx.case.facts_of(p).get("当事人")
            for v in f.value if f and isinstance(f.value, list) else [f.value] if f else []:
                names.append((v, f.place, kind))
    for p in ctx.case.receipts("处罚决定书", "事先告知书"):
        f = ctx.case.facts_of(p).get("受送达人")
        if f:
            names.append((f.value, f.place, "送达回证"))
    if not names:
        return ctx.absent(*ctx.decisions) or review("没有读到当事人名称")
    base = [n for n in names if n[2] == "处罚决定书"] or names[:1]
    allowed = {_party_key(n[0]) for n in base}
    for v, place, kind in names:
        k = _party_key(v)
        if k in allowed or any(k.startswith(a) or a.startswith(k) and len(k) >= 4 for a in allowed):
            continue
        if any(same_party_in(ctx.case, v, n[0]) for n in base):
            continue
        if kind == "送达回证" and max(fuzz.ratio(k, a) for a in allowed) < 45:
            return review(
                f"送达回证的受送达人是“{v}”，与当事人“{base[0][0]}”不同，请核对是否代收",
                [place, base[0][1]],
            )
        slip = any(len(k) == len(a) and Levenshtein.distance(k, a) <= 1 for a in allowed)
        if slip and ctx.scanned(place, base[0][1]):
            return review(
                f"{kind}读作“{v}”，{base[0][2]}读作“{base[0][0]}”，可能是识别误差，请核对原件",
                [place, base[0][1]],
            )
        return fail(
            f"{kind}写作“{v}”，{base[0][2]}写作“{base[0][0]}”", [place, base[0][1]], subject=kind
        )
    if ctx.unreadable("处罚决定书", "立案审批表", "事先告知书"):
        return review("有文书未能识别文字，无法核对当事人名称")
    return passed(f"当事人名称均为“{base[0][0]}”", [base[0][1]])


def _party_key(name: str) -> str:
    """A name without notes such as (经营者：某某) or (法定代表人); brackets inside the name stay,
    in one shape.
    """
    name = re.sub(
        r"[（(](?:经营者|法定代表人|负责人|个体|委托|代理|系|以下|统一|身份|公民|当事人)[^（）()]*[)）]",
        "",
        name,
    )
    return re.sub(r"[，,、。；;].*$", "", key(name))


@predicate("当事人证照号码一致")
def party_id(ctx: Context) -> Verdict:
    """统一社会信用代码或身份证号前后相同，校验位正确；遮蔽的号码不校验。依据 GB 32100、GB 11643。"""
    found: list[tuple[str, Place, str]] = []
    for p in ctx.case.readable(
        "处罚决定书",
        "立案审批表",
        "调查终结报告",
        "处罚决定审批表",
        "当事人身份证明",
        "事先告知书",
        "责令改正通知书",
        "公示记录",
    ):
        labels = labels_of(p, "证照号码栏")
        for f in p.fields(*labels.names, like=labels.like):
            m = re.match(r"([0-9A-Za-z]{18})(?![0-9A-Za-z*])", f.without_spaces)
            if m:
                found.append((_code(m[1]), f.place, p.doc.kind))
        for s in p.running_text.all(
            r"(?:统一社会信用代码|公民身份号码|身份证号码?)[：:]([0-9A-Za-z]{18})(?![0-9A-Za-z*])"
        ):
            found.append((_code(s.text[-18:]), s.place, p.doc.kind))
    if not found:
        return (
            ctx.absent(*ctx.decisions) if not ctx.decision else review("没有读到当事人的证照号码")
        )
    main = next((x for x in found if x[2] == "处罚决定书"), found[0])
    for n, place, kind in found:
        same_type = bool(re.fullmatch(r"\d{17}[\dX]", n)) == bool(
            re.fullmatch(r"\d{17}[\dX]", main[0])
        )
        if (
            ctx.scanned(place, main[1])
            and same_type
            and n != main[0]
            and not (id_check(n) and id_check(main[0]))
        ):
            return review(
                f"{kind}与{main[2]}的证照号码读数不同，可能是识别误差，请核对原件", [place, main[1]]
            )
        if id_check(n) is False and same_type and ctx.scanned(place):
            return review(f"{kind}的证照号码读数校验位不符，可能是识别误差，请核对原件", [place])
        if id_check(n) is False and same_type:
            return fail(f"{kind}的证照号码 {n[:6]}******{n[-4:]} 校验位不符", [place], subject=kind)
        if (
            same_type
            and n != main[0]
            and (
                fuzz.ratio(n, main[0]) >= 70 or kind in ("处罚决定书", "立案审批表", "调查终结报告")
            )
        ):
            return fail(f"{kind}与{main[2]}的证照号码不同", [place, main[1]], subject=kind)
    if ctx.unreadable("处罚决定书", "立案审批表"):
        return review("有文书未能识别文字，无法核对证照号码")
    return passed("证照号码一致，校验位正确", [main[1]])


def _code(text: str) -> str:
    """A credit code or ID in capitals; the letters O and I do not occur in either and are misread
    or mistyped figures.
    """
    return text.upper().replace("O", "0").replace("I", "1")


def recipient_of(p: Paper) -> str:
    """The recipient named on a receipt."""
    f = p.field(*labels_of(p, "受送达人").names)
    return f.without_spaces if f else ""
