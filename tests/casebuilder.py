"""Invented cases in plain YAML -> cases in memory: a base case, and what one situation changes in it."""

from __future__ import annotations

from pathlib import Path

from casereview.casefile import CaseFile, assemble
from casereview.intake import CaseRef
from casereview.model import PICTURE, Cell, Line, Media, Page, Picture, SourceFile, UnitPapers


def page_of(text: str) -> Page:
    """Text of a fixture -> a page: lines with | are form rows, 【章】 a red seal, 【签】 a handwritten signature, ／ a line break in a cell."""
    lines, rows, pictures = [], [], []
    for raw in text.split("\n"):
        if raw.strip() == "【章】":
            pictures.append(Picture(None, 0.3))
        elif "|" in raw:
            cells = [c.strip().replace("／", "\n").replace("【签】", PICTURE) for c in raw.split("|")]
            rows.append(tuple(Cell(c) for c in cells))
            lines += [Line(t, None, 12.0, (0, len(rows) - 1, i)) for i, c in enumerate(cells) for t in c.split("\n") if t]
        elif raw.strip():
            lines.append(Line(raw.replace("【签】", PICTURE).replace("\u3000", " "), None, 12.0))
    return Page(1, 595, 842, tuple(lines), (tuple(rows),) if rows else (), tuple(pictures))


def build(base: dict, rules, spec: dict, everything_unread: bool = False, unit_name: str = "单位") -> CaseFile:
    """The base case with the changes of one situation: 删 加 改 未读 杂件 音像 名册 审核名单 清单 单位清单."""
    papers = {k[:2]: (k, v) for k, v in base["在卷"].items()} | {k[:2]: (k, v) for k, v in base["备用"].items() if k[:2] in spec.get("加", ())}
    for k in spec.get("删", ()):
        del papers[k]
    for k, old, new in spec.get("改", ()):
        name, text = papers[k]
        old, new = old.replace("\\n", "\n"), new.replace("\\n", "\n")
        assert old in text, f"{name} 里没有“{old}”"
        papers[k] = name, text.replace(old, new)
    unread = set(spec.get("未读", ()))
    sources = []
    for k, (name, text) in sorted(papers.items()):
        if everything_unread or k in unread:
            sources.append(SourceFile(f"{name}.pdf", k, 1, "pdf", "scanned", "", (Page(1, 595, 842, readable=False),)))
        else:
            sources.append(SourceFile(f"{name}.docx", k, 1, "docx", pages=(page_of(text),)))
    if spec.get("杂件"):
        sources.append(SourceFile("扫描0001.pdf", "x", 1, "pdf", "scanned", "", (Page(1, 595, 842, readable=False),)))
    media = {} if spec.get("没有音像") else {k: spec.get("音像时间", v) for k, v in base.get("音像", {}).items()}
    for name, made in (media | spec.get("音像", {})).items():
        sources.append(SourceFile(f"音像/{name}", name, 1, "media", media=Media("video", 60.0, made)))
    unit = UnitPapers(
        tuple(dict(zip(("姓名", "执法证号", "有效期起", "有效期止", "身份"), r, strict=True)) for r in spec["名册"]) if "名册" in spec else None,
        tuple(dict(zip(("姓名", "是否取得法律职业资格", "起始日期"), r, strict=True)) for r in spec["审核名单"]) if "审核名单" in spec else None,
        tuple({"事项名称": n, "处罚依据": ""} for n in spec["清单"]) if "清单" in spec else None,
        lists={k: tuple(rows) for k, rows in spec.get("单位清单", {}).items()})
    return assemble(CaseRef("样例", unit_name, Path()), sources, rules.vocabulary, unit)
