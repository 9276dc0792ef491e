"""What people mistype in YAML is refused with file and line."""

from __future__ import annotations

import datetime as dt

import pytest
import yaml
from conftest import ROOT

from casereview import yamlfile
from casereview.errors import RulesRefused
from casereview.yamlfile import parse_yaml


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("名称：甲\n", 1, "全角"),
        ("a: 1\nb: 2\na: 3\n", 3, "重复"),
        ("a: 1\n开关: on\n", 2, "true"),
        ("a: no\n", 1, "true"),
        ("a: 1\n编号: 010\n", 2, "0 开头"),
        ("a: &x 1\nb: *x\n", 1, "锚点"),
        ("a: !!python/object 1\n", 1, "标签"),
        ("a: [1, 2\n", 2, "格式"),
        ("日: 2025-02-30\n", 1, "没有"),
        ("- 项：值\n", 1, "全角"),
    ],
)
def test_refused_with_line(text, line, word):
    """Each mistake names its line and what to do."""
    with pytest.raises(RulesRefused) as e:
        parse_yaml(text, "x.yaml")
    assert f"第 {line} 行" in e.value.complaints[0] and word in e.value.complaints[0]


def test_all_complaints_at_once():
    """Two mistakes, two complaints."""
    with pytest.raises(RulesRefused) as e:
        parse_yaml("a: on\nb: 012\n", "x.yaml")
    assert len(e.value.complaints) == 2


def test_scalars_stay_text():
    """Only plain integers, true/false and ISO dates change type; 1.10 and 12:30 stay as written."""
    got = parse_yaml('a: 1.10\nb: 12:30\nc: 7\nd: true\ne: 2025-03-01\nf: "010"\n', "x.yaml")
    assert dict(got) == {
        "a": "1.10",
        "b": "12:30",
        "c": 7,
        "d": True,
        "e": dt.date(2025, 3, 1),
        "f": "010",
    }


def test_colon_in_a_value_is_no_mistake():
    """A full-width colon inside text is fine."""
    assert parse_yaml("说明: 注意：先核对\n", "x.yaml")["说明"] == "注意：先核对"


def test_both_parsers_read_the_same(monkeypatch):
    """The parser in C and the one in Python give the same values on the same lines, and the same
    complaints.
    """
    texts = [p.read_text("utf-8-sig") for p in sorted((ROOT / "checklists").glob("**/*.yaml"))]
    faulty = ["a: [1,2", "a: b: c", "a:\n\t- 1", "- a\nb: 1", 'a: "\\q"', "a: &x 1\nb: *x", "a: @x"]

    def read(text):
        try:
            return repr(with_lines(parse_yaml(text, "某")))
        except RulesRefused as e:
            return str(e)

    def with_lines(v):
        if isinstance(v, dict):
            return [(k, v.line(k), with_lines(x)) for k, x in v.items()]
        return [with_lines(x) for x in v] if isinstance(v, list) else v

    quick = [read(t) for t in (*texts[::4], *faulty)]
    monkeypatch.setattr(yamlfile, "_LOADER", yaml.SafeLoader)
    assert [read(t) for t in (*texts[::4], *faulty)] == quick
