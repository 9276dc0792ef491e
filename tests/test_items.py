"""Every automatic item, proved by fixtures in plain YAML: pass, fail, boundary, cannot tell (tests/items/*.yaml)."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from casereview.casefile import CaseFile, assemble
from casereview.checks import Context, judge_safely
from casereview.intake import CaseRef
from casereview.model import PICTURE, STATUS_WORDS, Cell, Line, Media, Page, Picture, SourceFile, UnitPapers

HERE = Path(__file__).parent / "items"
BASE = yaml.load((HERE / "_案卷.yaml").read_text("utf-8"), yaml.BaseLoader)
FIXTURES = [(check, name, spec) for path in sorted(HERE.glob("[!_]*.yaml")) for check, cases in yaml.load(path.read_text("utf-8"), yaml.BaseLoader).items() for name, spec in cases.items()]


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


def build(rules, spec: dict, everything_unread: bool = False) -> CaseFile:
    """The base case with the changes of one fixture."""
    papers = {k[:2]: (k, v) for k, v in BASE["在卷"].items()} | {k[:2]: (k, v) for k, v in BASE["备用"].items() if k[:2] in spec.get("加", ())}
    for k in spec.get("删", ()):
        del papers[k]
    for k, old, new in spec.get("改", ()):
        name, text = papers[k]
        assert old in text, f"{name} 里没有“{old}”"
        papers[k] = name, text.replace(old, new.replace("\\n", "\n"))
    unread = set(spec.get("未读", ()))
    sources = []
    for k, (name, text) in sorted(papers.items()):
        if everything_unread or k in unread:
            sources.append(SourceFile(f"{name}.pdf", k, 1, "pdf", "scanned", "", (Page(1, 595, 842, readable=False),)))
        else:
            sources.append(SourceFile(f"{name}.docx", k, 1, "docx", pages=(page_of(text),)))
    if spec.get("杂件"):
        sources.append(SourceFile("扫描0001.pdf", "x", 1, "pdf", "scanned", "", (Page(1, 595, 842, readable=False),)))
    media = {} if spec.get("没有音像") else {k: spec.get("音像时间", v) for k, v in BASE["音像"].items()}
    for name, made in (media | spec.get("音像", {})).items():
        sources.append(SourceFile(f"音像/{name}", name, 1, "media", media=Media("video", 60.0, made)))
    unit = UnitPapers(
        tuple(dict(zip(("姓名", "执法证号", "有效期起", "有效期止", "身份"), r, strict=True)) for r in spec["名册"]) if "名册" in spec else None,
        tuple(dict(zip(("姓名", "是否取得法律职业资格", "起始日期"), r, strict=True)) for r in spec["审核名单"]) if "审核名单" in spec else None,
        tuple({"事项名称": n, "处罚依据": ""} for n in spec["清单"]) if "清单" in spec else None)
    return assemble(CaseRef("样例", "单位", Path()), sources, rules.vocabulary, unit)


@pytest.mark.parametrize(("check", "name", "spec"), FIXTURES, ids=[f"{c}-{n}" for c, n, _ in FIXTURES])
def test_item(check, name, spec, rules):
    """One item, one situation, the verdict a lawyer expects."""
    item = rules.checklist.get(check)
    verdict = judge_safely(item.kind, Context(build(rules, spec), rules.law), item.when)
    assert STATUS_WORDS[verdict.status] == spec["应为"], f"{verdict.message} {[p.quote for p in verdict.places]}"


def test_every_automatic_item_has_four_fixtures(rules):
    """At least three situations each, with a fail and a cannot-tell among them."""
    for c in rules.checklist.checks:
        if c.kind_name == "人工判断":
            continue
        words = [s["应为"] for i, _, s in FIXTURES if i == c.id]
        assert len(words) >= 3 and "不合格" in words and "待复核" in words and {"合格", "不适用"} & set(words), c.id


def test_nothing_is_called_missing_in_an_unread_file(rules):
    """When no page can be read there is no accusation, and nothing is called right either."""
    case = build(rules, {}, everything_unread=True)
    for c in rules.checklist.checks:
        v = judge_safely(c.kind, Context(case, rules.law), c.when)
        assert v.status in ("review", "manual", "na"), (c.id, v)


def test_the_base_case_is_clean(rules):
    """The case that all fixtures start from has no fault and nothing open."""
    case = build(rules, {})
    bad = {c.id: v.message for c in rules.checklist.checks if (v := judge_safely(c.kind, Context(case, rules.law), c.when)).status not in ("pass", "na", "manual")}
    assert not bad


def test_a_paper_that_is_not_understood_accuses_nobody(rules, monkeypatch):
    """A reader that breaks on the decision leaves its items open; nothing is called missing from it."""
    from casereview.facts import readers

    def broken(paper):
        raise ValueError("an odd paper")

    monkeypatch.setitem(readers.READERS, "处罚决定书", broken)
    case = build(rules, {})
    verdicts = {c.id: judge_safely(c.kind, Context(case, rules.law), c.when).status for c in rules.checklist.checks}
    assert "fail" not in verdicts.values() and verdicts["decision.party"] == "review"
