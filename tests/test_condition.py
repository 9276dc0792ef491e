"""当: three-valued tests of facts, named situations, and their way into and out of text."""

from __future__ import annotations

import pytest
from conftest import ROOT

from casereview.authoring import fixtures
from casereview.authoring.declaration import condition_of, parsed
from casereview.authoring.fixtures import books, load_book
from casereview.chinese.answers import answer_of
from casereview.errors import RulesRefused
from casereview.rules import condition as condition_module
from casereview.rules.condition import _holds, _situation, holds
from casereview.rules.condition_text import parameters_of, read_condition, said
from casereview.rules.rulebook import available, load_rules
from casereview.rules.table import Context
from casereview.rules.truth import Situation
from casereview.rules.truth import Test as Asked

BOOK = load_book(next(p for p in books() if p.stem == "普通程序"))


class Lenient:
    """A reader of conditions for which every name exists; complaints are kept."""

    def __init__(self, situations: dict[str, Situation] | None = None):
        self.situations, self.complaints = situations or {}, []

    def complain(self, row, key, text):
        self.complaints.append(text)

    def verify(self, row, key, of, value):
        """Every name exists."""

    def situation(self, row, key, name):
        return self.situations.get(name)


def condition(text: str, reading: Lenient | None = None):
    """A condition from its YAML."""
    row = parsed(text, "样例")
    return read_condition(row, row, "当", reading or Lenient())


def context(rules, spec: dict) -> Context:
    """The base case of the ordinary procedure with changes."""
    return Context(fixtures.build(BOOK, rules, spec), rules.law)


@pytest.mark.parametrize(
    ("text", "spec", "answer"),
    [
        ("有文书: 听证笔录", {}, False),
        ("有文书: 听证笔录", {"加": ["44"]}, True),
        ("有文书: 听证笔录", {"杂件": "未读"}, None),
        ("有文书: 听证笔录／立案审批表", {}, True),
        ("有文书: [听证笔录, 立案审批表]", {}, False),
        ("无文书: 听证笔录", {}, True),
        ("无文书: 听证笔录", {"杂件": "未读"}, None),
        ("有要素: 立案审批表.案由", {}, True),
        ("有要素: 立案审批表.案由", {"改": [["03", "擅自占用人行道堆放物料案", ""]]}, False),
        ("有要素: 立案审批表.案由", {"未读": ["03"]}, None),
        ("无要素: 立案审批表.案由", {"未读": ["03"]}, None),
        ("属实: 陈述申辩书.放弃权利", {}, False),
        ("属实: 陈述申辩书.放弃权利", {"加": ["63"]}, True),
        ("属实: 陈述申辩书.放弃权利", {"加": ["39"]}, False),
        ("属实: 陈述申辩书.放弃权利", {"加": ["63"], "未读": ["63"]}, None),
        ("不属实: 陈述申辩书.放弃权利", {"加": ["63"]}, False),
        ("任一:\n  - 有文书: 听证笔录\n  - 有文书: 立案审批表", {}, True),
        ("任一:\n  - 有文书: 听证笔录\n  - 有文书: 催告书", {}, False),
        ("任一:\n  - 有文书: 听证笔录\n  - 有文书: 催告书", {"杂件": "未读"}, None),
        ("先于: {先: [立案审批表.立案日期], 后: [处罚决定书.作出日期]}", {}, True),
        ("先于: {先: [处罚决定书.作出日期], 后: [立案审批表.立案日期]}", {}, False),
        ("先于: {先: [听证笔录.听证日期], 后: [立案审批表.立案日期]}", {}, None),
    ],
)
def test_a_condition_is_yes_no_or_cannot_be_told(text, spec, answer, rules):
    """What an unread file may hold is neither there nor absent."""
    assert holds(context(rules, spec), condition(text)).holds is answer


def test_papers_that_contradict_each_other_leave_it_open(rules):
    """One review asks for more evidence, the next agrees: a person looks."""
    spec = {"加": ["64"], "改": [["10", "同意办案机构意见", "退回补充证据"]]}
    truth = holds(context(rules, spec), condition("属实: 法制审核意见书.提出修改意见"))
    assert truth.holds is None and "不一致" in truth.why and len(truth.places) == 2


@pytest.mark.parametrize(
    ("party", "fine", "answer"),
    [
        ("沐川里恒岳装饰有限公司", "贰万元整（¥20000.00）", False),
        ("沐川里恒岳装饰有限公司", "壹拾万元整（¥100000.00）", None),
        ("沐川里恒岳装饰有限公司", "贰拾万元整（¥200000.00）", True),
        ("李建行", "玖仟元整（¥9000.00）", False),
        ("李建行", "贰万元整（¥20000.00）", True),
        ("周学院", "贰万元整（¥20000.00）", True),
        ("欧阳文馆", "贰万元整（¥20000.00）", True),
    ],
)
def test_the_line_of_a_hearing_is_that_of_the_party(party, fine, answer, rules):
    """A person whose name ends as units end is a person; the reason names the number of the law."""
    changes = [["15", "叁仟元整（¥3000.00）", fine], ["11", "叁仟元整（¥3000.00）", fine]]
    changes += [["15", "统一社会信用代码：91990303MA0C2D4E67\n", ""]]
    changes += [["15", "法定代表人：应北辰\n", ""]]
    changes += [["15", "当事人：沐川里恒岳装饰有限公司", f"当事人：{party}"]]
    changes += [["11", "沐川里恒岳装饰有限公司：", f"{party}："]]
    item = rules.checklist.get("notice.hearing-right")
    truth = holds(context(rules, {"改": changes}), item.when)
    assert truth.holds is answer and "标准" in truth.why


def test_a_fault_says_why_its_situation_is_given(rules):
    """Without the number it rests on, a finding could not be checked by hand."""
    from casereview.judging.review import judge_item

    changes = [[k, "叁仟元整（¥3000.00）", "贰拾万元整（¥200000.00）"] for k in ("11", "15")]
    verdict = judge_item(
        rules.checklist.get("notice.hearing-right"), context(rules, {"改": changes})
    )
    assert verdict.status == "fail" and "达到听证条件：200,000.00 元达到标准" in verdict.message
    assert any("贰拾万元" in p.quote for p in verdict.places)


@pytest.mark.parametrize("path", available(), ids=lambda p: p.stem)
def test_a_condition_survives_being_written(path):
    """What stands in the cell of a workbook is the condition again."""
    for check in load_rules(str(path)).checklist.checks:
        if check.when:
            found = {s.name: s for s in _situations(check.when)}
            assert condition(condition_of(check.when), Lenient(found)) == check.when, check.id
            assert said(check.when), check.id


def test_a_situation_is_worked_out_once_a_case(rules):
    """Asked again it gives the same answer and notes the same as by the long way: numbers of the
    law that it used, days that other papers told.
    """
    every = {s.name: s for c in rules.checklist.checks for s in _situations(c.when)}
    used = 0
    for spec in ({}, {"加": ["44"]}, {"杂件": "未读"}):
        ctx = context(rules, spec)
        for name, situation in every.items():
            long = context(rules, spec)
            answer = _holds(long, situation)
            for _ in range(2):
                ctx.used.clear()
                ctx.case.told.clear()
                assert _situation(ctx, Asked("情形", (name,), situation=situation)) == answer
                assert (ctx.used, ctx.case.told) == (long.used, long.case.told)
            used += bool(ctx.used)
    assert len(every) > 5 and used > 2


def test_what_a_situation_noted_before_it_broke_stands(rules, monkeypatch):
    """Whatever breaks, and it is worked out anew when it is asked again."""

    def breaks(ctx, found):
        ctx.used["甲"] = "1"
        raise ValueError(found.name)

    monkeypatch.setattr(condition_module, "_holds", breaks)
    ctx = context(rules, {})
    told = ctx.case.told
    for _ in range(2):
        with pytest.raises(ValueError, match="某"):
            _situation(ctx, Asked("情形", ("某",), situation=Situation("某", "")))
    assert ctx.used == {"甲": "1"} and ctx.case.told is told


def _situations(when):
    for test in when:
        if test.situation:
            yield test.situation
        for branch in test.branches:
            yield from _situations(branch)


def test_the_numbers_behind_a_condition_are_known(rules):
    """``checklist show`` prints the thresholds that decide whether an item applies."""
    used = parameters_of(rules.checklist.get("legal-review.present").when)
    assert {"听证门槛_公民", "听证门槛_单位", "法制审核标准_公民"} <= set(used)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("有档案: 听证笔录", "没有“有档案”"),
        ("任一: 有文书", "要写几组条件"),
        ("逾期: {从: [听证申请书.日期]}", "下要写 从、到、期限"),
        ("- 有文书", "键: 值"),
    ],
)
def test_what_may_not_be_written_is_refused(text, complaint):
    """Every mistake is named; none is dropped in silence."""
    reading = Lenient()
    try:
        condition(text, reading)
        complaints = reading.complaints
    except RulesRefused as e:
        complaints = e.complaints
    assert complaint in complaints[0]


def test_a_situation_can_be_replaced_in_a_county(tmp_path):
    """The line above which a case must be reviewed is data: an overlay writes its own."""
    path = tmp_path / "某县.yaml"
    path.write_text(
        "基于: 行政处罚-普通程序\n编号: county\n清单: 某县\n版本: '1'\n情形:\n  重大执法决定:\n"
        "    说明: 本县所有罚款案件\n    任一:\n      - 有要素: 处罚决定书.罚款金额\n",
        "utf-8",
    )
    county = load_rules(str(path))
    ctx = Context(fixtures.build(BOOK, county, {"删": ["10"]}), county.law)
    assert holds(ctx, county.checklist.get("legal-review.present").when).holds is True
    usual = load_rules()
    ctx = Context(fixtures.build(BOOK, usual, {"删": ["10"]}), usual.law)
    assert holds(ctx, usual.checklist.get("legal-review.present").when).holds is False


def test_an_unknown_situation_is_refused_with_the_nearest(tmp_path):
    """A mistyped name never becomes a condition that is always open."""
    path = tmp_path / "某县.yaml"
    path.write_text(
        "基于: 行政处罚-普通程序\n编号: county\n清单: 某县\n版本: '1'\n改动:\n"
        "  legal-review.present: {当: {情形: 重大执法决订}, 理由: 试}\n",
        "utf-8",
    )
    with pytest.raises(RulesRefused, match="没有情形“重大执法决订”.*重大执法决定"):
        load_rules(str(path))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("是", True),
        ("否", False),
        ("无", False),
        ("不涉及", False),
        ("/", False),
        ("——", False),
        ("□是 ☑否", False),
        ("√是 □否", True),
        ("□是 □否", None),
        ("", None),
        ("张三，已告知", True),
        ("无异议", True),
    ],
)
def test_an_answer_in_a_form(text, answer):
    """A struck-out field and a ticked no are answers; boxes that nobody ticked are none."""
    assert answer_of(text) is answer


DOCUMENTED = (ROOT / "docs" / "条件.md").read_text("utf-8").split("```")[1::2]


def test_every_documented_word_is_accepted():
    """The first example of docs/条件.md shows every word that asks for papers, facts and days."""
    reading = Lenient()
    row = parsed(DOCUMENTED[0].removeprefix("yaml\n").replace("[…]", "[甲.乙]"), "条件.md")
    words = [test.word for test in read_condition(row["当"], row, "当", reading)]
    assert not reading.complaints and len(words) == len(set(words)) >= 12


def test_the_documented_overlay_loads(tmp_path):
    """The county of the example has its own line for what must be reviewed."""
    path = tmp_path / "某县.yaml"
    text = DOCUMENTED[2].removeprefix("yaml\n")
    path.write_text(f"编号: county\n清单: 某县\n版本: '1'\n{text}", "utf-8")
    county = load_rules(str(path))
    assert "本县重大标准" in parameters_of(county.checklist.get("legal-review.present").when)
