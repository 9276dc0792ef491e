"""音像清单."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rapidfuzz import fuzz

from casereview.facts.casefile import CaseFile
from casereview.facts.recordings import (
    LIST,
    Listed,
    Recording,
    list_text,
    listed_recordings,
    recordings,
    stem,
    with_time,
)
from casereview.model import Place, Verdict
from casereview.rules.kinds.kind import Kind, Of, key
from casereview.rules.verdicts import Context, fail, na, passed, review, says

ALIKE = 80  # likeness from which a recognised name may be that of a file
ALL_READ = 2  # names of a list that are files: so many, and no other, show that it was read
EQUAL = 100  # names that are read surely are one or not


@dataclass(frozen=True)
class RecordingList(Kind):
    """音像清单：卷内的音像文件有清单（制作说明）并都列入清单；清单所列的文件都在卷。

    清单写明另存在光盘等载体、没有列文件名、卷内也没有音像文件的，不适用；扫描的清单对不上、
    清单列的可能是另存的光盘的，待复核；没有清单的，“应有清单”时不合格，否则不适用。
    """

    version: ClassVar[int] = 2

    wanted: bool = key("应有清单", Of.FLAG, default=False)
    all_listed: bool = key("文件都列入", Of.FLAG, default=False)
    all_there: bool = key("所列都在卷", Of.FLAG, default=False)

    kept: tuple[str, ...] = key("另存", Of.WORDINGS, says="清单这样写的，音像不在案卷文件夹")

    def judge(self, ctx: Context) -> Verdict:
        files = recordings(ctx.case)
        lists = ctx.case.readable(LIST)
        if not lists:
            gone = ctx.absent_or_unread(LIST)
            if gone.status == "review" or not self.wanted or not files:
                return gone
            text = f"有音像文件 {len(files)} 个，没有制作说明或者音像清单"
            return fail(text, [_at(files[0]), *ctx.case.anchor(LIST)], subject="音像资料")
        verdict = self._missing(ctx, files) if self.all_there else None
        if verdict is None and self.all_listed:
            verdict = self._unlisted(ctx, files)
        return verdict or passed("清单与音像文件相符", [lists[0].top()])

    def _missing(self, ctx: Context, files: list[Recording]) -> Verdict | None:
        """Rows of the list whose file is not in the case."""
        rows = listed_recordings(ctx.case)
        if not rows:
            paper = ctx.case.readable(LIST)[0]
            if not files and says(paper, self.kept):
                return na(f"{paper.name}写明音像另行存放，卷内没有音像文件")
            return review(f"{paper.name}没有读到文件名", [paper.top()])
        here = {stem(s.path) for s in ctx.case.sources}
        alike = ALIKE if ctx.scanned(rows[0].place) else EQUAL
        lost = [r for r in rows if not _is_among(stem(r.name), here, alike)]
        if not lost:
            return None
        if not files and not any(row.file for row in lost):
            text = f"清单列出“{lost[0].name}”，卷内没有音像文件，可能另存光盘"
            return review(text, [lost[0].place])
        return self._lost(lost)

    def _lost(self, lost: list[Listed]) -> Verdict:
        names = "、".join(row.name for row in lost[:3])
        places = [row.place for row in lost[:3]]
        return fail(f"音像清单列出的“{names}”不在案卷文件夹内", places, subject=lost[0].name)

    def _unlisted(self, ctx: Context, files: list[Recording]) -> Verdict | None:
        """Files that no list names."""
        names, text = {stem(r.name) for r in listed_recordings(ctx.case)}, list_text(ctx.case)
        asked = [*files, *_photos_of(ctx.case, names)]
        out = [f for f in asked if stem(f.path) not in names and stem(f.path) not in text]
        if not out:
            return None
        top = ctx.case.readable(LIST)[0].top()
        all_read = len(names) >= ALL_READ and names <= {stem(f.path) for f in asked}
        if ctx.scanned(top) and not all_read:
            text = f"扫描的音像清单里没有读到 {out[0].name}，请人工核对"
            return review(text, [top])
        more = f" 等 {len(out)} 个" if len(out) > 1 else ""
        return fail(
            f"音像文件 {out[0].name}{more}没有列入清单", [_at(out[0]), top], subject="音像资料"
        )

    def rule(self) -> str:
        parts = []
        if self.wanted:
            parts.append("有音像文件的应当有音像资料清单（制作说明）")
        if self.all_listed:
            parts.append("音像文件应当都列入清单")
        if self.all_there:
            parts.append("清单所列的文件应当都在卷")
        return "，".join(parts)


def _photos_of(case: CaseFile, names: set[str]) -> list[Recording]:
    """The photos in folders of which the list names one: it lists photos too."""
    photos = [r for r in with_time(case) if r not in recordings(case)]
    listed = {_folder(r) for r in photos if stem(r.path) in names}
    return [r for r in photos if _folder(r) in listed]


def _folder(file: Recording) -> str:
    return file.path.rpartition("/")[0]


def _is_among(name: str, names: set[str], alike: float) -> bool:
    """True when one of the names is this one, or as like to it as a misreading."""
    return name in names or any(fuzz.ratio(name, other) >= alike for other in names)


def _at(file: Recording) -> Place:
    return Place(file.path, 1, None, file.name)
