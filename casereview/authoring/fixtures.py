"""Fixtures in plain YAML: an invented base case, what one situation changes in it, and the verdict
a lawyer expects.

A book is a file with 清单, 在卷, 备用 and 样例, or a folder with ``_案卷.yaml`` (清单, 在卷, 备用)
and any number of files with 样例.
沿用 stands on the base case of another shipped book; 去掉 takes papers out of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from casereview.errors import UsageError
from casereview.facts.casefile import CaseFile, assemble
from casereview.judging.review import judge_item
from casereview.model import (
    PICTURE,
    STATUS_WORDS,
    Cell,
    Line,
    Media,
    Page,
    Picture,
    SourceFile,
    UnitPapers,
)
from casereview.reading.intake import CaseRef
from casereview.rules.rulebook import Rules, load_rules
from casereview.rules.table import Context
from casereview.settings import rules_folder

SAMPLES = "样例"
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the same texts, ten times as fast


@dataclass(frozen=True)
class Outcome:
    """One fixture after its run."""

    check: str
    name: str
    expected: str
    got: str
    message: str

    @property
    def good(self) -> bool:
        """True when the verdict is the expected one."""
        return self.expected == self.got


def books(folder: Path | None = None) -> list[Path]:
    """The shipped books of fixtures."""
    base = (folder or rules_folder()) / SAMPLES
    return (
        sorted(p for p in base.iterdir() if p.is_dir() or p.suffix == ".yaml")
        if base.is_dir()
        else []
    )


def book_on(checklist: str) -> str:
    """The shipped book whose base case the items of a checklist can be tried on."""
    every = {b.stem: load_book(b)["清单"] for b in books()}
    return next(
        (b for b, name in every.items() if load_rules(name).checklist.id == checklist), "普通程序"
    )


def load_book(path: Path) -> dict[str, Any]:
    """A book with its base case resolved. Raises UsageError."""
    book = _read(path)
    if not isinstance(book, dict) or not isinstance(book.get("样例"), dict) or not book.get("清单"):
        raise UsageError(f"{path} 不是样例文件：要有 清单、在卷（或者 沿用）、样例")
    return _over(_base(path, book["沿用"]), book) if "沿用" in book else book


def _base(path: Path, name: str) -> dict[str, Any]:
    """The shipped book whose case is used again. Raises UsageError."""
    found = next((b for b in books() if b.stem == name), None)
    if found is None:
        known = "、".join(b.stem for b in books())
        raise UsageError(f"{path}：没有可以沿用的案卷“{name}”，可以写 {known}")
    return load_book(found)


def _over(base: dict[str, Any], book: dict[str, Any]) -> dict[str, Any]:
    """A book laid over the one it uses: papers of the same number take the place of its papers."""
    papers, spare = book.get("在卷") or {}, book.get("备用") or {}
    own = {k[:2] for k in papers} | set(book.get("去掉") or ())
    kept = {k: v for k, v in base["在卷"].items() if k[:2] not in own}
    return {**base, **book, "在卷": kept | papers, "备用": base.get("备用", {}) | spare}


def _read(path: Path) -> Any:
    """The text of a book; a folder is read as one."""
    try:
        if not path.is_dir():
            return yaml.load(path.read_text("utf-8"), _LOADER)
        book = yaml.load((path / "_案卷.yaml").read_text("utf-8"), _LOADER)
        book["样例"] = {}
        for p in sorted(path.glob("[!_]*.yaml")):
            book["样例"] |= yaml.load(p.read_text("utf-8"), _LOADER)
        return book
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as e:
        raise UsageError(f"{path} 读不出来：{e}") from e


def run_book(path: Path) -> Iterator[Outcome]:
    """Every fixture of a book, judged through the gate."""
    book = load_book(path)
    rules = load_rules(book["清单"])
    for check, cases in book["样例"].items():
        for name, spec in cases.items():
            got, message = _outcome(book, rules, check, spec)
            yield Outcome(check, name, spec["应为"], got, message)


def _outcome(
    book: dict[str, Any], rules: Rules, check: str, spec: dict[str, Any]
) -> tuple[str, str]:
    """The verdict on one fixture in words, and its message."""
    item = rules.checklist.get(check)
    if item is None:
        return "没有这一项", f"清单 {book['清单']} 里没有 {check}"
    try:
        verdict = judge_item(item, Context(build(book, rules, spec), rules.law))
    except (AssertionError, KeyError) as e:
        return "样例有误", str(e)
    return STATUS_WORDS[verdict.status], verdict.message


def page_of(text: str) -> Page:
    """Text of a fixture -> a page: lines with | are form rows, 【章】 a red seal, 【签】 a
    handwritten signature, ／ a line break in a cell.
    """
    lines: list[Line] = []
    rows: list[tuple[Cell, ...]] = []
    pictures: list[Picture] = []
    for raw in text.split("\n"):
        if raw.strip() == "【章】":
            pictures.append(Picture(None, 0.3))
        elif "|" in raw:
            cells = [_cell(c) for c in raw.split("|")]
            rows.append(tuple(Cell(c) for c in cells))
            lines += _cell_lines(len(rows) - 1, cells)
        elif raw.strip():
            lines.append(Line(raw.replace("【签】", PICTURE).replace("\u3000", " "), None, 12.0))
    return Page(1, 595, 842, tuple(lines), (tuple(rows),) if rows else (), tuple(pictures))


def _cell(text: str) -> str:
    return text.strip().replace("／", "\n").replace("【签】", PICTURE)


def _cell_lines(row: int, cells: list[str]) -> list[Line]:
    return [
        Line(text, None, 12.0, (0, row, column))
        for column, cell in enumerate(cells)
        for text in cell.split("\n")
        if text
    ]


def build(
    base: dict[str, Any],
    rules: Rules,
    spec: dict[str, Any],
    everything_unread: bool = False,
    unit_name: str = "单位",
) -> CaseFile:
    """The base case with the changes of one situation: 删 加 改 未读 杂件 音像 名册 审核名单 清单
    单位清单.
    """
    unread = set(spec.get("未读", ()))
    sources = [
        _unread(f"{name}.pdf", key)
        if everything_unread or key in unread
        else SourceFile(f"{name}.docx", key, 1, "docx", pages=(page_of(text),))
        for key, (name, text) in sorted(_papers(base, spec).items())
    ]
    if spec.get("杂件"):
        sources.append(_unread("扫描0001.pdf", "x"))
    ref = CaseRef("样例", unit_name, Path())
    return assemble(ref, [*sources, *_media(base, spec)], rules.vocabulary, _unit(spec))


def _papers(base: dict[str, Any], spec: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Number -> name and text of every paper of the situation."""
    spare = {k: v for k, v in base.get("备用", {}).items() if k[:2] in spec.get("加", ())}
    papers = {k[:2]: (k, v) for k, v in (base["在卷"] | spare).items()}
    for key in spec.get("删", ()):
        del papers[key]
    for key, old, new in spec.get("改", ()):
        name, text = papers[key]
        old, new = old.replace("\\n", "\n"), new.replace("\\n", "\n")
        if old not in text:
            raise AssertionError(f"{name} 里没有“{old}”")
        papers[key] = name, text.replace(old, new)
    return papers


def _unread(path: str, digest: str) -> SourceFile:
    page = Page(1, 595, 842, readable=False)
    return SourceFile(path, digest, 1, "pdf", "scanned", "", (page,))


def _media(base: dict[str, Any], spec: dict[str, Any]) -> list[SourceFile]:
    """Recordings of the situation with the time at which they were made."""
    made = {} if spec.get("没有音像") else dict(base.get("音像", {}))
    if "音像时间" in spec:
        made = dict.fromkeys(made, spec["音像时间"])
    made |= spec.get("音像", {})
    return [
        SourceFile(f"音像/{name}", name, 1, "media", media=Media("video", 60.0, when))
        for name, when in made.items()
    ]


def _unit(spec: dict[str, Any]) -> UnitPapers:
    """The lists that the unit handed in; None where the situation names none."""
    listed = spec.get("清单")
    return UnitPapers(
        _rows(spec.get("名册"), ("姓名", "执法证号", "有效期起", "有效期止", "身份")),
        _rows(spec.get("审核名单"), ("姓名", "是否取得法律职业资格", "起始日期")),
        None if listed is None else tuple({"事项名称": n, "处罚依据": ""} for n in listed),
        lists={k: tuple(rows) for k, rows in spec.get("单位清单", {}).items()},
    )


def _rows(rows: Any, names: tuple[str, ...]) -> tuple[dict[str, str], ...] | None:
    return None if rows is None else tuple(dict(zip(names, row, strict=True)) for row in rows)
