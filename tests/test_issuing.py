"""The one act of issuing: nothing official by accident, nothing issued twice, every number once,
and nothing counts before its file is written.
"""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import openpyxl
import pytest
from test_acts import FARM, LISTED, NAME, ORDER, WATER, ledger, who
from test_reports import stored

from casereview.errors import UsageError
from casereview.judging.score import OPEN
from casereview.record.entries import PapersIssued, UnitAnswered
from casereview.record.journal import Event, Journal
from casereview.reports.issued import maker
from casereview.reports.office import Office
from casereview.rounds.history import History
from casereview.rounds.next_steps import next_steps
from casereview.rounds.progress import progress_of
from casereview.rounds.rectification import NOT_ISSUED, items, waiting
from casereview.rounds.register import next_numbers
from casereview.rounds.rulings import body_of
from casereview.run import campaigns as acts
from casereview.run.files import write_file
from casereview.run.issuing import (
    IssueOrder,
    RehearsalOrder,
    issue,
    issued,
    rehearse,
    standing_in_the_way,
)
from casereview.run.panel import DrawOrder

OFFICE = Office({"联系人": "周某", "联系电话": "0550-1234567", "主送": "各单位"})


def settle(store, run=1, by="甲"):
    """Somebody looks at every open item and finds it in order."""
    history = History(store)
    bodies = [
        body_of(f, r, run, "pass", "已核对")
        for r in history.results(run)
        for f in r.findings
        if f.effective in OPEN
    ]
    history.journal.add([Event(who().at, by, "ruling", b) for b in bodies])
    return len(bodies)


@pytest.fixture
def store(sample_results, rules, tmp_path):
    """The samples as the first round of a campaign."""
    store = stored(tmp_path / "a.db", sample_results.values(), rules).store
    acts.open_campaign(store, NAME, ORDER, who(), run=1)
    return store


def go(store, order, write=write_file, office=OFFICE):
    """Issue as the command does."""
    return issue(store, order, who(), maker(office, None, order.cases), write)


def test_it_refuses_and_lists_what_stands_in_the_way(store, tmp_path):
    """Missing files, open items, undecided objections; a trial is refused whatever is said."""
    rows = [*LISTED, (WATER, "芦水罚决〔2025〕31号")]
    acts.give_list(
        store, acts.ListOrder(DrawOrder(ledger(tmp_path / "台账.xlsx", rows), "")), who()
    )
    order = IssueOrder(tmp_path / "下发", due="2026-06-08")
    with pytest.raises(UsageError, match="没有到：芦汀县水务局 芦水罚决〔2025〕31号") as refused:
        go(store, order)
    assert "项还没有判断" in str(refused.value) and not order.folder.exists()
    assert settle(store) > 30
    assert standing_in_the_way(History(store), 1) == [
        "抽取的案卷没有到：芦汀县水务局 芦水罚决〔2025〕31号"
    ]
    assert go(store, replace(order, unit=FARM)).lacking == (), "the other unit has all its files"
    acts.settle_drawn(store, "31号", "", "另案处理", who())
    assert not standing_in_the_way(History(store), 1)
    assert [x.unit for x in go(store, replace(order, unit=WATER)).sent] == [WATER]
    told = items(History(store), "2026-05-07", WATER)[0]
    answer = UnitAnswered(
        identity=told.identity,
        case=told.case,
        check=told.check,
        unit=WATER,
        run=1,
        word="有异议",
        note="原件有",
    )
    Journal(store).add([who().says(answer)])
    assert "异议还没有处理" in standing_in_the_way(History(store), 1)[0]


def test_a_trial_never_goes_out(sample_results, rules, tmp_path):
    """Not even with a signature; its lists are a rehearsal that says so, and count for nothing once
    the trial is a round.
    """
    store = stored(tmp_path / "a.db", sample_results.values(), rules).store
    settle(store)
    order = IssueOrder(tmp_path / "下发", due="2026-06-08", signer="局长", why="急")
    with pytest.raises(UsageError, match="试评不能印发"):
        go(store, order)

    def make(history, x):
        yield f"{x.unit}.txt", b"draft"

    asked = RehearsalOrder(tmp_path / "试", due="2026-06-08")
    assert {x.unit for x in rehearse(store, asked, who(), make).sent} == {WATER, FARM}
    assert not waiting(History(store), 1) and not issued(store) and not store.numbers()
    acts.open_campaign(store, NAME, ORDER, who(), run=1)
    assert {i.state for i in waiting(History(store), 1)} == {NOT_ISSUED}
    assert not items(History(store), "2026-05-07")


def test_one_act_makes_papers_numbers_annex_and_deadline(store, tmp_path):
    """Every paper with a number of its own, the annexes under that of the notice, one deadline in
    all of them, and the list that comes back is the one that is annexed.
    """
    settle(store)
    done = go(store, IssueOrder(tmp_path / "下发", due="2026-06-08"))
    names = {p.relative_to(tmp_path / "下发").as_posix() for p in done.files}
    assert names == {
        f"{u}/{n}"
        for u in (WATER, FARM)
        for n in (
            "整改通知书.docx",
            "行政执法监督意见书.docx",
            "行政执法监督意见书附件 行政执法监督文书回执.docx",
            f"附件1 {u}整改清单.xlsx",
            "附件2 整改回执.docx",
        )
    }
    numbers = [n for x in done.sent for n in x.numbers.values()]
    assert numbers == [f"某司评〔2026〕{n}号" for n in (1, 2, 3, 4)] == sorted(store.numbers())
    for x in done.sent:
        own = x.numbers["整改通知书"]
        for kind in ("整改通知书", "附件2 整改回执", "行政执法监督意见书"):
            doc = docx.Document(tmp_path / "下发" / x.unit / f"{kind}.docx")
            text = "\n".join(p.text for p in doc.paragraphs)
            assert "2026年6月8日" in text and "【" not in text and "草稿" not in text
            assert (x.numbers.get(kind) or own) in text
            cited = "根据《行政执法监督条例》第二十八条" in text
            assert cited is (kind == "行政执法监督意见书")
        sheet = openpyxl.load_workbook(tmp_path / "下发" / x.unit / f"附件1 {x.unit}整改清单.xlsx")
        said = sheet["整改清单"]["A2"].value
        assert own in said and "2026-06-08" in said and f"{NAME}·初评" in said
        assert Journal(store).has_head(said.rpartition("记录号 ")[2])
        assert f"问题 {len(x.items)} 个" in said and len(x.items) == len(
            [i for i in items(History(store), "2026-05-07") if i.unit == x.unit]
        )


def test_the_papers_on_every_case_go_with_the_notice_when_asked(store, tmp_path):
    """A score sheet and an 意见书 for each case, each 意见书 with a number of its own; the notice
    names the annex.
    """
    settle(store)
    done = go(store, IssueOrder(tmp_path / "下发", due="2026-06-08", unit=WATER, cases=True))
    cases = [r.title for r in History(store).results(1) if r.unit == WATER]
    folder = tmp_path / "下发" / WATER
    assert {p.stem for p in (folder / "附件3 评查打分表").iterdir()} == set(cases)
    numbers = [n for k, n in done.sent[0].numbers.items() if k.startswith("个案评查意见书")]
    assert len(set(numbers)) == len(cases) and set(numbers) <= set(store.numbers())
    texts = [
        "".join(p.text for p in docx.Document(path).paragraphs)
        for path in (folder / "个案评查意见书").iterdir()
    ]
    assert all(any(n in t for t in texts) for n in numbers) and not any("【" in t for t in texts)
    notice = "".join(p.text for p in docx.Document(folder / "整改通知书.docx").paragraphs)
    assert "3.评查打分表（一卷一表）" in notice


def test_without_a_basis_nothing_goes_out(sample_results, rules, tmp_path):
    """The list of the program is no norm: an office says by which it reviews."""
    store = stored(tmp_path / "a.db", sample_results.values(), rules).store
    acts.open_campaign(store, NAME, replace(ORDER, basis=()), who(), run=1)
    settle(store)
    with pytest.raises(UsageError, match="评查依据"):
        go(store, IssueOrder(tmp_path / "下发", due="2026-06-08"))


def test_nothing_counts_before_every_file_is_written(store, tmp_path):
    """A full disk at the third file: no entry, no number used, nothing left in the folder; what the
    office did not say is asked for before anything is written.
    """
    settle(store)
    order = IssueOrder(tmp_path / "下发", due="2026-06-08")

    def full(path, data):
        if len([p for p in order.folder.rglob("*") if p.is_file()]) == 2:
            raise UsageError("磁盘满了")
        write_file(path, data)

    with pytest.raises(UsageError, match="磁盘满了"):
        go(store, order, full)
    assert not issued(store) and not store.numbers() and not items(History(store), "2026-05-07")
    assert not [p for p in order.folder.rglob("*") if p.is_file()]
    with pytest.raises(UsageError, match="还缺 联系人、联系电话"):
        go(store, order, office=Office({}))
    assert not issued(store) and not store.numbers()
    assert next(iter(go(store, order).sent[0].numbers.values())) == "某司评〔2026〕1号"


def test_again_only_on_purpose_and_answers_stay(store, tmp_path):
    """A second time is refused, or done for a reason with new numbers; what units answered to the
    first list still counts.
    """
    settle(store)
    order = IssueOrder(tmp_path / "下发", due="2026-06-08", unit=WATER)
    go(store, order)
    told = items(History(store), "2026-05-07", WATER)[0]
    answer = UnitAnswered(
        identity=told.identity,
        case=told.case,
        check=told.check,
        unit=WATER,
        run=1,
        word="已改正",
        measure="补做",
        responsible="罗某",
        done="2026-05-06",
    )
    Journal(store).add([who().says(answer)])
    with pytest.raises(UsageError, match=r"已经印发：芦汀县水务局.*〔2026〕1号"):
        go(store, order)
    with pytest.raises(UsageError, match="--why"):
        go(store, replace(order, again=True))
    more = go(store, replace(order, again=True, why="期限有误", due="2026-06-18"))
    assert "某司评〔2026〕3号" in more.sent[0].numbers.values()
    now = {i.identity: i for i in items(History(store), "2026-05-07", WATER)}
    assert now[told.identity].answer.word == "已改正"
    assert {i.due for i in now.values()} == {"2026-06-18"}
    with pytest.raises(UsageError, match="已经用过"):
        go(store, replace(order, again=True, why="换号", first=2))


def test_a_named_person_may_override_and_it_is_kept(store, tmp_path):
    """What was lacking, who let it go out and why stand in the journal."""
    order = IssueOrder(tmp_path / "下发", due="2026-06-08", signer="吴局长")
    with pytest.raises(UsageError, match="--why"):
        go(store, order)
    done = go(store, replace(order, why="年度考核时限"))
    kept = [e.body for e in Journal(store).entries(PapersIssued)]
    assert len(done.lacking) == 8 and [b.signer for b in kept] == ["吴局长"] * 2
    assert all(b.lacking == done.lacking and b.why == "年度考核时限" for b in kept)


def test_the_bulletin_is_issued_once_with_its_own_number(store, tmp_path):
    """Bulletin, roll, list of the best, workbook and page, from the same figures."""
    settle(store)
    go(store, IssueOrder(tmp_path / "下发", due="2026-06-08"))
    order = IssueOrder(tmp_path / "通报", bulletin=True)
    done = go(store, order)
    assert {p.name for p in done.files} == {
        "评查情况通报.docx",
        "参评汇总表.docx",
        "优秀案卷名单.docx",
        "评查统计.xlsx",
        "汇报网页.html",
    }
    text = "\n".join(
        p.text for p in docx.Document(io.BytesIO(done.files[0].read_bytes())).paragraphs
    )
    assert "某司评〔2026〕5号" in text and "某政办〔2024〕5号" in text
    assert "关于2026年度行政执法案卷评查情况的通报" in text and "【" not in text
    with pytest.raises(UsageError, match="评查情况通报"):
        go(store, order)


def test_numbers_follow_the_register():
    """The next free one; other years and offices do not count; a used one is refused."""
    used = ["某司评〔2026〕2号", "某司评〔2025〕9号", "某司〔2026〕7号"]
    coming = next_numbers("某司评〔2026〕*号", used)
    assert [next(coming), next(coming)] == ["某司评〔2026〕3号", "某司评〔2026〕4号"]
    assert next(next_numbers("某司评〔2026〕*号", used, 12)) == "某司评〔2026〕12号"
    with pytest.raises(UsageError, match="已经用过"):
        next(next_numbers("某司评〔2026〕*号", used, 2))
    with pytest.raises(UsageError, match="还没有文号的写法"):
        next(next_numbers("", used))


def test_the_next_step_follows_from_where_things_stand(store, tmp_path):
    """First what is open, then the issuing, then what has not come back, then the second visit."""

    def told():
        return "\n".join(next_steps(progress_of(History(store), 1, "2026-07-01")))

    assert "项待您判断：casereview list --open" in told() and "issue" not in told()
    settle(store)
    assert "2 个单位可以印发：casereview issue" in told()
    done = go(store, IssueOrder(tmp_path / "下发", due="2026-06-08"))
    late = sum(len(x.items) for x in done.sent)
    assert f"{late} 个问题还没有反馈，{late} 个逾期" in told() and "回头看" in told()
