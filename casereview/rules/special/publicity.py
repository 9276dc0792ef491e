"""Publicity and full-process recording (行政处罚法 47, 48, 50; 国办发〔2018〕118号)."""

from __future__ import annotations

import re
from decimal import Decimal

from rapidfuzz import fuzz

from casereview.chinese import (
    PartyKind,
    find_dates,
    find_money,
    key,
    number_key,
    without_spaces,
)
from casereview.facts.party import kind_in, same_party_in
from casereview.facts.readers import day_of
from casereview.model import Place, SourceFile, Verdict
from casereview.rules.special.measures import SEIZURE
from casereview.rules.verdicts import RECORDS, Context, cn_day, fail, na, passed, predicate, review


@predicate("处罚决定信息已公示")
def published(ctx: Context) -> Verdict:
    """卷内应当有公示截图、公示审批或者公示记录；依法不公示并有说明的不适用。"""
    if ctx.case.readable("公示记录"):
        return passed("有公示记录", [ctx.case.readable("公示记录")[0].top()])
    for p in ctx.case.papers:
        s = p.running_text.find(
            r"(?:依法)?(?:不予|不|免于)(?:公示|公开)(?!举行|听证|审理|进行|开庭)[^。；\n]{0,30}"
        )
        if s and p.doc.kind not in ctx.decisions:
            return na(f"有不公示的说明：{s.text}")
    return ctx.missing(["公示记录"], "卷内没有公示截图、公示审批或者公示记录", "处罚决定书")


@predicate("七个工作日内公示")
def published_in_time(ctx: Context) -> Verdict:
    """自作出决定之日起七个工作日内公示。"""
    gone = ctx.absent("公示记录")
    if gone:
        return gone
    f = ctx.case.fact("公示记录", "公示日期")
    start = ctx.decided or day_of(ctx.case.fact("公示记录", "决定日期"))
    if day_of(f) is None or start is None:
        return review("没有读到公示日期或者决定日期")
    limit = ctx.limit("公示期限", start)
    if limit is None:
        return review("没有决定日有效的公示期限参数")
    n = ctx.calendar.workdays_after(start, day_of(f))
    text = f"决定 {cn_day(start)}，公示 {cn_day(day_of(f))}，{n} 个工作日"
    return (
        passed(text, [f.place])
        if n <= limit.value
        else fail(f"{text}，超过{limit.sentence()}", [f.place])
    )


@predicate("公示内容与决定书一致")
def content_matches(ctx: Context) -> Verdict:
    """公示的文号、当事人、处罚内容、决定日期应当与决定书相同；自然人姓名遮蔽的不算不同。"""
    gone = ctx.absent("公示记录")
    if gone:
        return gone
    if ctx.decision is None:
        v = ctx.absent(*ctx.decisions)
        return na("卷内没有处罚决定书") if v.status == "na" else v
    p = ctx.case.one("公示记录")
    f = ctx.case.facts_of(p)
    bad: list[tuple[str, Place]] = []
    number, mine = f.get("文号"), ctx.dfact("文号")
    if number and mine and number_key(number.value) != number_key(mine.value):
        bad.append((f"文号公示为{number.value}，决定书为{mine.value}", number.place))
    who, party = f.get("当事人"), ctx.dfact("当事人")
    if who and party and not any(_same_name(ctx, who.value, x) for x in party.value):
        bad.append((f"当事人公示为“{who.value}”，决定书为“{party.value[0]}”", who.place))
    day = f.get("决定日期")
    if day and ctx.decided and day_of(day) != ctx.decided:
        bad.append((f"决定日期公示为{day.value}，决定书为{ctx.decided.isoformat()}", day.place))
    content, fine = f.get("处罚内容"), ctx.dfact("罚款金额")
    if content and fine:
        m = re.search(r"罚款[^；;。]*|处[^；;。]{2,40}罚款", content.value)
        sums = [x[0] for x in find_money(m.group(0))] if m else []
        if sums and Decimal(fine.value) not in sums:
            bad.append((f"罚款公示为{sums[0]}元，决定书为{fine.value}元", content.place))
    ours, theirs = (number_key(x.value) if x else "" for x in (number, mine))
    near = (
        who
        and party
        and ours == theirs
        and any(fuzz.ratio(key(who.value), key(x)) >= 80 for x in party.value)
    )
    near = near or (
        len(bad) == 1 and bad[0][0].startswith("文号") and fuzz.ratio(ours, theirs) >= 85
    )
    if bad and near and ctx.scanned(*(b[1] for b in bad), *([party.place] if party else [])):
        return review(
            "公示内容与决定书读数不一致，可能是识别误差，请核对原件："
            + "；".join(b[0] for b in bad),
            [b[1] for b in bad],
        )
    if bad:
        return fail(
            "公示内容与决定书不一致：" + "；".join(b[0] for b in bad),
            [b[1] for b in bad],
            subject="公示记录",
        )
    if not any((number, who, day)):
        return review(f"{p.name}没有读到公示的文号、当事人和日期", [p.top()])
    return passed("公示内容与决定书一致", [number.place if number else p.top()])


def _same_name(ctx: Context, a: str, b: str) -> bool:
    if same_party_in(ctx.case, a, b):
        return True
    a, b = key(a), key(b)
    if a.startswith(b) or b.startswith(a):
        return True
    masked = re.sub(r"[某*xX×＊]+", "", a)
    return masked != a and bool(masked) and b.startswith(masked[0])


_ID = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])"
)
_PHONE = re.compile(r"(?<!\d)1\d{10}(?!\d)")
_BANK = re.compile(r"(?:账号|帐号|卡号|银行账户)[：:]?\d{12,19}")
_HOME = re.compile(
    r"(?:住址|家庭住址|住所|户籍地址)[：:\n]?[^\n，。；]{2,30}(?:号|室|组|村|弄|幢|单元)"
)


@predicate("公示隐去个人信息")
def privacy(ctx: Context) -> Verdict:
    """公示内容不得出现自然人完整的身份证号、住址、电话、银行账号。"""
    gone = ctx.absent("公示记录")
    if gone:
        return gone
    party = ctx.dfact("当事人")
    person = bool(party) and kind_in(ctx.case, party.value[0]) is PartyKind.PERSON
    for p in ctx.case.readable("公示记录"):
        for name, pattern in (
            ("身份证号", _ID),
            ("电话号码", _PHONE),
            ("银行账号", _BANK),
            *((("住址", _HOME),) if person else ()),
        ):
            s = p.running_text.find(pattern)
            if s:
                return fail(
                    f"{p.name}出现完整的{name}",
                    [Place(s.place.file, s.place.page, s.place.box, s.text[:6])],
                    subject=name,
                )
    return passed("没有发现完整的个人信息", [ctx.case.readable("公示记录")[0].top()])


STAGES = (
    ("启动", ("案件来源登记表", "立案审批表")),
    ("调查取证", (*RECORDS, "证据材料", "现场照片", "检验检测报告", "调查终结报告")),
    ("审核", ("法制审核意见书", "集体讨论笔录", "处罚决定审批表")),
    ("决定", ()),
    ("送达", ("送达回证", "送达公告")),
    (
        "执行",
        (
            "缴款凭证",
            "催告书",
            "强制执行申请书",
            "结案审批表",
            "延期分期缴纳审批表",
            "加处罚款决定书",
            "整改复查记录",
        ),
    ),
)


@predicate("各环节均有文字记录")
def stages(ctx: Context) -> Verdict:
    """启动、调查、审核、决定、送达、执行各环节都应当有文书（行政处罚法47）。"""
    stages_ = [(w, kinds or ctx.decisions) for w, kinds in STAGES]
    empty = [(w, kinds) for w, kinds in stages_ if not ctx.case.readable(*kinds)]
    if not empty:
        return passed("六个环节均有文书")
    open_ = [(w, v) for w, kinds in empty if (v := ctx.absent(*kinds)) and v.status == "review"]
    sure = [(w, kinds) for w, kinds in empty if w not in [x[0] for x in open_]]
    if sure:
        return fail(
            f"{'、'.join(w for w, _ in sure)}环节没有任何文书",
            ctx.case.anchor(*ctx.decisions, "立案审批表"),
            *(f"{w}：没有 {'、'.join(k)}" for w, k in sure),
            subject=sure[0][0],
        )
    return review(f"{open_[0][0]}环节没有读到文书，有文件未能识别", open_[0][1].places)


def recordings(ctx: Context) -> list[SourceFile]:
    """Video and audio files of the case."""
    return [s for s in ctx.case.sources if s.format == "media"]


def listed_names(ctx: Context) -> list[tuple[str, Place]]:
    """File names in the 音像资料清单 of the case."""
    out = []
    for p in ctx.case.readable("音像资料清单"):
        column = None
        for page, cells, boxes in p.running_text.rows():
            keys = [key(c) for c in cells]
            hit = next(
                (
                    i
                    for i, k in enumerate(keys)
                    if k
                    in (
                        "文件名",
                        "文件名称",
                        "名称",
                        "音像文件名",
                        "资料名称",
                        "文件编号",
                        "编号/文件名",
                        "文件名(编号)",
                    )
                ),
                None,
            )
            if hit is not None:
                column = hit
                continue
            if (
                column is not None
                and column < len(cells)
                and without_spaces(cells[column])
                and len(cells) > 2
            ):
                out.append(
                    (
                        without_spaces(cells[column]),
                        Place(
                            p.running_text.file, page, boxes[column], without_spaces(cells[column])
                        ),
                    )
                )
        if column is None:
            out += [
                (s.text, s.place)
                for s in p.running_text.all(
                    r"[\w\u4e00-\u9fff（）()\-]{2,40}\.(?:mp4|avi|mov|wmv|mp3|wav|m4a|jpe?g|png|MP4|AVI|MOV|WAV|MP3|JPG)"
                )
            ]
    return out


_EVENTS = (("查封扣押", SEIZURE[:1], r"查封|扣押|强制"), ("听证", ("听证笔录",), r"听证"))


@predicate("应当音像记录的环节有音像")
def av_required(ctx: Context) -> Verdict:
    """查封扣押、强制、听证、留置送达、公告送达等环节，应当有音像文件或者音像记录清单（光盘说明）。"""
    needed: list[tuple[str, str, Place]] = []
    open_ = False
    for word, kinds, pattern in _EVENTS:
        papers = ctx.case.readable(*kinds)
        if papers:
            needed.append((word, pattern, papers[0].top()))
        elif (v := ctx.absent(*kinds)) and v.status == "review":
            open_ = True
    for r in ctx.case.readable("送达回证"):
        f = ctx.case.facts_of(r).get("送达方式")
        if f and re.search(r"留置|公告", f.value):
            needed.append((f.value, r"送达|留置|公告", f.place))
    if not needed:
        return (
            review("有文件未能识别，不能判断是否有应当音像记录的环节")
            if open_
            else na("没有应当音像记录的环节")
        )
    names = [s.path for s in recordings(ctx)] + [n for n, _ in listed_names(ctx)]
    texts = "".join(p.running_text.without_spaces for p in ctx.case.readable("音像资料清单"))
    photos = any(p.has(r"送达") for p in ctx.case.readable("现场照片"))
    bad = [
        (w, place)
        for w, pattern, place in needed
        if not any(re.search(pattern, n) for n in names)
        and not re.search(pattern, texts)
        and not (photos and "送达" in w)
    ]
    if bad:
        hiding = ctx.absent("音像资料清单") if not ctx.case.readable("音像资料清单") else None
        if hiding and hiding.status == "review":
            return review(f"{bad[0][0]}环节没有读到音像记录；{hiding.message}", [bad[0][1]])
        if (
            recordings(ctx)
            and not ctx.case.readable("音像资料清单")
            and all(
                not re.search(r"[\u4e00-\u9fff]", s.path.rsplit("/", 1)[-1])
                for s in recordings(ctx)
            )
        ):
            return review(f"有音像文件而没有清单，不能判断是否包括{bad[0][0]}环节", [bad[0][1]])
        return fail(
            f"{'、'.join(w for w, _ in bad)}环节没有音像文件，也没有音像记录清单记载",
            [p for _, p in bad],
            subject="、".join(sorted(w for w, _ in bad)),
        )
    return passed("应当音像记录的环节均有音像", [needed[0][2]])


@predicate("音像资料有制作说明")
def av_described(ctx: Context) -> Verdict:
    """有音像文件的，应当有说明（时间、地点、人员、内容），或者列入清单。"""
    files = recordings(ctx)
    if not files:
        return na("卷内没有音像文件")
    lists = ctx.case.readable("音像资料清单")
    if not lists:
        v = ctx.absent("音像资料清单")
        if v and v.status == "review":
            return v
        return fail(
            f"有音像文件 {len(files)} 个，没有制作说明或者音像清单",
            [
                Place(files[0].path, 1, None, files[0].path.rsplit("/", 1)[-1]),
                *ctx.case.anchor("音像资料清单"),
            ],
            subject="音像资料",
        )
    names = {_stem(n) for n, _ in listed_names(ctx)}
    text = key("".join(p.running_text.without_spaces.replace("\n", "") for p in lists))
    bad = [s for s in files if _stem(s.path) not in names and _stem(s.path) not in text]
    if bad and ctx.scanned(lists[0].top()):
        return review(
            f"扫描的音像清单里没有读到 {bad[0].path.rsplit('/', 1)[-1]}，请人工核对",
            [lists[0].top()],
        )
    if bad:
        return fail(
            f"音像文件 {bad[0].path.rsplit('/', 1)[-1]} 等 {len(bad)} 个没有列入清单",
            [Place(bad[0].path, 1, None, bad[0].path.rsplit("/", 1)[-1]), lists[0].top()],
            subject="音像资料",
        )
    lacks = [
        w
        for w, pattern in (
            ("时间", r"时间|日期"),
            ("地点", r"地点|地址"),
            ("人员", r"制作人|拍摄人|录制人|人员|记录人|摄"),
            ("内容", r"内容|摘要|说明|证明"),
        )
        if not re.search(pattern, lists[0].running_text.without_spaces)
    ]
    if lacks:
        return fail(
            f"{lists[0].name}没有载明{'、'.join(lacks)}", [lists[0].top()], subject="音像资料清单"
        )
    return passed("音像文件均列入清单", [lists[0].top()])


def _stem(path: str) -> str:
    return key(re.sub(r"\.[A-Za-z0-9]{2,4}$", "", path.rsplit("/", 1)[-1]))


@predicate("音像时间与笔录吻合")
def av_time(ctx: Context) -> Verdict:
    """音像文件（照片）生成日期与对应笔录（清单）日期应当是同一日；没有元数据的待复核。"""
    files = [s for s in ctx.case.sources if s.media and s.outcome == "readable"]
    if not files:
        return na("卷内没有音像文件")
    days = {}
    for p in ctx.case.readable(
        "现场检查笔录",
        "询问笔录",
        "听证笔录",
        "整改复查记录",
        "送达回证",
        "查封扣押决定书",
        "集体讨论笔录",
    ):
        f = ctx.case.facts_of(p)
        for n in ("开始时间", "听证日期", "复查日期", "送达日期", "讨论日期", "日期"):
            if n in f and day_of(f[n]):
                days.setdefault(day_of(f[n]), f[n].place)
    listed = {}
    for p in ctx.case.readable("音像资料清单"):
        for _, cells, _ in p.running_text.rows():
            row = "".join(without_spaces(c) for c in cells)
            d = next(find_dates(row), None)
            for s in files:
                if d and _stem(s.path) in key(row):
                    listed[s.path] = d[0]
    unknown, bad = [], []
    for s in files:
        made = day_of_text(s.media.created)
        if made is None:
            unknown.append(s)
            continue
        expected = listed.get(s.path)
        if made in days or (expected is None and not days):
            continue
        near = expected or (min(days, key=lambda d: abs((d - made).days)) if days else None)
        if expected == made:
            if days and not ctx.unreadable(*RECORDS) and re.search(r"检查|现场|询问|听证", s.path):
                bad.append((s, made, min(days, key=lambda d: abs((d - made).days))))
            continue
        if near and near != made:
            bad.append((s, made, near))
    if bad:
        s, made, near = bad[0]
        places = [Place(s.path, 1, None, s.media.created)]
        if near in days:
            places.append(days[near])
        undated = [
            p
            for p in ctx.case.readable(*RECORDS)
            if not any(day_of(ctx.case.facts_of(p).get(n)) for n in ("开始时间", "日期"))
        ]
        if ctx.unreadable(*RECORDS) or not days or undated:
            return review(
                f"{s.path.rsplit('/', 1)[-1]} 生成于 {cn_day(made)}，没有读到全部笔录日期", places
            )
        return fail(
            f"{s.path.rsplit('/', 1)[-1]} 生成于 {cn_day(made)}，与对应笔录（清单）的"
            f" {cn_day(near)} 不是同一日",
            places,
            subject="音像资料",
        )
    if len(unknown) == len(files) or (not days and not listed):
        return review("音像文件没有生成时间，或没有读到笔录日期")
    return passed(
        f"{len(files) - len(unknown)} 个音像文件的日期与笔录吻合"
        + (f"，{len(unknown)} 个没有元数据" if unknown else "")
    )


def day_of_text(text: str):
    """A media time as a date, None when it is unset."""
    d = next(find_dates(text), None)
    return d[0] if d else None


@predicate("音像清单与文件夹相符")
def one_place(ctx: Context) -> Verdict:
    """音像清单列出的文件应当在案卷文件夹内，卷内音像文件应当列入清单。"""
    lists = ctx.case.readable("音像资料清单")
    if not lists:
        gone = ctx.absent("音像资料清单")
        return (
            na("没有音像清单（见“音像资料有制作说明”）") if gone and gone.status == "na" else gone
        )
    rows = listed_names(ctx)
    if not rows:
        return review(f"{lists[0].name}没有读到文件名", [lists[0].top()])
    here = {_stem(s.path) for s in ctx.case.sources}
    lost = [
        (n, p)
        for n, p in rows
        if _stem(n) not in here and not re.fullmatch(r"[\d、.]+|以下空白|无", n)
    ]
    if lost and ctx.scanned(lists[0].top()):
        lost = [(n, p) for n, p in lost if all(fuzz.ratio(_stem(n), h) < 80 for h in here)]
    if lost:
        if not any(
            re.search(r"\.[A-Za-z0-9]{2,4}$", n) or re.search(r"\d{6,}", n) for n, _ in lost
        ) and not recordings(ctx):
            return review(f"清单列出“{lost[0][0]}”，卷内没有音像文件，可能另存光盘", [lost[0][1]])
        return fail(
            f"音像清单列出的“{lost[0][0]}”不在案卷文件夹内",
            [p for _, p in lost[:3]],
            subject=lost[0][0],
        )
    text = key("".join(p.running_text.without_spaces.replace("\n", "") for p in lists))
    extra = [s for s in recordings(ctx) if _stem(s.path) not in text]
    if extra and ctx.scanned(lists[0].top()):
        return review(
            f"扫描的音像清单里没有读到 {extra[0].path.rsplit('/', 1)[-1]}，请人工核对",
            [lists[0].top()],
        )
    if extra:
        return fail(
            f"音像文件 {extra[0].path.rsplit('/', 1)[-1]} 没有列入清单",
            [Place(extra[0].path, 1, None, extra[0].path.rsplit("/", 1)[-1]), lists[0].top()],
            subject="音像资料",
        )
    return passed("清单与文件夹相符", [lists[0].top()])
