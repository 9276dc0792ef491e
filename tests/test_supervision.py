"""Papers of the 行政执法监督条例: each on its ground, by its article, with its day, number and
receipt; a 决定书 only by the government.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import docx
import pytest
from test_acts import FARM, NAME, ORDER, WATER, who
from test_issuing import OFFICE, go, settle
from test_reports import stored

from casereview.errors import UsageError
from casereview.record.entries import PapersIssued, UnitAnswered
from casereview.record.journal import Journal
from casereview.reports.issued import supervision_maker
from casereview.rounds.consequences import DECISION, RETURN, SUPERVISION, URGE
from casereview.rounds.history import History
from casereview.rounds.rectification import OF_UNIT, items
from casereview.rounds.supervision import articles
from casereview.run import campaigns as acts
from casereview.run.issuing import IssueOrder
from casereview.run.supervising import SupervisionOrder, supervise

LATE = dt.date(2026, 7, 1)
SAYS = "你单位逾期没有整改，应当履行的纠正职责没有履行"
GOVERNED = replace(OFFICE, given={**OFFICE.given, "本级政府": "某市人民政府"})


@pytest.fixture
def store(sample_results, rules, tmp_path):
    """The samples as the first round of a campaign, everything looked at."""
    store = stored(tmp_path / "a.db", sample_results.values(), rules).store
    acts.open_campaign(store, NAME, ORDER, who(), run=1)
    settle(store)
    return store


def supervised(store, tmp_path, kind, unit=WATER, day=LATE, office=GOVERNED, **more):
    """A paper of supervision as the command issues it, after the day set for answers."""
    order = SupervisionOrder(tmp_path / "监督", kind, unit, due="2026-07-31", **more)
    return supervise(store, order, replace(who(), today=day), supervision_maker(office, None))


def read(path):
    """The text of a paper, tables and all."""
    doc = docx.Document(path)
    cells = [c.text for t in doc.tables for r in t.rows for c in r.cells]
    return "\n".join([*(p.text for p in doc.paragraphs), *cells])


def test_each_kind_by_the_article_in_force():
    """督办函 27, 意见书 28, 决定书 29, objections 30; nothing before the 条例 was in force."""
    of = articles(dt.date(2026, 2, 1))
    assert [of[k] for k in (URGE, SUPERVISION, DECISION, "异议")] == [27, 28, 29, 30]
    assert not articles(dt.date(2026, 1, 31))


def test_what_is_not_done_by_its_day_is_urged(store, tmp_path):
    """Refused while nothing is late and without the duty in words; then the late lines, the
    article, day and number, and a receipt with a line for each.
    """
    go(store, IssueOrder(tmp_path / "下发", due="2026-06-08"))
    with pytest.raises(UsageError, match="没有逾期未整改"):
        supervised(store, tmp_path, "督办函", day=dt.date(2026, 6, 8), says=SAYS)
    with pytest.raises(UsageError, match="--say"):
        supervised(store, tmp_path, "督办函")
    done = supervised(store, tmp_path, "督办函", says=SAYS)
    paper, receipt = done.files
    text, back = read(paper), read(receipt)
    late = [i for i in items(History(store), "2026-07-01") if i.unit == WATER and i.overdue]
    assert late and len(done.sent[0].items) == len(late)
    for words in (SAYS, "《行政执法监督条例》第二十七条", "2026年7月31日前", "第三十条"):
        assert words in text
    assert all(i.fault in text and i.fault in back for i in late)
    assert "未反馈，期限2026年6月8日" in text and "【" not in text + back and "待核实" not in text
    assert done.sent[0].numbers[URGE] in text and done.sent[0].numbers[URGE] in store.numbers()
    assert RETURN in receipt.name and f"《{URGE}》" in back
    with pytest.raises(UsageError, match="已经制发"):
        supervised(store, tmp_path, "督办函", says=SAYS)


def test_the_government_decides_after_an_unheeded_opinion(store, tmp_path):
    """Approval, number and name of the government are asked for; the opinion that was not followed
    is named with its number; no objection to the bureau is offered against the government.
    """
    sent = go(store, IssueOrder(tmp_path / "下发", due="2026-06-08")).sent
    own = {"says": SAYS, "signer": "市长", "number": "某政监决〔2026〕1号"}
    with pytest.raises(UsageError, match="本级人民政府"):
        supervised(store, tmp_path, "决定书", FARM, says=SAYS)
    with pytest.raises(UsageError, match="本级政府"):
        supervised(store, tmp_path, "决定书", FARM, office=OFFICE, **own)
    assert not any(b.papers[0].kind == DECISION for b in said(store)), "nothing half done"
    text = read(supervised(store, tmp_path, "决定书", FARM, **own).files[0])
    number = next(x.numbers[SUPERVISION] for x in sent if x.unit == FARM)
    assert f"《{SUPERVISION}》（{number}）" in text and "第二十九条" in text
    assert text.startswith("某市人民政府\n某政监决〔2026〕1号") and "第三十条" not in text
    with pytest.raises(UsageError, match="已经用过"):
        supervised(store, tmp_path, "决定书", FARM, again=True, why="改", **own)


def said(store):
    """Every issue as it was recorded."""
    return [e.body for e in Journal(store).entries(PapersIssued)]


def test_an_opinion_names_what_was_found_and_nothing_open(store, tmp_path):
    """An 意见书 of its own rests on faults that decide the grade; 条例 not yet in force: none."""
    with pytest.raises(UsageError, match="没有可以引用的条文"):
        supervised(store, tmp_path, "意见书", day=dt.date(2026, 1, 5))
    done = supervised(store, tmp_path, "意见书")
    text = read(done.files[0])
    assert "第二十八条" in text and all(i.finding.veto for i in done.sent[0].items)
    assert said(store)[0].findings == tuple(i.identity for i in done.sent[0].items)
    with pytest.raises(UsageError, match="可以写 督办函、意见书、决定书"):
        supervised(store, tmp_path, "通知书")


def test_a_problem_of_the_unit_itself_is_listed_answered_and_followed(store, tmp_path):
    """What fails on the list of the three systems is a line like any other: it goes out, is
    answered, and its answer stands.
    """
    history = History(store)
    failed = [f for u in history.units(1) if u.unit == WATER for f in u.findings if f.failed]
    go(store, IssueOrder(tmp_path / "下发", due="2026-06-08"))
    rows = [i for i in items(History(store), "2026-05-07") if i.folder == OF_UNIT]
    assert {i.identity for i in rows if i.unit == WATER} == {f.identity for f in failed}
    for i in rows:
        answer = UnitAnswered(
            identity=i.identity, case=i.case, check=i.check, unit=i.unit, run=1, word="整改中"
        )
        Journal(store).add([who().says(answer)])
    now = [i for i in items(History(store), "2026-05-07") if i.folder == OF_UNIT]
    assert [i.answer.word for i in now] == ["整改中"] * len(rows)
