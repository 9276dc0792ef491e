"""Campaigns: every run belongs to a round or is a trial, a rescored case replaces only itself, the
drawn list is followed to the end, and nothing means "whatever ran last".
"""

from __future__ import annotations

import io
import itertools
import json
import shutil
from dataclasses import replace

import docx
import openpyxl
import pytest
from conftest import SAMPLES, as_results
from test_campaign import ACTOR, Silent
from test_cli import run
from test_reports import OFFICE, stored

from casereview.cli.rulings import several
from casereview.errors import NotUnique, UsageError
from casereview.record.journal import Journal
from casereview.reports.gather import campaign_view
from casereview.reports.word.papers import papers
from casereview.rounds.history import History
from casereview.rounds.listing import Asked, lines
from casereview.rounds.progress import LEFT_OUT, MISSING, SCORED, progress_of
from casereview.rounds.sampling import LINE, NUMBER, UNIT
from casereview.run import campaigns as acts
from casereview.run.campaign import Order, score_folder
from casereview.run.decisions import RulingOrder, rule_on
from casereview.run.destination import Wish
from casereview.run.ledger import read_ledger
from casereview.run.listener import Listener
from casereview.run.panel import DrawOrder

NAME = "2026年度行政执法案卷评查"
WATER, FARM = "芦汀县水务局", "栖霞岭县农业农村局"
BASIS = ("《某省行政执法案卷评查办法》某政办〔2024〕5号",)
ORDER = acts.CampaignOrder(organiser="某市司法局", basis=BASIS, numbering="某司评〔2026〕*号")
SPELT = [(WATER, f"芦水罚决〔2025〕{n}号") for n in (11, 14, 19, 23)]
LISTED = [*SPELT, *((FARM, f"栖农罚〔2025〕{n}号") for n in (5, 9, 13, 16))]


def who(at=itertools.count()):  # noqa: B008 - one clock for all tests
    """The organiser, a moment later each time."""
    return replace(ACTOR, at=f"2026-05-06T08:00:00.{next(at):06}Z")


def ledger(path, rows, title=True):
    """A ledger as an office keeps it: a title, a head of two rows, units merged, a total."""
    book = openpyxl.Workbook()
    sheet = book.active
    if title:
        sheet.append(["某市行政处罚案件台账"])
        sheet.merge_cells("A1:E1")
        sheet.append(["填报单位：司法局"])
    top = sheet.max_row + 1 if title else 1
    for row in (["序号", "处罚决定", None, "执法单位", "程序"], [None, "日期", "文号", None, None]):
        sheet.append(row)
    sheet.merge_cells(start_row=top, end_row=top, start_column=2, end_column=3)
    for column in (1, 4, 5):
        sheet.merge_cells(start_row=top, end_row=top + 1, start_column=column, end_column=column)
    before, first = "", 0
    for n, (unit, number) in enumerate(rows, 1):
        sheet.append([n, "2025-03-01", number, unit if unit != before else None, "普通程序"])
        if unit == before:
            sheet.cell(sheet.max_row, 4).value = None
        else:
            first = sheet.max_row
        last = n == len(rows) or rows[n][0] != unit
        if last and sheet.max_row > first:
            sheet.merge_cells(start_row=first, end_row=sheet.max_row, start_column=4, end_column=4)
        before = unit
    sheet.append(["合计", len(rows)])
    book.save(path)
    return path


@pytest.fixture
def trial(sample_results, rules, tmp_path):
    """The samples in a store, as a trial."""
    return stored(tmp_path / "a.db", sample_results.values(), rules).store


@pytest.fixture
def campaign(trial):
    """The same as the first round of a campaign."""
    acts.open_campaign(trial, NAME, ORDER, who(), run=1)
    return trial


def test_a_ledger_is_read_as_offices_keep_it(tmp_path):
    """Title rows, a head of two rows, columns in another order, merged units, a total: the cases
    with the rows that Excel shows; a missing number is named by that row.
    """
    rows = read_ledger(ledger(tmp_path / "台账.xlsx", LISTED))
    assert [(r[UNIT], r[NUMBER]) for r in rows] == LISTED
    assert [r[LINE] for r in rows] == [str(n) for n in range(5, 13)]
    assert read_ledger(ledger(tmp_path / "b.xlsx", LISTED, title=False))[0][LINE] == "3"
    broken = ledger(tmp_path / "c.xlsx", [*LISTED[:3], (FARM, None)])
    assert read_ledger(broken)[3][LINE] == "8"
    text = "单位名称,案件编号\n甲局,甲罚〔2025〕1号\n"
    (tmp_path / "d.csv").write_text(text, "gb18030")
    assert read_ledger(tmp_path / "d.csv") == [{UNIT: "甲局", NUMBER: "甲罚〔2025〕1号", LINE: "2"}]
    (tmp_path / "e.csv").write_text("甲,乙\n1,2\n", "utf-8")
    with pytest.raises(UsageError, match="没有找到台账的表头"):
        read_ledger(tmp_path / "e.csv")


def test_a_trial_is_no_campaign_and_becomes_one_by_one_command(trial):
    """Unasked it is a trial and says so; opened with it, it is the first round."""
    history = History(trial)
    assert "不属于任何评查活动" in progress_of(history, history.current()).line
    opened = acts.open_campaign(trial, NAME, ORDER, who(), run=1)
    assert [(r.name, r.runs) for r in opened.rounds] == [("初评", (1,))]
    assert f"{NAME}·初评" in progress_of(History(trial), 1).line
    with pytest.raises(UsageError, match="已经在"):
        acts.file_into(trial, 1, "初评", who())
    acts.make_trial(trial, 1, "弄错了", who())
    with pytest.raises(UsageError, match="还没有评查案卷"):
        History(trial).current()
    with pytest.raises(UsageError, match="--why"):
        acts.set_aside(trial, 1, " ", who())


def test_a_rescored_case_replaces_only_itself(campaign, tmp_path):
    """One case scored again goes into the round that it lies in, by its place or its number; the
    others stay, figures of the whole stay figures of all cases, and what is set aside is as if it
    had not been.
    """
    before = {r.case: r for r in History(campaign).results(1)}
    case = next(c for c in before if "19号" in c)
    day = iter(f"2026-05-06T09:00:{n:02}Z" for n in range(60))

    def again(folder, wish=Wish()):  # noqa: B008 - frozen
        order = Order(folder, campaign.path, "2026-05-07", wish=wish)
        return score_folder(order, Silent(), lambda: next(day), Listener())

    done = again(SAMPLES / case)
    history = History(campaign)
    now = {r.case: r for r in history.results(1)}
    assert done.round == 1 and done.run == 2 and len(done.results) == 1
    assert now.keys() == before.keys() and history.source(1, case)[0] == 2
    assert [r.score for r in now.values()] == [r.score for r in before.values()]
    assert history.as_of(1) == "2026-05-07" and history.current() == 1
    elsewhere = shutil.copytree(SAMPLES / case, tmp_path / "另处" / WATER / "第19号卷")
    assert again(elsewhere).round == 3, "a folder of its own is a trial"
    assert again(elsewhere, Wish("初评")).round == 1
    assert History(campaign).source(1, case) == (4, "第19号卷")
    assert {r.case for r in History(campaign).results(1)} == set(before)
    acts.set_aside(campaign, 4, "扫错了", who())
    acts.set_aside(campaign, 2, "扫错了", who())
    assert History(campaign).source(1, case) == (1, case)
    acts.set_aside(campaign, 2, "没有扫错", who(), back=True)
    assert History(campaign).source(1, case)[0] == 2


def test_units_are_scored_over_all_their_cases_in_the_round(campaign):
    """One case scored again does not make the unit's list one of one case."""
    before = [u.cases for u in History(campaign).units(1)]
    order = Order(SAMPLES / WATER / f"{SPELT[2][1]} 云岫酒店", campaign.path, "2026-05-07")
    score_folder(order, Silent(), lambda: "2026-05-07T00:00:00Z", Listener())
    units = {u.unit: u.cases for u in History(campaign).units(1)}
    assert before == [] and units == {WATER: 4}


def test_the_drawn_list_is_followed(campaign, tmp_path):
    """Files that are in, missing, not drawn and left out are told apart, in screen and papers."""
    rows = [*SPELT[:3], (WATER, "芦水罚决〔2025〕31号"), *LISTED[4:7], (FARM, "栖农罚〔2025〕77号")]
    order = acts.ListOrder(DrawOrder(ledger(tmp_path / "台账.xlsx", rows), ""))
    acts.give_list(campaign, order, who())
    p = progress_of(History(campaign), 1)
    assert len(p.of(SCORED)) == 6 and [d.number for d in p.of(MISSING)] == [rows[3][1], rows[7][1]]
    extra = {c.rpartition("/")[2].partition(" ")[0] for c in p.extra}
    assert extra == {SPELT[3][1], LISTED[7][1]}
    with pytest.raises(UsageError, match="--why"):
        acts.settle_drawn(campaign, "31号", "", "", who())
    acts.settle_drawn(campaign, "31号", "", "另案处理", who())
    acts.settle_drawn(campaign, "77号", "〕16号", "案号登记有误", who())
    p = progress_of(History(campaign), 1)
    assert not p.of(MISSING) and [d.why for d in p.of(LEFT_OUT)] == ["另案处理"]
    assert p.counts == "抽取 8 卷，到 7 卷，缺 0 卷，排除 1 卷；另有未抽取的 1 卷"
    view = campaign_view(History(campaign), 1)
    assert p.counts in view.says and p.counts in view.draft
    assert view.standards == ("《某省行政执法案卷评查办法》（某政办〔2024〕5号）",)


def test_a_draft_says_so_on_every_page(campaign, trial):
    """Word: in the head of every kind of page; workbook and page too. What is final does not."""
    for path, data in papers(campaign_view(History(campaign), 1), OFFICE):
        if path.endswith(".docx"):
            doc = docx.Document(io.BytesIO(data))
            for s in doc.sections:
                heads = [s.header, *([s.first_page_header] * s.different_first_page_header_footer)]
                heads += [s.even_page_header] * doc.settings.odd_and_even_pages_header_footer
                assert all("草稿，未经印发" in h.paragraphs[0].text for h in heads), path
        elif path.endswith(".xlsx"):
            book = openpyxl.load_workbook(io.BytesIO(data))
            assert all("草稿" in (w.oddHeader.center.text or "") for w in book.worksheets), path
        else:
            assert "草稿，未经印发" in data.decode()
    final = campaign_view(History(campaign), 1, final=True)
    for path, data in papers(final, OFFICE, ("整改通知书", "汇报网页")):
        text = (
            data.decode()
            if path.endswith("html")
            else str(
                [
                    p.text
                    for s in docx.Document(io.BytesIO(data)).sections
                    for p in s.header.paragraphs
                ]
            )
        )
        assert "草稿" not in text, path


def test_rounds_are_compared_with_rounds(campaign, sample_results):
    """A trial after a round is nobody's second round; trend and comparison go by the rounds."""
    results = list(sample_results.values())

    def another(rows):
        row = campaign.run_row(1)
        number = campaign.start_run(row)
        for r in as_results(rows):
            campaign.save_case(number, r)
        campaign.finish_run(number, row.finished)
        return number

    another(results[:1])
    acts.begin_round(campaign, "回头看", who())
    third = another(results)
    assert History(campaign).current() == 1, "a round without a run is not shown"
    acts.file_into(campaign, third, "回头看", who())
    history = History(campaign)
    assert history.complete() == [1, 3] and history.earlier(3) == 1 and history.current() == 3
    assert history.chosen("初评") == 1 and history.chosen(f"{NAME}/回头看") == 3
    assert history.chosen("2") == 2
    with pytest.raises(UsageError, match="没有轮次"):
        history.chosen("复评")
    acts.open_campaign(campaign, "另一个", ORDER, who())
    with pytest.raises(NotUnique, match="2 个评查活动"):
        History(campaign).current()
    acts.change_campaign(campaign, "另一个", acts.CampaignOrder(closed=True), who())
    assert History(campaign).current() == 3
    with pytest.raises(UsageError, match=r"一个 \*"):
        acts.change_campaign(campaign, NAME, acts.CampaignOrder(numbering="甲〔2026〕1号"), who())
    with pytest.raises(UsageError, match="依据写成"):
        acts.change_campaign(campaign, NAME, acts.CampaignOrder(basis=("办法",)), who())


def test_an_interrupted_round_says_so(campaign):
    """A run that was not finished, and a folder that holds more than was scored, are told."""
    with campaign.db as conn:
        conn.execute("UPDATE runs SET status='running', cases=15")
    p = progress_of(History(campaign), 1)
    assert "文件夹里有 15 个" in p.line and "没有做完" in p.line


def test_as_people_type_it(tmp_path):
    """Score, one command makes the trial a campaign, every screen names it, runs are listed."""
    home = tmp_path

    def typed(*args, code=0):
        env = {"CASEREVIEW_REVIEWER": "甲", "CASEREVIEW_DB": str(home / "a.db")}
        done = run(*args, cwd=home, **env)
        assert done.returncode == code, done.stderr + done.stdout
        return done

    assert "试评" in typed("score", SAMPLES / FARM, code=1).stderr
    typed("campaign", "new", NAME, "--run", "1", "--basis", BASIS[0])
    for command in (["units"], ["show", "〕9号"], ["rectify"], ["export"], ["report"]):
        assert f"{NAME}·初评" in typed(*command).stderr, command
    one = typed("score", SAMPLES / FARM / "栖农罚〔2025〕9号", code=1).stderr
    assert f"计入评查活动：{NAME}·初评" in one and "案卷 4 个" in one
    typed("runs", "name", "2", "重扫")
    typed("runs", "aside", "2", "--why", "扫描没有变化")
    rows = json.loads(typed("runs", "--json").stdout)
    assert [(r["round"], r["aside"]) for r in rows] == [("初评", None), (None, "扫描没有变化")]
    assert json.loads(typed("campaign", "--json").stdout)["progress"]["cases"] == 4
    assert "没有轮次" in typed("score", SAMPLES / FARM, "--round", "复评", code=2).stderr
    assert "compare 1 2" in typed("compare", "1", code=2).stderr


def test_the_list_has_short_numbers_that_every_command_knows(campaign):
    """Filters add up; the number of a line finds the same finding, and the number of a case the
    case, unless a folder is called so.
    """
    history = History(campaign)
    rows = lines(history, 1, Asked())
    own = [x for u in (FARM, WATER) for x in lines(history, 1, Asked(unit=u))]
    assert {x.number for x in rows} == {x.number for x in own} and len(own) == len(rows)
    assert {x.status for x in rows} == {"fail", "review", "manual"}
    opened, faults = lines(history, 1, Asked(open=True)), lines(history, 1, Asked(verdict="不合格"))
    assert len(opened) + len(faults) == len(rows)
    assert all(x.veto for x in lines(history, 1, Asked(veto=True)))
    for x in rows[::7]:
        result, finding = history.find(x.number, 1)
        assert (result.case, finding.identity) == (x.case, x.identity)
        assert history.case_named(x.number.partition(".")[0], 1) == x.case
    with pytest.raises(UsageError, match="casereview list"):
        history.find("99.1", 1)
    with pytest.raises(UsageError, match="没有结论"):
        lines(history, 1, Asked(verdict="坏"))


def test_several_findings_are_ruled_on_at_once_or_not_at_all(campaign):
    """Numbers one by one and as a span; one that does not fit, and none is recorded."""
    assert several("3.97、3.98，4.1, 4.1") == ["3.97", "3.98", "4.1"]
    assert several("3.97-3.99") == several("3.97-99") == ["3.97", "3.98", "3.99"]
    assert several("〕14号#decision.remedies") == ["〕14号#decision.remedies"]
    with pytest.raises(UsageError, match="写反"):
        several("3.9-3.7")
    history = History(campaign)
    opened = [x.number for x in lines(history, 1, Asked(open=True))][:3]
    fault = lines(history, 1, Asked(verdict="不合格"))[0].number
    order = RulingOrder("", "pass", "已核对", run=1)
    done = rule_on(opened, campaign, order, who())
    assert [d.finding.effective for d in done] == ["pass"] * 3
    waive = RulingOrder("", "overrule", "已核对", run=1)
    with pytest.raises(UsageError, match="不能否定"):
        rule_on([fault, opened[0]], campaign, waive, who())
    assert len(Journal(campaign).read("ruling")) == 3
