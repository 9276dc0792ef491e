"""The registry of facts: what may be written in a file of a kind of paper, and what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casereview.errors import RulesRefused
from casereview.facts.doubt import Doubt, Unknown
from casereview.facts.readers import read_facts, registry_of
from casereview.facts.reading_steps import READERS
from casereview.facts.registry import CASE_STEPS, load_registry
from casereview.model import Document, Fact, Line, Page
from casereview.papers.paper import Paper
from casereview.papers.running_text import RunningText
from casereview.papers.vocabulary import Vocabulary
from casereview.rules.rulebook import load_rules
from casereview.settings import rules_folder

FOLDER = rules_folder() / "文书"


@pytest.fixture
def folder(tmp_path) -> Path:
    """The shipped registry, to be edited."""
    return Path(shutil.copytree(FOLDER, tmp_path / "文书"))


def paper_of(folder: Path, kind: str, *lines: str, ocr: bool = False) -> Paper:
    """A one-page paper with these lines."""
    placed = tuple(Line(t, (50, 50 + 20 * n, 400, 64 + 20 * n)) for n, t in enumerate(lines))
    page = Page(1, 595, 842, placed, ocr=ocr, confidence=0.97)
    vocabulary = Vocabulary.load(folder)
    return Paper(Document(kind, "甲.pdf", 1, 1, kind), RunningText("甲.pdf", [page]), vocabulary)


def test_every_fact_of_the_shipped_registry_is_readable():
    """The shipped files are accepted, and their readers exist."""
    registry = load_registry(FOLDER, READERS)
    assert registry.get("处罚决定书.缴款期限") is not None
    assert all(
        s.reader in (*READERS, *CASE_STEPS)
        for f in registry.facts.values()
        for x in f.values()
        for s in x.steps
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("  天气:\n    类型: 温度\n    标签: [天气]\n", "没有类型“温度”"),
        ("  天气:\n    读法: [看窗外]\n", "没有读法“看窗外”"),
        ("  天气:\n    读法:\n      - 语句: [〈气温〉以上]\n", "没有〈气温〉这种空位"),
        ("  天气:\n    类型: 文字\n", "要写 读法 或者 标签"),
        ("  天气:\n    标签: [天气]\n    颜色: 红\n", "不认识的键“颜色”"),
    ],
)
def test_what_may_not_be_written_is_refused(folder, text, complaint):
    """Every complaint names file and line; nothing is dropped in silence."""
    path = folder / "现场检查笔录.yaml"
    path.write_text(path.read_text("utf-8") + text, "utf-8")
    with pytest.raises(RulesRefused) as refused:
        load_registry(folder, READERS)
    assert (
        complaint in refused.value.complaints[0]
        and "现场检查笔录.yaml：第" in refused.value.complaints[0]
    )


def test_a_new_field_and_another_label_are_data_alone(folder):
    """A field nobody knew is read after four lines of YAML, and by another label after one more."""
    path = folder / "现场检查笔录.yaml"
    path.write_text(path.read_text("utf-8") + "  天气:\n    标签: [天气情况, 当日天气]\n", "utf-8")
    from casereview.facts.readers import read_facts

    paper = paper_of(folder, "现场检查笔录", "现场检查笔录", "当日天气：多云转晴")
    assert read_facts(paper)["天气"].value == "多云转晴"


def test_a_new_kind_of_paper_is_one_file(folder):
    """A paper nobody knew has its names, its features and its facts in a file of its own."""
    (folder / "约谈记录.yaml").write_text(
        "文书: 约谈记录\n别名: [行政约谈记录]\n特征: [[约谈, 记录/笔录]]\n"
        "要素:\n  约谈日期:\n    标签: [约谈时间]\n",
        "utf-8",
    )
    vocabulary = Vocabulary.load(folder)
    assert vocabulary.guess("云岭县城市管理局行政约谈记录").kind == "约谈记录"
    assert registry_of(vocabulary).get("约谈记录.约谈日期").type == "日期"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("请于收到本决定书后持单缴纳，期限为15日。", Doubt.CANDIDATE),
        ("如不服本决定，可以依法申请救济，特此告知你单位知悉并遵照执行。", Doubt.NOT_STATED),
    ],
)
def test_the_wide_net_stands_before_absence(line, why):
    """What is said in other words is shown to a person; only silence in both nets is absence."""
    from casereview.facts.doubt import unknown

    body = "经查，你单位未按规定保存进货台账，违反了有关规定，事实清楚，证据确凿。"
    paper = paper_of(FOLDER, "处罚决定书", "行政处罚决定书", body, line)
    got = unknown(paper, registry_of(paper.vocab).of("处罚决定书")["缴款期限"])
    assert isinstance(got, Unknown) and got.why is why and not isinstance(got, Fact)
    assert got.missing is (why is Doubt.NOT_STATED)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (
            "定律日: 处罚决定书.做出日期",
            "没有登记要素“处罚决定书.做出日期”，相近的有 处罚决定书.作出日期",
        ),
        ("决定文书: [处罚决定数]", "没有文书“处罚决定数”"),
        (
            "种类: 期限, 从: 结案审批表.结按日期, 到: 卷宗封面.归档日期, 不超过: 归档期限",
            "结按日期",
        ),
        ("种类: 文书在卷, 文书: [备考表], 当: {有要素: 处罚决定书.罚款金颔}", "罚款金颔"),
    ],
)
def test_mistyped_names_are_refused(tmp_path, line, complaint):
    """A name that is not registered ends the run before the first page, with the nearest names."""
    item = (
        f"  - {{编号: county.x, 名称: 甲, 环节: 立案, 分值: 1, {line}}}\n" if "种类" in line else ""
    )
    head = "" if item else line + "\n"
    path = tmp_path / "试.yaml"
    more = (
        item
        or "  - {编号: county.x, 名称: 甲, 环节: 立案, 分值: 1, 种类: 文书在卷, 文书: [备考表]}\n"
    )
    path.write_text(
        f"编号: t\n清单: 试\n版本: '1'\n程序: ordinary\n{head}计分: {{优秀: 90}}\n检查项:\n{more}",
        "utf-8",
    )
    with pytest.raises(RulesRefused) as refused:
        load_rules(str(path))
    assert complaint in "\n".join(refused.value.complaints)


def test_a_field_that_holds_something_else_is_not_an_empty_field():
    """A name where a day is asked proves no absence; the day may stand beside it. A noted refusal
    is an answer.
    """
    from casereview.facts.doubt import unknown

    lines = {
        "当事人签收：石晚舟，本人已收到本告知书并知悉全部内容": Doubt.CANDIDATE,
        "当事人签收：当事人拒绝签名，见证人在场": Doubt.NOT_STATED,
    }
    for line, why in lines.items():
        body = "经查，你单位未按规定保存进货台账，违反了有关规定，事实清楚，证据确凿。"
        paper = paper_of(FOLDER, "事先告知书", "行政处罚事先告知书", body, line)
        got = unknown(paper, registry_of(paper.vocab).of("事先告知书")["送达日期"])
        assert got.why is why, (line, got)


@pytest.mark.parametrize("label", ["送达方式", "送达形式", "文书送达方法", "送达途径"])
def test_the_way_of_service_under_any_common_label(label):
    """The shape of a label, not one word, finds the way of service."""
    paper = paper_of(FOLDER, "送达回证", "送达回证", f"{label}：直接送达")
    assert read_facts(paper)["送达方式"].value == "直接送达"


def test_a_label_of_a_shape_is_read_over_gaps(paper_of):
    """Recognition leaves gaps inside labels; a shape sees through them."""
    rows = ("送达回证", "受送达人：芦汀县青禾饮食店", "受送达人 签收时 间：2025-05-14")
    assert read_facts(paper_of("送达回证", *rows))["送达日期"].value == "2025-05-14"


def test_a_label_of_a_shape_is_read_before_a_gap(paper_of):
    """In a form without rules and colons the gap parts label and value."""
    rows = (
        "送达回证",
        "受送达人  芦汀县青禾饮食店",
        "送达处所  芦汀县学府路5号",
        "签收年月日  2025年5月14日",
        "送达方法  直接送达",
    )
    assert read_facts(paper_of("送达回证", *rows))["送达日期"].value == "2025-05-14"
