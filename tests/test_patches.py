"""Results that stand as what moved since another of the same case: read, listed, compared, erased
and archived as if they stood whole.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from test_store import header

from casereview.errors import StoreUnusable
from casereview.model import FAIL, NA, PASS, REVIEW
from casereview.record import schema
from casereview.record.archiving import copy_runs, take_out
from casereview.record.briefs import brief_of, from_brief
from casereview.record.entries import ArchiveMade, RunsArchived
from casereview.record.erasing import stored_cases
from casereview.record.heads import head_of
from casereview.record.patches import from_json, patch_of, patched
from casereview.record.patches import to_json as patch_to_json
from casereview.record.result import Suspected, to_json
from casereview.record.rows import packed, seal, seal_patch
from casereview.record.standing import set_apart
from casereview.record.store import Store
from casereview.run.decisions import Actor
from casereview.run.erasing import erase_case

WHO = Actor("甲", "2026-05-06T00:00:00Z", dt.date(2026, 5, 6))


@pytest.fixture(scope="module")
def results(sample_results):
    """The samples as results of no run."""
    return [replace(r, run=0) for r in as_results(sample_results.values())]


def as_results(results):
    """In the order of their names."""
    return sorted(results, key=lambda r: r.case)


def told_of(brief):
    """Where every item stands, and what was said of it."""
    return [(f.check, brief.place(f.check), brief.said(f.check)) for f in brief.findings]


def moved(r, n=0):
    """The same case in which a fault became open, another item a fault, a third another line."""
    findings = list(r.findings)
    at = {s: [i for i, f in enumerate(findings) if f.status == s] for s in (FAIL, PASS, NA)}
    for i in at[FAIL][n : n + 1]:
        f = findings[i]
        was = Suspected(message=f.message, deducted=f.deducted)
        findings[i] = replace(
            f, status=REVIEW, effective=REVIEW, message=f"{f.message}（存疑）", suspected=was
        )
    i, j, k = at[PASS][n], at[PASS][n + 1], at[PASS][n + 2]
    worse = {"status": FAIL, "effective": FAIL, "message": "没有", "deducted": "1"}
    findings[i] = replace(findings[i], **worse)
    findings[j] = replace(findings[j], status=NA, effective=NA, message="不用", evidence=())
    findings[k] = replace(findings[k], points="7.5", veto=not findings[k].veto)
    return replace(r, findings=tuple(findings), score=50.0 + n, working=(f"再算 {n}",))


def test_a_patch_says_what_moved_and_nothing_else(results):
    """Laid over the first it is the second, to the letter; one after the other is one."""
    for r in results:
        one, two = moved(r), moved(moved(r), 1)
        first, second = patch_of(r, one), patch_of(one, two)
        assert len(first.findings) <= 3 and len(first.lines) == 1
        for patch, before, after in ((first, r, one), (second, one, two)):
            read = from_json(patch_to_json(patch))
            assert read == patch and to_json(patched(before, read)) == to_json(after)
        assert patched(r, first.then(second)) == two
        assert len(patch_to_json(first)) < len(to_json(r)) / 10


def test_what_is_more_than_findings_is_no_patch(results):
    """Another title, a file more, an item less: the result is written whole."""
    r = results[0]
    for after in (
        replace(r, title="别的"),
        replace(r, files=r.files[:-1]),
        replace(r, findings=r.findings[:-1]),
        replace(r, findings=r.findings[::-1]),
    ):
        assert patch_of(r, after) is None


def test_a_brief_with_a_patch_is_the_brief_of_the_whole(results):
    """With all findings and with the loud ones, places and words of what is in order too."""
    for r in results:
        after = moved(r)
        for loud in (False, True):
            mine = from_brief(brief_of(r), 7, loud, patch_of(r, after))
            theirs = from_brief(brief_of(after), 7, loud)
            assert told_of(mine) == told_of(theirs)
            assert mine.told == theirs.told
            assert replace(mine, rest=b"", patch=None) == replace(theirs, rest=b"")


@pytest.fixture
def store(tmp_path, results):
    """Run 1 whole; run 2 by patches over run 1; run 2 looked over once more; run 3 by a patch."""
    store = Store(tmp_path / "a.db")
    for n in (1, 2, 3):
        assert store.start_run(header()) == n
        store.found_cases(n, len(results))
    for r in results:
        store.save_case(1, r, f"g{r.case}")
        one, whole = moved(r), seal(r)
        now = seal_patch(head_of(one), patch_of(r, one), whole.digest)
        store.save_sealed(2, [(now, f"h{r.case}")])
        store.save_sealed(3, [(now, "")])
    again = [(before, moved(before, 1)) for before in store.results(2)]
    store.save_moved(2, again, store.grounds(2))
    yield store
    store.close()


def wanted(results):
    """What the runs of the store hold."""
    one = [moved(r) for r in results]
    return {1: results, 2: [moved(r, 1) for r in one], 3: one}


def holds(store, run, results):
    """True where a run holds these results in every form."""
    got = [replace(r, run=0) for r in store.results(run)]
    assert [to_json(r) for r in got] == [to_json(r) for r in results]
    heads = [h._replace(run=0, row=0, base=0) for h in store.heads(run)]
    assert heads == [head_of(r) for r in results]
    briefs = [replace(b, run=0, rest=b"", patch=None) for b in store.briefs(run)]
    assert briefs == [replace(from_brief(brief_of(r), 0), rest=b"") for r in results]
    named = [r.findings[3].identity[:12] for r in results]
    assert all(r.case in store.with_identity(run, d) for r, d in zip(results, named, strict=True))
    for r, (key, told) in zip(results, store.told(run), strict=True):
        assert key == r.case and [
            (f.check, f.status, f.points, f.deducted, f.veto, f.message, f.identity) for f in told
        ] == [
            (f.check, f.status, f.points, f.deducted, f.veto, f.message, f.identity)
            for f in r.findings
        ]
    return store.sound() and store.disagreeing() == 0


def test_a_store_says_the_same_whole_or_patched(store, results):
    """Results, heads, briefs; and it is much smaller than with every result whole."""
    for run, these in wanted(results).items():
        assert holds(store, run, these)
    sizes = dict(store.db.execute("SELECT run, SUM(LENGTH(result)) FROM cases GROUP BY run"))
    assert sizes[2] + sizes[3] < sizes[1] / 2
    assert store.db.execute("SELECT COUNT(*) FROM briefs").fetchone()[0] == len(results)
    assert set(store.grounds(2)) == {r.case for r in results}
    assert all(h.base for run in (2, 3) for h in store.heads(run))


def test_a_base_that_is_gone_is_told(store, results):
    """A patch over a result that this store does not hold is not written."""
    r = results[0]
    patch = patch_of(r, moved(r))
    with pytest.raises(StoreUnusable, match="原来的结果"):
        store.save_sealed(3, [(seal_patch(head_of(r), patch, "0" * 64), "")])


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE heads SET base=0 WHERE run=3",
        "UPDATE heads SET base=base+1 WHERE run=3",
        "DELETE FROM cases WHERE run=1",
    ],
)
def test_the_doctor_finds_a_result_that_goes_by_nothing(store, results, harm):
    """Every such case is counted."""
    store.db.execute("PRAGMA foreign_keys=OFF")
    for verb in ("update", "delete"):
        store.db.execute(f"DROP TRIGGER cases_no_{verb}")
    store.db.execute(harm)
    assert store.disagreeing() >= len(results)


def test_a_whole_result_in_the_place_of_a_base(store, results):
    """A person's correction of the first run leaves those that go by it as they were."""
    for r in results:
        store.save_case(1, replace(r, title="改过"))
    expected = wanted(results) | {1: [replace(r, title="改过") for r in results]}
    for run, these in expected.items():
        assert holds(store, run, these)


@pytest.mark.parametrize("runs", [[1], [2], [3], [1, 2], [2, 3]])
def test_runs_are_set_apart(store, results, runs):
    """No result goes by one on the other side, and all say what they said."""
    with store.writing() as conn:
        set_apart(conn, runs)
    sql = "SELECT c.run, b.run FROM cases c JOIN cases b ON b.id=c.base"
    assert all((a in runs) == (b in runs) for a, b in store.db.execute(sql))
    for run, these in wanted(results).items():
        assert holds(store, run, these)


@pytest.mark.parametrize("runs", [[1], [2]])
def test_runs_go_into_an_archive(store, results, runs, tmp_path):
    """Both files say afterwards what the one said."""
    old = tmp_path / "旧.db"
    gone = {"year": "2026", "campaigns": (), "runs": tuple(runs)}
    took = RunsArchived(**gone, file=old.name, cases=1, head="", open=0, why="")
    copy_runs(store, runs, old, ArchiveMade(**gone), WHO.at, WHO.name)
    take_out(store, runs, took, WHO.at, WHO.name)
    with closing(Store(old)) as archive:
        for run, these in wanted(results).items():
            assert holds(archive if run in runs else store, run, these)


def test_what_is_erased_is_gone_from_every_form(store, results, own_cache):
    """Rows, bases, patches and briefs of the case; the others stay as they were."""
    r = next(r for r in results if r.unit != results[-1].unit)
    secret = next(f.quote for x in r.findings for f in x.evidence if len(f.quote) > 12)
    assert secret in to_json(next(iter(stored_cases(store, r.case_key))).result)
    erase_case(store, r.case, "期满", WHO, run=3)
    assert len(stored_cases(store, r.case_key)) == 4  # a row each run, and the one before the last
    left = [s.result for s in stored_cases(store, r.case_key)]
    told = [b for run in (1, 2, 3) for b in store.briefs(run) if b.case_key == r.case_key]
    assert len(told) == 3 and secret not in "".join(map(to_json, left))
    assert secret not in repr([(b.findings, told_of(b), b.facts, b.documents) for b in told])
    assert store.disagreeing() == 0
    rest = {run: [x for x in these if x.case != r.case] for run, these in wanted(results).items()}
    for run, these in rest.items():
        kept = {x.case: to_json(replace(x, run=0)) for x in store.results(run)}
        assert all(kept[x.case] == to_json(x) for x in these)


# --- schema 7 ----------------------------------------------------------------------------------

OLD_HEADS = (
    "run key row case_key unit batch title card score score_low score_high grade vetoed fails"
    " review manual error open ruled broken read unread numbers"
).split()


def written_by_7(path, results):
    """A store as the program of schema 7 wrote it: two runs, one of which refers to the other."""
    import sqlite_utils

    conn = sqlite3.connect(path)
    db = sqlite_utils.Database(conn)
    for step in schema.STEPS[:7]:
        step(db)
    conn.execute(
        "INSERT INTO runs (id, root, status) VALUES (1, '/案卷', 'done'), (2, '/案卷', 'done')"
    )
    for n, r in enumerate(results, 1):
        head = head_of(r)
        named = ("key", "case_key", "unit", "batch", "title", "grade", "vetoed")
        values = [n, 1, 1, *(getattr(head, name) for name in named), packed(to_json(r))]
        columns = ", ".join(("id", "run", "revision", *named, "result"))
        conn.execute(f"INSERT INTO cases ({columns}) VALUES ({','.join('?' * 11)})", values)
        for run in (1, 2):
            row = head._replace(run=run, row=n)
            told = [getattr(row, "key" if name == "key" else name) for name in OLD_HEADS]
            marks = ",".join("?" * len(OLD_HEADS))
            conn.execute(f"INSERT INTO heads ({', '.join(OLD_HEADS)}) VALUES ({marks})", told)
        conn.execute("INSERT INTO briefs (row, body) VALUES (?, ?)", [n, b"of schema 7"])
        conn.execute("INSERT INTO grounds (ground, row) VALUES (?, ?)", [f"g{n}", n])
        conn.execute("INSERT INTO findings ([case], seq, check_id) VALUES (?, 1, 'x')", [n])
    conn.execute("PRAGMA user_version=7")
    conn.commit()
    conn.close()


def test_a_store_of_schema_7_is_brought_up_to_date(tmp_path, results):
    """Every result, head, brief and ground; a patch can go by a result once it is written anew."""
    path = tmp_path / "a.db"
    written_by_7(path, results)
    with closing(Store(path)) as store:
        for run in (1, 2):
            assert holds(store, run, results)
            assert store.grounds(run) == {r.case: f"g{n}" for n, r in enumerate(results, 1)}
        assert not {"findings", "files"} & set(schema.tables_of(store.db))
        assert store.whole_digests(r.case for r in results) == {}
        store.start_run(header())
        store.save_case(3, results[0])
        assert store.whole_digests([results[0].case]) == {results[0].case: seal(results[0]).digest}
        store.save_moved(2, [(results[1], moved(results[1]))], {})
        assert [h.base for h in store.heads(2)][:3] == [0, 2, 0]
    assert path.with_name("a.db.schema7.bak").exists()
