"""Publicity and full-process recording (行政处罚法 47, 48, 50; 国办发〔2018〕118号)."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from casereview.chinese import find_dates, key, without_spaces
from casereview.facts.readers import day_of
from casereview.model import Place, SourceFile, Verdict
from casereview.rules.special.measures import SEIZURE
from casereview.rules.verdicts import RECORDS, Context, cn_day, fail, na, passed, predicate, review


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
