"""Asked once (DESIGN, promise 13): what a person said of how a unit writes is data of that unit,
dated and named, withdrawn as easily, and moves nobody else's verdicts.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from casereview.authoring.fixtures import page_of
from casereview.errors import RulesRefused
from casereview.facts.doubt import Doubt, looked, unknown
from casereview.facts.readers import house_complaints, read_facts, registry_of, specs_of
from casereview.facts.serving import in_row
from casereview.facts.strangers import strange_fields
from casereview.model import LEARNED, Document, Fact
from casereview.papers.house import (
    Entry,
    House,
    house_text,
    load_house,
    load_houses,
    replay,
    save_house,
)
from casereview.papers.paper import Paper
from casereview.papers.receipts import served_kinds
from casereview.papers.running_text import RunningText
from casereview.papers.vocabulary import Vocabulary
from casereview.record.applied import edition_of
from casereview.settings import rules_folder

VOCABULARY = Vocabulary.load(rules_folder() / "文书")
NOBODY = House()
UNIT = "云岭县水务局"
LABEL = Entry(on="2026-06-30", by="张三", paper="立案审批表", label="涉案行为", fact="案由")
TITLE = Entry(on="2026-06-30", by="张三", title="罚没款讫证明", paper="缴款凭证")
BODY = "经查，你单位未按规定保存进货台账，上述事实有现场检查笔录、照片等证据证实，事实清楚。"


def house(*entries: Entry) -> House:
    """A unit of which this was said."""
    return replay(UNIT, entries)


def paper(kind: str, *rows: str, of: House = NOBODY) -> Paper:
    """A one-page paper of a kind, read as a unit writes."""
    page = page_of("\n".join([kind, BODY, *rows]))
    document = Document(kind, "甲.docx", 1, 1, kind)
    return Paper(document, RunningText("甲.docx", [page]), VOCABULARY.of(of))


def known(p: Paper, name: str) -> object:
    """The value of a fact, or why it is not known after the last look."""
    fact = read_facts(p).get(name)
    spec = specs_of(p)[name]
    return fact.value if isinstance(fact, Fact) else looked(p, spec, unknown(p, spec)).why


def test_a_label_that_was_told_gives_the_fact_of_that_unit_alone():
    """涉案行为 is the cause for sure where the unit said so, by likeness everywhere else."""
    rows = ("涉案行为 | 未按规定保存进货台账",)
    told = house(LABEL)
    for of, origin in ((NOBODY, LEARNED), (told, ""), (NOBODY, LEARNED)):
        fact = read_facts(paper("立案审批表", *rows, of=of))["案由"]
        assert (fact.value, fact.origin) == ("未按规定保存进货台账", origin)


def test_a_label_is_read_wherever_the_value_stands():
    """Beside it with a gap only, and below the head of a column that has one value."""
    told = house(LABEL)
    line = "涉案行为  未按规定保存进货台账"
    assert known(paper("立案审批表", line, of=told), "案由") == "未按规定保存进货台账"
    column = ("涉案行为 | 备注", "未按规定保存进货台账 | ")
    assert known(paper("立案审批表", *column, of=told), "案由") == "未按规定保存进货台账"


def test_a_wording_that_was_told_gives_the_fact():
    """With a slot for the value, as in the registry."""
    said = Entry(paper="处罚决定书", line="以〈机关〉为复议机关", fact="复议机关")
    text = "可在六十日内以云岭县人民政府为复议机关提出。"
    assert known(paper("处罚决定书", text), "复议机关") is not Doubt.NOT_STATED
    assert known(paper("处罚决定书", text, of=house(said)), "复议机关") == "云岭县人民政府"


def test_what_was_denied_is_no_candidate_any_more():
    """A field and a sentence that are not the fact leave it missing."""
    rows = ("涉案行为 | 未按规定保存进货台账",)
    no = Entry(paper="立案审批表", fact="案由", never=("涉案行为",))
    assert known(paper("立案审批表", *rows, of=house(no)), "案由") is Doubt.NOT_STATED
    none = Entry(paper="立案审批表", label="涉案行为", fact="无")
    assert strange_fields(paper("立案审批表", *rows)) != ()
    assert strange_fields(paper("立案审批表", *rows, of=house(none))) == ()


def test_a_title_that_was_told_names_the_paper():
    """Of that unit; 其他 says that it is none of the known papers."""
    assert VOCABULARY.guess("罚没款讫证明") is None
    assert VOCABULARY.of(house(TITLE)).guess("罚没款讫证明").kind == "缴款凭证"
    none = VOCABULARY.of(house(Entry(title="罚没款讫证明", paper="其他")))
    assert (none.guess("罚没款讫证明").kind, none.guess("罚没款讫证明").confidence) == ("其他", 1.0)


def test_withdrawn_is_as_never_said():
    """A withdrawal is an entry; withdrawn itself, the answer holds again."""
    said = house(LABEL, TITLE)
    gone = said.told(Entry(by="李四", withdraws=1)).told(Entry(by="李四", withdraws=2))
    assert gone.digest == "" and VOCABULARY.of(gone) is VOCABULARY
    back = gone.told(Entry(by="李四", withdraws=3))
    assert back.labels == said.labels and back.titles == {}


def test_a_history_said_again_gives_the_same_file(tmp_path):
    """And the file, read back, the same house."""
    said = house(
        LABEL, TITLE, Entry(by="李四", withdraws=2), Entry(by="王五", skipped="题名：某表")
    )
    path = save_house(tmp_path, said)
    assert load_house(path) == said
    assert house_text(replay(UNIT, load_house(path).entries)) == path.read_text("utf-8")
    assert load_houses(tmp_path) == {UNIT: said}


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("{号: 1, 日: 2026-06-30, 人: 张三, 题目: 某表, 文书: 其他}", "题目"),
        ("{号: 1, 日: 2026-06-30, 人: 张三, 栏目: 某栏}", "一条要写"),
        ("{日: 2026-06-30, 人: 张三, 题名: 某表, 文书: 其他}", "缺少“号”"),
        ("{号: 1, 日: 2026-06-30, 人: 张三, 撤回: 7}", "不在前面"),
        ('{号: 1, 文书: 其他, 说法: "以〈什么〉为", 要素: 案由}', "空位"),
    ],
)
def test_what_may_not_be_written_is_refused_with_its_line(tmp_path, row, word):
    """A file edited by hand says what is wrong and where."""
    path = tmp_path / "某.yaml"
    path.write_text(f"单位: {UNIT}\n记录:\n  - {row}\n", "utf-8")
    with pytest.raises(RulesRefused, match=word) as refused:
        load_house(path)
    assert re.search("第 3 行|第 1 条", str(refused.value.complaints[0]))


def test_answers_are_part_of_what_judges(rules):
    """The items that name the paper are judged otherwise, the others as before; without answers
    the edition is the shipped one.
    """
    shipped, told = edition_of(rules), edition_of(rules, house(LABEL))
    moved = {i.id for i, j in zip(shipped.items, told.items, strict=True) if i.engine != j.engine}
    assert "filing.source-stated" in moved and "decision.number" not in moved
    assert all(i.rule == j.rule for i, j in zip(shipped.items, told.items, strict=True))
    skipped = house(Entry(skipped="题名：某表"))
    assert edition_of(rules, skipped).digest == shipped.digest != told.digest


def test_a_mistyped_fact_is_refused_with_near_ones():
    """Nothing is dropped in silence; places for signing and 无 are no facts."""
    wrong = Entry(paper="立案审批表", label="涉案行为", fact="案因")
    (told,) = house_complaints(house(wrong), VOCABULARY)
    assert "第 1 条" in told and "立案审批表.案由" in told
    good = (replace(wrong, fact="无"), replace(wrong, fact="签名：承办人"), LABEL, TITLE)
    assert house_complaints(house(*good), VOCABULARY) == []
    assert house_complaints(house(Entry(title="某表", paper="某文书")), VOCABULARY)


def test_the_registry_of_other_papers_stays_as_it_is():
    """An answer about one kind of paper touches no other."""
    own, told = registry_of(VOCABULARY), registry_of(VOCABULARY.of(house(LABEL)))
    assert told.of("处罚决定书") == own.of("处罚决定书") and told.of("立案审批表") != own.of(
        "立案审批表"
    )


def test_a_recognised_day_with_a_lost_digit_gives_no_day():
    """10月 1日 on a scan may have been the 11th; in a text layer it is what it says."""
    told = house(Entry(paper="公示记录", line="于〈日期〉公开发布", fact="公示日期"))
    page = page_of(f"公示记录\n{BODY}\n该决定于2023年10月 1日公开发布。")
    for ocr, day in ((False, "2023-10-01"), (True, None)):
        text = RunningText("甲.pdf", [replace(page, ocr=ocr)])
        p = Paper(Document("公示记录", "甲.pdf", 1, 1, "公示记录"), text, VOCABULARY.of(told))
        fact = read_facts(p).get("公示日期")
        assert (fact.value if fact else None) == day


def test_a_receipt_with_rows_tells_each_paper_its_day():
    """The served papers are known from their column, and each has the day of its own row."""
    rows = (
        "送达文书及编号 | 收到日期 | 送达人签名",
        "《行政处罚事先告知书》 | 2024年7月8日 | 王强",
        "《行政处罚决定书》 | 2024年8月2日 | 王强",
    )
    p = paper("送达回证", *rows)
    assert served_kinds(p.doc, p.running_text, VOCABULARY) == ("事先告知书", "处罚决定书")
    spec = registry_of(VOCABULARY).of("送达回证")["送达日期"]
    days = [in_row(p, kind, spec) for kind in ("事先告知书", "处罚决定书", "听证通知书")]
    assert [d.value if d else None for d in days] == ["2024-07-08", "2024-08-02", None]
