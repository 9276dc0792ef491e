"""What is kept of every case of a run beside its result, and what is read of it: the same answers
as from the results themselves, however many there are.
"""

from __future__ import annotations

import datetime as dt
import random
import sqlite3
import sys
from dataclasses import replace

import pytest
from conftest import ROOT

from casereview.cli.shared import ROWS, one_page, print_json, print_json_rows
from casereview.errors import StoreUnusable, UsageError
from casereview.model import FAIL, NA, PASS, Place
from casereview.record.applied import editions_of
from casereview.record.briefs import brief_of, first_place, from_brief, outspoken, papers_of
from casereview.record.heads import head_of
from casereview.record.identity import same_text
from casereview.record.journal import Event, Journal
from casereview.record.result import to_json
from casereview.record.store import Store
from casereview.reports.parquet import write_cases, write_findings
from casereview.rounds.case_changes import CaseChanges
from casereview.rounds.change import Side
from casereview.rounds.compare import compare
from casereview.rounds.history import History
from casereview.rounds.likeness import FLOOR, mark_of
from casereview.rounds.listing import Asked, each_line, lines
from casereview.rounds.pairing import MARGIN, _label, pair_cases
from casereview.rounds.ranking import ranked, ranking
from casereview.rounds.rulings import body_of
from casereview.run.campaign import run_row
from casereview.run.doctor import examine

DAY = "2026-05-06"


@pytest.fixture(scope="module")
def results(sample_results):
    """The samples in the order of their names."""
    return sorted(sample_results.values(), key=lambda r: r.case)


def put_right(r, *checks):
    """A case in which these items are in order now, in other files."""
    findings = tuple(
        replace(f, status=PASS, effective=PASS, deducted="0") if f.check in checks else f
        for f in r.findings
    )
    files = tuple(replace(f, sha256=f.sha256[::-1]) for f in r.files)
    return replace(r, findings=findings, files=files)


def faults(r):
    """The items of a case that fail."""
    return [f.check for f in r.findings if f.status == FAIL]


def stored(path, rules, *rounds):
    """A store with these results, a run each."""
    store = Store(path)
    store.save_editions(editions_of(rules))
    for n, results in enumerate(rounds, 1):
        run = store.start_run(run_row(path.parent, rules, f"2026-05-0{n}T00:00:00Z", DAY, "{}"))
        for r in results:
            store.save_case(run, r)
        store.finish_run(run, "2026-05-06T00:00:00Z")
    return store


@pytest.fixture
def two(tmp_path, results, rules):
    """Two runs; in the second every other case was put right."""
    again = [put_right(r, *faults(r)[:1]) if n % 2 else r for n, r in enumerate(results)]
    return stored(tmp_path / "a.db", rules, results, again)


def test_a_brief_says_what_the_result_says(results):
    """Findings without what only a look at them needs, papers, files and days, in a fifth."""
    for r in results:
        b = from_brief(brief_of(r), 7)
        assert b.run == 7 and papers_of(b) == papers_of(r)
        for mine, theirs in zip(b.findings, r.findings, strict=True):
            same = {"check", "status", "points", "deducted", "veto", "parameters"}
            assert all(getattr(mine, k) == getattr(theirs, k) for k in same)
            quiet = theirs.status in (PASS, NA)
            assert mine.message == ("" if quiet else theirs.message)
            assert mine.evidence == (theirs.evidence if theirs.status == FAIL else ())
        assert [(d.kind, d.file, d.print) for d in b.documents] == [
            (d.kind, d.file, d.print) for d in r.documents
        ]
        assert [(f.file, f.sha256, f.prints) for f in b.files] == [
            (f.file, f.sha256, f.prints) for f in r.files
        ]
        settled = [f.check for f in r.findings if f.status in (PASS, NA, FAIL)]
        assert [first_place(b, c) for c in settled] == [first_place(r, c) for c in settled]
        assert b.facts == {n: f for n, f in r.facts.items() if n in b.facts}
        assert len(brief_of(r)) < len(to_json(r).encode()) / 4


def test_files_in_another_order_are_the_same_papers(results):
    """And one byte more in one of them makes others of them."""
    r = results[0]
    assert papers_of(replace(r, files=r.files[::-1])) == papers_of(r)
    assert papers_of(
        replace(r, files=(replace(r.files[0], sha256="0"), *r.files[1:]))
    ) != papers_of(r)


def test_the_heads_follow_the_results(two, results):
    """By key; the newest revision of each; and a page of them."""
    assert [h.case for h in two.heads(1)] == [r.case for r in results]
    for h, r in zip(two.heads(1), two.results(1), strict=True):
        assert h == head_of(r, h.row)
    assert two.heads(1, 2, 3) == two.heads(1)[3:5]
    assert two.count(1) == len(results) == two.count(2)
    assert [h.case for h in two.heads_of(1, "unit", [results[0].unit])] == [
        r.case for r in results if r.unit == results[0].unit
    ]
    better = put_right(results[0], *faults(results[0]))
    two.save_case(1, better)
    head = two.heads(1)[0]
    assert (head.fails, two.count(1)) == (0, len(results))
    assert next(two.briefs(1)).finding(faults(results[0])[0]).status == PASS
    assert two.db.execute("SELECT COUNT(*) FROM briefs").fetchone()[0] == 2 * len(results)


def test_a_head_is_written_with_its_case_or_not_at_all(two, results, monkeypatch):
    """One transaction: a brief that cannot be written leaves no case behind."""
    monkeypatch.setattr("casereview.record.rows.put_brief", lambda *told: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        two.save_case(1, replace(results[0], case="新"))
    assert two.count(1) == len(results) and "新" not in two.done_cases(1)
    assert two.db.execute("SELECT COUNT(*) FROM cases").fetchone()[0] == 2 * len(results)


def test_a_damaged_brief_is_named(two):
    """Not a traceback."""
    good = two.db.execute("SELECT body FROM briefs WHERE row=1").fetchone()[0]
    for at in (0, 20, len(good) // 3, len(good) - 3):
        bad = good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :]
        two.db.execute("UPDATE briefs SET body=?", [bad])
        with pytest.raises(StoreUnusable, match="第 1 次评查"):
            assert [b.documents for b in two.briefs(1)]
    two.db.execute("UPDATE briefs SET body=x'00'")
    with pytest.raises(StoreUnusable, match="第 1 次评查"):
        list(two.briefs(1))


def test_a_store_whose_results_cannot_be_read_is_not_brought_up_to_date(two):
    """Nothing vanishes from the lists: it stays as it was, and says so."""
    path = two.path
    two.close()
    db = sqlite3.connect(path)
    db.executescript("DROP TRIGGER cases_no_update; UPDATE cases SET result='{}' WHERE id=1;")
    db.executescript("DROP TABLE heads; DROP TABLE briefs; PRAGMA user_version=5;")
    db.execute("DELETE FROM _sqlite_migrations WHERE name IN ('summaries', 'patches')")
    db.commit()
    db.close()
    with pytest.raises(StoreUnusable, match="没有升级"):
        Store(path)
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA user_version").fetchone()[0] == 5
    assert not db.execute("SELECT 1 FROM sqlite_master WHERE name='heads'").fetchone()


def plain_pairs(before, after):
    """The pairs as they are found by laying every case beside every other."""
    left, right = ({r.case: (r, mark_of(r)) for r in rows} for rows in (before, after))

    def share(x, y):
        return len(x & y) / len(x | y) if x and y else 0.0

    def content(x, y):
        if not x.prints or not y.prints:
            return 0.0
        return sum(any(same_text(p, q) for q in y.prints) for p in x.prints) / len(x.prints)

    def facts(x, y):
        both = x.values.keys() & y.values.keys()
        same = sum(x.values[n] == y.values[n] for n in both)
        return same / len(both) if x.parties & y.parties and same >= 5 else 0.0

    rungs = (
        (lambda a, b: float(a[0].case_key == b[0].case_key), 1.0),
        (lambda a, b: share(a[1].digests, b[1].digests), FLOOR),
        (lambda a, b: float(bool(a[1].numbers & b[1].numbers)), 1.0),
        (lambda a, b: content(a[1], b[1]), FLOOR),
        (lambda a, b: facts(a[1], b[1]), FLOOR),
    )
    pairs = []
    for likeness, floor in rungs:
        mine, theirs = {}, {}
        for a, x in left.items():
            for b, y in right.items():
                if (score := likeness(x, y)) >= floor:
                    mine.setdefault(a, []).append((score + _label(x[0], y[0]), b))
                    theirs.setdefault(b, []).append((score + _label(x[0], y[0]), a))

        def alone(rows):
            rows = sorted(rows, reverse=True)
            return len(rows) < 2 or rows[0][0] - rows[1][0] >= MARGIN

        for a, rows in sorted(mine.items()):
            best = max(rows)[1]
            if alone(rows) and alone(theirs[best]) and max(theirs[best])[1] == a:
                pairs.append((a, best))
        for a, b in pairs:
            left.pop(a, None), right.pop(b, None)
    return set(pairs), set(left), set(right)


def disguised(r, n, dice):
    """The case again with some of what it is known by taken away."""
    number = dice.random() < 0.4
    files = tuple(
        replace(f, sha256=f"{n}{f.sha256}" if dice.random() < 0.5 else f.sha256) for f in r.files
    )
    documents = tuple(
        replace(d, print=(f"{n:016x}" + d.print[16:]) + dice.choice(["", ".o"]))
        if d.print and dice.random() < 0.5
        else d
        for d in r.documents
    )
    facts = {k: f for k, f in r.facts.items() if dice.random() < 0.8}
    if dice.random() < 0.5:
        facts = {k: f for k, f in facts.items() if not k.endswith("文号")}
    return replace(
        r,
        case=f"第{n}号",
        unit=dice.choice([r.unit, "别的单位"]),
        case_key=r.case_key if number else f"文件:{n}",
        files=files if dice.random() < 0.7 else (),
        documents=documents,
        facts=facts,
    )


@pytest.mark.parametrize("seed", range(12))
def test_cases_are_paired_as_if_each_were_laid_beside_every_other(results, seed):
    """The indexes find what comparing all with all finds, on every rung."""
    dice = random.Random(seed)
    before = [*results, *(replace(r, case=f"又{r.case}") for r in results[:2])]
    after = [disguised(dice.choice(results), n, dice) for n in range(10)]
    found = pair_cases(before, after)
    pairs, gone, added = plain_pairs(before, after)
    assert {(a.case, b.case) for a, b, _ in found.pairs} == pairs
    assert {r.case for r in found.gone} | {r.case for r, _ in found.unclaimed} == gone
    claimed = {c for _, names in found.unclaimed for c in names}
    assert {r.case for r in found.added} == added - claimed
    assert pairs, "a set in which nothing is paired proves nothing"


def ruled(store, action, check, number=0, **more):
    """Say something of an item of a case of the first run."""
    history = History(store)
    r = history.results(1)[number]
    edition = history.editions[r.checklist.card]
    body = body_of(r.finding(check), r, 1, action, "看过", item=edition.get(check), **more)
    Journal(store).add([Event("2026-05-07T00:00:00Z", "甲", "ruling", body)])


def test_two_runs_are_compared_as_if_they_were_read_whole(two, results):
    """Changes, scores and flags, also where a person overruled."""
    ruled(two, "overrule", faults(results[0])[0])
    ruled(two, "confirm", faults(results[1])[0], 1)
    history = History(two)
    read = History(two)
    sides = [Side(n, read.results(n), read.editions, history.side(n).tool) for n in (1, 2)]
    got = history.compare(1, 2, flags=True)
    plain = compare(*sides, reviewed=DAY)
    assert got.as_dict() == plain.as_dict()
    assert (got.cases, got.flags, got.changes) == (plain.cases, plain.flags, plain.changes)
    assert {c.change for c in got.changes} >= {"已整改", "未整改"}
    assert all(c.why for c in got.changes if c.change == "已整改")


def test_a_result_that_stands_twice_is_read_once(two, results, monkeypatch):
    """By its digest, and of its findings only those that failed or are open; not where a person
    said something of it. What changed is read on both sides.
    """
    read, whole = [], Store.briefs

    def noted(store, run, keys=None, loud=False):
        read.extend((run, key, loud) for key in keys)
        return whole(store, run, keys, loud)

    monkeypatch.setattr(Store, "briefs", noted)
    plain = History(two).compare(1, 2)
    changed = {(run, r.case, False) for run in (1, 2) for r in results[1::2]}
    assert set(read) == changed | {(1, r.case, True) for r in results[::2] if faults(r)}
    assert len(read) == len(set(read))
    read.clear()
    ruled(two, "confirm", faults(results[0])[0])
    spoken = History(two).compare(1, 2)
    assert {(run, results[0].case, False) for run in (1, 2)} <= set(read)
    assert [c.identity for c in spoken.changes] == [c.identity for c in plain.changes]


def test_what_is_told_of_a_brief_is_what_failed_or_is_open(two, results):
    """With a patch too; of a result everything may be."""
    for r, b in zip(results, two.briefs(1), strict=True):
        assert outspoken(r) == r.findings
        loud = [f for f in b.findings if f.status not in (PASS, NA)]
        assert list(outspoken(b)) == loud and 0 < len(loud) < len(b.findings)
        for paper, d in zip(b.documents, r.documents, strict=True):
            places = [Place(d.file, page) for page in range(d.page_to + 2)]
            assert [paper.holds(p) for p in places] == [d.holds(p) for p in places]


def test_a_score_that_nothing_but_the_unit_moved_is_added_up_no_second_time(two, monkeypatch):
    """The shorter way comes to what the long one comes to."""
    history = History(two)
    short = history.compare(1, 2).cases
    monkeypatch.setattr(CaseChanges, "unmoved", False)
    assert History(two).compare(1, 2).cases == short
    assert len(short) > 4


def test_lists_and_ranking_are_those_of_the_results(two, results):
    """Also after rulings, one of which moves a score."""
    ruled(two, "overrule", faults(results[0])[0])
    history = History(two)
    whole = history.results(1)
    assert ranked(history.tallies(1), history.units(1)) == ranking(whole, history.units(1))
    assert [h.case for h in history.heads(1)] == [r.case for r in whole]
    for h, r in zip(history.heads(1), whole, strict=True):
        assert (h.score, h.grade, h.fails) == (r.score, r.grade, sum(f.failed for f in r.findings))
    rows = lines(history, 1, Asked(level="case"))
    assert [(x.case, x.check, x.message) for x in rows] == [
        (r.case, f.check, f.message)
        for r in whole
        for f in r.findings
        if f.effective == FAIL or f.effective in ("review", "manual", "error")
    ]
    good = lines(history, 1, Asked(level="case", verdict="合格"))
    assert all(x.message and x.identity for x in good) and len(good) > len(rows)


def test_the_first_page_reads_no_more_than_it_shows(two, monkeypatch):
    """A list of many cases begins at once."""
    read, whole = [], Store.briefs

    def counted(store, run, keys=None):
        read.append(keys)
        return whole(store, run, keys)

    monkeypatch.setattr(Store, "briefs", counted)
    rows = each_line(History(two), 1, Asked())
    next(rows)
    assert len(read) == 1 and len(list(read[0])) == 1


def test_pages():
    """Each row on one page; a page that is none is refused."""
    rows = range(2 * ROWS + 3)
    pages = [one_page(rows, n) for n in (1, 2, 3, 4)]
    assert [len(p) for p, _ in pages] == [ROWS, ROWS, 3, 0]
    assert [more for _, more in pages] == [True, True, False, False]
    assert [x for p, _ in pages for x in p] == list(rows)
    with pytest.raises(UsageError, match="--page"):
        one_page(rows, 0)


@pytest.mark.parametrize("rows", [[], [{"b": 1, "a": [1, {"c": "甲\n乙"}]}], [1, 2, {"x": []}]])
def test_rows_are_printed_as_the_list_is(rows, capsys):
    """Byte for byte."""
    print_json(rows)
    whole = capsys.readouterr().out
    print_json_rows(iter(rows))
    assert capsys.readouterr().out == whole


def tables(two, folder):
    """The Parquet files of the first run: cases and findings."""
    parquet = pytest.importorskip("pyarrow.parquet")
    history = History(two)
    cases, findings = folder / "案卷.parquet", folder / "项目.parquet"
    counts = (write_cases(history, 1, cases, False), write_findings(history, 1, findings, False))
    rows = [parquet.read_table(path).to_pylist() for path in (cases, findings)]
    assert [len(r) for r in rows] == list(counts)
    return rows


def test_parquet_says_what_the_results_say(two, results, tmp_path, monkeypatch):
    """A row each case and each finding, after the rulings, in several groups; nothing left beside
    it, and only its owner reads it.
    """
    monkeypatch.setattr("casereview.reports.parquet.GROUP", 7)
    ruled(two, "overrule", faults(results[0])[0])
    cases, findings = tables(two, tmp_path)
    whole = History(two).results(1)
    assert [(r["case"], r["score"], r["grade"], r["vetoed"]) for r in cases] == [
        (r.case, r.score, r.grade, r.vetoed) for r in whole
    ]
    told = {(r["case"], r["check"]): r for r in findings}
    for r in whole:
        for f in r.findings:
            row = told.pop((r.case, f.check))
            assert (row["status"], row["tool"], row["message"]) == (
                f.effective,
                f.status,
                f.message,
            )
            assert row["deducted"] == float(f.deducted) and row["identity"] == f.identity
    assert not told
    assert sum(r["ruling"] != "" for r in findings) == 1
    assert sorted(p.name for p in tmp_path.iterdir() if "parquet" in p.name) == [
        "案卷.parquet",
        "项目.parquet",
    ]
    assert (tmp_path / "案卷.parquet").stat().st_mode & 0o077 == 0


def test_a_masked_table_has_no_column_in_which_a_name_may_stand(two, results, tmp_path):
    """Folders are named after parties, messages quote them."""
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    write_findings(History(two), 1, path, True)
    assert not {"case", "message", "by"} & set(parquet.read_table(path).column_names)
    write_cases(History(two), 1, path, True)
    assert not {"case", "title"} & set(parquet.read_table(path).column_names)


def test_the_ranking_of_the_manual_runs_in_duckdb(two, tmp_path):
    """The query that docs/容量.md shows gives the means of ``units``."""
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    write_cases(History(two), 1, tmp_path / "案卷.parquet", False)
    text = (ROOT / "docs" / "容量.md").read_text("utf-8")
    query = text.partition("```sql")[2].partition("```")[0]
    rows = duckdb.sql(query.replace("案卷.parquet", str(tmp_path / "案卷.parquet"))).fetchall()
    ranks = ranked(History(two).tallies(1))
    assert [(unit, cases, mean) for unit, cases, mean, *_ in rows] == [
        (r.unit, r.cases, r.mean) for r in ranks
    ]


def test_parquet_without_its_library_is_a_sentence(two, tmp_path, monkeypatch):
    """What to install; nothing is written."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"casereview\[parquet\]"):
        write_cases(History(two), 1, tmp_path / "a.parquet", False)
    assert not (tmp_path / "a.parquet").exists()


def test_a_table_that_cannot_be_written_leaves_what_was_there(two, tmp_path, monkeypatch):
    """A fault in the middle: the old file stays, no half of a new one lies beside it."""
    pytest.importorskip("pyarrow")
    path = tmp_path / "a.parquet"
    path.write_bytes(b"old")
    monkeypatch.setattr("casereview.reports.parquet._case", lambda h, checklist: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_cases(History(two), 1, path, False)
    assert path.read_bytes() == b"old" and not list(tmp_path.glob("*.tmp"))


@pytest.mark.parametrize(
    "change", ["DELETE FROM heads WHERE row=3", "UPDATE heads SET grade='优秀'"]
)
def test_the_doctor_names_heads_that_say_otherwise(two, change):
    """A case that vanished from the lists, a grade that is not that of the result."""
    path = two.path
    assert two.disagreeing() == 0
    two.db.execute(change)
    two.db.commit()
    two.close()
    [row] = [r for r in examine(path, dt.date(2026, 5, 6)) if r.what == "数据库"]
    assert row.state == "bad" and "摘要与结果不符" in row.detail
