"""A year that is over goes into a file of its own: nothing lost, both chains whole, no number given
twice, nothing taken out before it was compared, nothing while lists are open.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import replace

import pytest

from casereview.cli.app import main
from casereview.errors import StoreUnusable, UsageError
from casereview.record import archiving
from casereview.record.applied import editions_of
from casereview.record.entries import CaseErased, RunsArchived, Unmasked
from casereview.record.journal import Journal, event_of
from casereview.record.result import to_json
from casereview.record.store import Store
from casereview.rounds.history import History
from casereview.rounds.rectification import items, list_of
from casereview.run.archiving import ArchiveOrder, archive_year
from casereview.run.campaign import run_row
from casereview.run.campaigns import CampaignOrder, change_campaign, file_into, open_campaign
from casereview.run.decisions import Actor, RulingOrder, rule

OLD, NEW = "2025年度案卷评查", "2026年度案卷评查"


def who(minute):
    """The organiser at some minute."""
    return Actor("组长", f"2026-05-07T08:{minute:02}:00.000000Z", dt.date(2026, 5, 7))


@pytest.fixture
def store(tmp_path, sample_results, rules):
    """Two campaigns, a year each; the first is over. A person overruled in both."""
    store = Store(tmp_path / "a.db")
    store.save_editions(editions_of(rules))
    results = sorted(sample_results.values(), key=lambda r: r.case)
    for n, (day, name) in enumerate((("2025-06-30", OLD), ("2026-05-06", NEW)), 1):
        run = store.start_run(run_row(tmp_path, rules, f"{day}T00:00:00Z", day, "{}"))
        for r in results:
            store.save_case(run, r)
        store.found_cases(run, len(results))
        store.finish_run(run, f"{day}T01:00:00Z")
        open_campaign(store, name, CampaignOrder(numbering="某司评〔2026〕*号"), who(n), run)
        first = [f for r in results for f in r.findings if f.status == "fail"][n]
        rule(store, RulingOrder(first.identity, "overrule", "看过原件", run=run), who(10 + n))
    change_campaign(store, OLD, CampaignOrder(closed=True), who(20))
    return store


def said(store, run):
    """All that a run exports, and how its findings stand."""
    history = History(store)
    return [to_json(r) for r in history.results(run)], [tuple(h[6:]) for h in history.heads(run)]


def order(store, **more):
    """Archive 2025 beside the store."""
    return ArchiveOrder("2025", store.path.with_name("2025.db"), **more)


def test_a_year_goes_and_nothing_is_lost(store, sample_results):
    """The archive says of its run what the store said; the other run says what it said before."""
    old, new, head = said(store, 1), said(store, 2), Journal(store).head()
    done = archive_year(store, order(store), who(30))
    assert (done.campaigns, done.runs, done.cases) == ((OLD,), (1,), len(sample_results))
    archive = Store(order(store).path, create=False)
    assert said(archive, 1) == old and said(store, 2) == new
    for one in (archive, store):
        assert Journal(one).broken() == "" and Journal(one).has_head(head) and one.sound()
    assert (store.count(1), store.count(2)) == (0, len(sample_results))
    for table in ("cases", "heads", "briefs"):
        count = f"SELECT COUNT(*) FROM {table}"
        mine, theirs = (s.db.execute(count).fetchone()[0] for s in (store, archive))
        assert mine == theirs > 0
    assert order(store).path.stat().st_mode & 0o077 == 0
    assert not [p for p in store.path.parent.iterdir() if ".tmp" in p.name]


def test_each_file_knows_what_it_holds(store):
    """The archive shows its campaign and nothing of the other; the store says where it went."""
    archive_year(store, order(store), who(30))
    here = History(store)
    assert {c.name: c.archive for c in here.campaigns.every} == {OLD: "2025.db", NEW: ""}
    assert here.current() == 2 and here.complete() == [2]
    there = History(Store(order(store).path, create=False))
    assert [c.name for c in there.campaigns.every] == [OLD]
    assert there.current() == 1 and there.complete() == [1]
    assert there.placed(1)[0] and not there.placed(1)[1] and not here.placed(2)[1]
    assert {r.id for r in there.store.runs()} == {1} and {r.id for r in store.runs()} == {1, 2}


def test_no_run_gets_the_number_of_one_that_went(store, rules, tmp_path):
    """What the journal says of it would else be said of another."""
    change_campaign(store, NEW, CampaignOrder(closed=True), who(21))
    archive_year(store, replace(order(store), year="2026"), who(30))
    row = run_row(tmp_path, rules, "2026-06-01T00:00:00Z", "2026-06-01", "{}")
    assert store.start_run(row) == 3


def test_an_archive_is_looked_at_and_not_written_to(store, rules, tmp_path):
    """But for what was shown of it with names, and for a person's right to be forgotten."""
    archive_year(store, order(store), who(30))
    archive = Store(order(store).path, create=False)
    finding = next(f for r in archive.results(1) for f in r.findings if f.status == "fail")
    with pytest.raises(UsageError, match="归档"):
        rule(archive, RulingOrder(finding.identity, "confirm", "又看", run=1), who(31))
    with pytest.raises(UsageError, match="归档"):
        archive.start_run(run_row(tmp_path, rules, "2026", "2026-06-01", "{}"))
    with pytest.raises(UsageError, match="归档"):
        archive_year(archive, replace(order(store), path=tmp_path / "又.db"), who(32))
    allowed = (
        Unmasked(what="清单", run=1, why="核对"),
        CaseErased(case_key="甲", called="乙", why="期满"),
    )
    for body in allowed:
        Journal(archive).add([event_of("2026", "甲", body)])
    assert Journal(archive).broken() == ""


def test_keep_copies_and_takes_nothing_out(store):
    """Not a byte of what is there changes, and no entry is made."""
    before, head = said(store, 1), Journal(store).head()
    archive_year(store, order(store, keep=True), who(30))
    assert said(store, 1) == before == said(Store(order(store).path, create=False), 1)
    assert Journal(store).head() == head and not Journal(store).entries(RunsArchived)


def test_open_lists_stay_unless_a_person_says_so(store):
    """And then it stands in the journal how many were open, and why."""
    unit = next(store.results(1)).unit
    Journal(store).add(
        [event_of("2026-05-07T08:25:00Z", "组长", list_of(History(store), 1, unit, "2026-06-01"))]
    )
    waiting = len(items(History(store), "2026-05-07"))
    assert waiting
    for given, says in ((order(store), "没有办完"), (order(store, open_lists=True), "--why")):
        with pytest.raises(UsageError, match=says):
            archive_year(store, given, who(30))
        assert not given.path.exists() and store.count(1)
    archive_year(store, order(store, open_lists=True, why="单位已撤销"), who(30))
    [entry] = Journal(store).entries(RunsArchived)
    assert (entry.body.open, entry.body.why) == (waiting, "单位已撤销")
    assert not items(History(store), "2026-05-07")
    assert len(items(History(Store(order(store).path, create=False)), "2026-05-07")) == waiting


@pytest.mark.parametrize(
    ("year", "says"), [("2026", "还没有结束"), ("2024", "没有 2024 年的评查活动，有：2025、2026")]
)
def test_what_is_not_over_or_not_there_is_refused(store, year, says):
    """With what to do."""
    with pytest.raises(UsageError, match=says):
        archive_year(store, replace(order(store), year=year), who(30))
    assert store.count(1) and store.count(2)


def test_a_file_that_is_there_is_not_written_over(store):
    """Whatever it is."""
    order(store).path.write_text("别的")
    with pytest.raises(UsageError, match="已经存在"):
        archive_year(store, order(store), who(30))
    assert order(store).path.read_text() == "别的" and store.count(1)


def test_a_run_that_was_interrupted_is_not_archived(store, rules, tmp_path):
    """It may go on yet."""
    change_campaign(store, OLD, CampaignOrder(closed=False), who(21))
    run = store.start_run(run_row(tmp_path, rules, "2025-07-01", "2025-07-01", "{}"))
    store.save_case(run, next(store.results(1)))
    file_into(store, run, f"{OLD}/初评", who(22))
    change_campaign(store, OLD, CampaignOrder(closed=True), who(23))
    with pytest.raises(UsageError, match="没有做完"):
        archive_year(store, order(store), who(30))


@pytest.mark.parametrize("fault", ["row", "column", "chain", "disk"])
def test_nothing_is_taken_out_unless_all_is_there(store, monkeypatch, fault):
    """A row that did not arrive, one that arrived otherwise, a chain that breaks, a full disk: no
    archive, and the store is as it was.
    """
    before = said(store, 1)
    copy = archiving._copy

    def faulty(conn, table, runs):
        if fault == "disk" and table == "heads":
            raise sqlite3.OperationalError("database or disk is full")
        copy(conn, table, runs)
        if table == "heads" and fault == "row":
            conn.execute("DELETE FROM archive.heads WHERE row=1")
        if table == "cases" and fault == "column":
            conn.execute("DROP TRIGGER archive.cases_no_update")
            conn.execute("UPDATE archive.cases SET grade='优秀' WHERE id=2")

    monkeypatch.setattr(archiving, "_copy", faulty)
    if fault == "chain":
        monkeypatch.setattr(Journal, "broken", lambda journal: "第 1 条")
    with pytest.raises(StoreUnusable):
        archive_year(store, order(store), who(30))
    assert not order(store).path.exists()
    assert not [p for p in store.path.parent.iterdir() if ".tmp" in p.name]
    monkeypatch.undo()
    assert said(store, 1) == before and not Journal(store).entries(RunsArchived)


def test_a_fault_while_it_is_taken_out_takes_everything_back(store, monkeypatch):
    """The guards are up again, the rows are there, the archive lies beside for the next try."""
    before = said(store, 1)
    delete = archiving._delete

    def broken(conn, runs):
        delete(conn, runs)
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(archiving, "_delete", broken)
    with pytest.raises(StoreUnusable):
        archive_year(store, order(store), who(30))
    assert said(store, 1) == before and not Journal(store).entries(RunsArchived)
    with pytest.raises(sqlite3.IntegrityError, match="只增不改"):
        store.db.execute("DELETE FROM cases")


def test_a_ruling_of_an_archived_year_still_holds_for_what_is_the_same(store):
    """What a person said of a finding goes with the finding, not with the file."""
    before = said(store, 2)
    ruled = [f for r in History(store).results(2) for f in r.findings if f.ruling]
    assert len(ruled) == 2, "one of each year"
    archive_year(store, order(store), who(30))
    assert said(store, 2) == before


def test_the_commands_say_where_a_year_is(store, monkeypatch, capsys):
    """As they are typed: archived, listed as such, read in its file, refused there."""
    monkeypatch.setenv("CASEREVIEW_REVIEWER", "组长")
    path = order(store).path
    store.close()

    def typed(*words):
        monkeypatch.setattr("sys.argv", ["casereview", *map(str, words)])
        with pytest.raises(SystemExit) as e:
            main()
        said = capsys.readouterr()
        return e.value.code, said.out + said.err

    code, text = typed("archive", 2025, "-o", path, "--db", store.path)
    assert code == 0 and "逐行核对无误" in text and str(path) in text
    assert "已归档：2025.db" in typed("runs", "--db", store.path)[1]
    there = typed("campaign", "--campaign", "2025", "--db", store.path)[1]
    assert "--db 2025.db" in there and "没有评查" not in there
    assert OLD in typed("units", "--db", path)[1]
    assert typed("rule", "1.1", "合格", "--why", "试", "--db", path)[0] == 2
