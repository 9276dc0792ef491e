"""The benchmarks that stand for trust: what they change, count and write. Their long runs are done
by hand; the figures are in docs.
"""

from __future__ import annotations

import ast
import json
import sys

import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))

import accuracy  # noqa: E402
import measured  # noqa: E402
import mutation  # noqa: E402
import reliability  # noqa: E402

SOURCE = '''"""A module."""
from typing import Protocol

LIMIT = 3
__all__ = ["over"]


class Sight(Protocol):
    def seen(self, far: int = 9) -> int:
        return 1 + 1


def over(days: int, rolls: bool = True) -> bool:
    if not rolls:
        return days > LIMIT
    return any(d >= 2 and d == days for d in range(5) if d)
'''


def test_each_change_is_one_change_and_runs():
    """Comparisons, numbers, branches, results; never protocols, exports or annotations."""
    made = mutation.mutants(SOURCE)
    told = [m.what for m in made]
    assert {t.partition("：")[0] for t in told} == {
        *("加一", "真假", "从不", "总是", "去掉否定", "不返回", "比较", "换函数", "运算", "不筛选")
    }
    assert "加一：3 → 4" in told and "比较：days > LIMIT → days >= LIMIT" in told
    assert not any("9" in t or "1 + 1" in t or "seen" in t for t in told)
    whole = ast.unparse(ast.parse(SOURCE))
    texts = [ast.unparse(m.tree) for m in made]
    assert whole not in texts and len(set(texts)) > 0.9 * len(texts)
    for text in texts:
        compile(text, "m", "exec")
    assert [m.line for m in made] == sorted(m.line for m in made)


def test_only_the_functions_that_are_meant_are_changed():
    """The rest of a module stays."""
    assert mutation.mutants(SOURCE, ("nobody",)) == []
    assert {m.line for m in mutation.mutants(SOURCE, ("over",))} <= set(range(13, 17))


@pytest.mark.skipif(not hasattr(mutation.os, "fork"), reason="no fork here")
def test_a_mutant_is_killed_by_its_tests_or_lives(tmp_path, monkeypatch):
    """The changed module stands in the place of the file, in the child alone."""
    monkeypatch.setattr(mutation, "ROOT", tmp_path)
    (tmp_path / "tests").mkdir()
    (tmp_path / "small_module.py").write_text("def over(n):\n    return n > 3\n", "utf-8")
    check = "import sys\nsys.path.insert(0, {!r})\nfrom small_module import over\n"
    check += "def test_it():\n    assert over(4) and not over(1)\n"
    (tmp_path / "tests" / "test_small.py").write_text(check.format(str(tmp_path)), "utf-8")
    target = mutation.Target("small_module.py", ("test_small.py",))
    ends, living = mutation.survivors(target)
    assert [m.what for m in living] == ["比较：n > 3 → n >= 3"]
    assert ends == {mutation.KILLED: 2, mutation.LIVES: 1}


def test_the_page_of_mutants_tells_why_one_may_live():
    """A row a module, a line a survivor; what is said of one module is not said of another."""
    living = [[47, "从不：if a: → if False:"], [48, "加一：1 → 2"]]
    kept = {
        "gate": {"ends": {"杀死": 9, "存活": 1}, "living": living},
        "理由": {"gate": {"从不：if a: → if False:": "没有差别"}, "score": {"加一：1 → 2": "取整"}},
    }
    text = mutation.page(kept)
    assert text.endswith("- 第 48 行 `加一：1 → 2`\n")
    assert "| `casereview/judging/gate.py` | 10 | 9 | 0 | 1 | 90.0% |" in text
    assert "- 第 47 行 `从不：if a: → if False:`：没有差别" in text


def test_every_survivor_has_its_reason():
    """Every target was run, nothing hung, the page is what is kept, and no survivor is unseen."""
    kept = mutation.known()
    assert set(kept) == {*mutation.TARGETS, "理由"}
    for name in mutation.TARGETS:
        reasons = kept["理由"].get(name, {})
        assert {what for _, what in kept[name]["living"]} == set(reasons), name
        assert all(reasons.values()) and not kept[name]["ends"].get(mutation.HUNG)
    assert mutation.PAGE.read_text("utf-8") == mutation.page(kept)


def test_every_target_is_there():
    """Modules and tests of mutation testing exist, and functions that are named."""
    for target in mutation.TARGETS.values():
        source = (ROOT / target.file).read_text("utf-8")
        assert all(f"def {name}(" in source for name in target.only)
        assert all((ROOT / "tests" / t).exists() for t in target.tests)


def test_accuracy_is_added_up_by_format_and_item():
    """Sums over sets; what nothing was planted in is counted, not listed."""
    one = {
        **{"cases": 2, "lawful": 1, "lawful_accused": 0, "must": 4, "found": 3, "asked": 1},
        **{"missed": 0, "false": 1, "review_share": 0.1, "facts": 0.9},
    }
    items = {"a.b": {"must": 4, "found": 3, "asked": 1, "decided": 8}, "c.d": {"decided": 8}}
    result = {"total": one, "by_format": {"scan": one}, "items": items}
    text = accuracy.page({"ddig": result, "sdig": result}, {"a.b": "甲"})
    assert "| **合计** | 4 | 8 | 75.0% | 25.0% | 0.0% | 2 | 0/2 | 10.0% | 90.0% |" in text
    assert "| `a.b` | 甲 | 16 | 8 | 6 | 2 | 0 | 0 | 0 |" in text and "c.d" not in text
    assert "另有 1 项" in text


def test_no_set_is_of_the_part_that_nobody_reads():
    """The examination stays unread; seeds are those nobody mended on."""
    assert {s.part for s in accuracy.SETS} == {"development", "second"}
    assert all(s.seed >= (490 if s.part == "development" else 620) for s in accuracy.SETS)


def test_sizes_of_reliability_are_told_with_their_day(tmp_path, monkeypatch):
    """At the bar, not, or in part; nothing measured is said as such."""
    kept = tmp_path / "measured.json"
    monkeypatch.setattr(reliability, "KEPT", kept)
    figure = reliability.Figure("R27", "代价", "≤ 1.2 倍")
    assert reliability.verdict(figure, {}) == reliability.OPEN
    for good, word in ((True, "达到"), (False, "没有达到"), (None, "部分达到")):
        row = {"R27": {"good": good, "told": "1.09 倍", "day": "2026-11-27"}}
        kept.write_text(json.dumps(row), "utf-8")
        assert reliability.verdict(figure, {}) == word
    assert reliability.outcomes([]) == {}
    whole = reliability.page({})
    again = reliability.with_sizes(
        whole.replace("| R1 | 每个文件恰有一个结果 | 100 % | 这次没有运行 |", "| R1 | x |")
    )
    assert "| R1 | x |" in again and again.count("\n| R") == whole.count("\n| R") == 28


def test_another_reader_counts_what_is_there(tmp_path):
    """Text of a PDF by pdfminer, of a package by its nodes."""
    import hostile_files as h

    (tmp_path / "a.pdf").write_bytes(h.pdf({}))
    (tmp_path / "a.docx").write_bytes(h.docx(h.said("行政处罚决定书")))
    assert measured.characters_here(tmp_path / "a.pdf") > measured.SOME
    assert measured.characters_here(tmp_path / "a.docx") == 7
