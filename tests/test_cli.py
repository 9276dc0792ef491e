"""The commands as their users type them: answers, exit codes, and a store that lasts."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from conftest import ROOT, SAMPLES

UNIT = SAMPLES / "栖霞岭县农业农村局"


def run(
    *args: object, cwd=None, stdin: str | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    """Run casereview in a process of its own. ``stdin``: what is typed."""
    full = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **env}
    return subprocess.run(
        [sys.executable, "-m", "casereview", *map(str, args)],
        capture_output=True,
        input=stdin,
        text=True,
        encoding="utf-8",
        cwd=cwd or ROOT,
        env=full,
        timeout=300,
    )


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    """One unit of the samples, scored."""
    db = tmp_path_factory.mktemp("db") / "a.db"
    done = run("score", UNIT, "--db", db, "--workers", 2)
    assert done.returncode == 1, done.stderr
    return db


def export(db) -> list[dict]:
    """The export of the last run."""
    return [json.loads(line) for line in run("export", "--db", db).stdout.splitlines()]


def test_export_has_the_agreed_shape(scored):
    """Keys of DESIGN 3.3 in every case."""
    for r in export(scored):
        assert (
            r["schema"] == "casereview.case/1"
            and r["run"] == 1
            and r["unit"] == "栖霞岭县农业农村局"
            and r["procedure"] == "ordinary"
        )
        assert {
            "case",
            "title",
            "checklist",
            "score",
            "score_low",
            "score_high",
            "grade",
            "vetoed",
            "documents",
            "facts",
            "findings",
            "unread",
        } <= r.keys()
        assert len(r["findings"]) == 107
        for f in r["findings"]:
            assert {
                "check",
                "status",
                "points",
                "deducted",
                "veto",
                "message",
                "identity",
                "evidence_digest",
                "ruling",
                "evidence",
            } <= f.keys()
        assert r["score_low"] <= r["score"] <= r["score_high"]


def test_same_bytes_with_any_number_of_workers(tmp_path):
    """Two runs, one and two workers, another hash seed, another folder name of the store:
    byte-identical exports.
    """
    outs = []
    for i, (workers, seed) in enumerate((("1", "1"), ("2", "77"))):
        db = tmp_path / f"{i}.db"
        run(
            "score",
            UNIT,
            "--db",
            db,
            "--workers",
            workers,
            PYTHONHASHSEED=seed,
            TZ="UTC" if i else "Asia/Shanghai",
        )
        outs.append(run("export", "--db", db).stdout)
    assert outs[0] and outs[0] == outs[1]


def test_case_folders_are_never_written_to(tmp_path):
    """A read-only case folder is scored and unchanged."""
    copy = tmp_path / "批次" / "单位"
    shutil.copytree(UNIT, copy)
    before = {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in copy.rglob("*") if p.is_file()}
    for p in [*copy.rglob("*"), copy]:
        p.chmod(0o555 if p.is_dir() else 0o444)
    assert run("score", copy, "--db", tmp_path / "x.db").returncode == 1
    assert {
        p: (p.stat().st_mtime_ns, p.read_bytes()) for p in copy.rglob("*") if p.is_file()
    } == before
    for p in [*copy.rglob("*"), copy]:
        p.chmod(0o755)


def test_exit_codes(tmp_path, scored):
    """2 usage, 3 rules refused, 4 nothing readable, 5 store unusable, 6 partly unread, 0 clean."""
    assert run("score", tmp_path / "没有", "--db", tmp_path / "a.db").returncode == 2
    bad = tmp_path / "坏清单.yaml"
    bad.write_text("清单：坏\n检查项: []\n", "utf-8")
    done = run("score", UNIT, "--db", tmp_path / "a.db", "-c", bad)
    assert done.returncode == 3 and "第 1 行" in done.stderr and not (tmp_path / "a.db").exists()
    (tmp_path / "空").mkdir()
    assert run("score", tmp_path / "空", "--db", tmp_path / "a.db").returncode == 4
    (tmp_path / "全坏").mkdir()
    (tmp_path / "全坏" / "a.pdf").write_bytes(b"")
    assert run("score", tmp_path / "全坏", "--db", tmp_path / "b.db").returncode == 4
    junk = tmp_path / "junk.db"
    junk.write_bytes(b"no database at all" * 100)
    assert (
        run("score", UNIT, "--db", junk).returncode == 5
        and junk.read_bytes() == b"no database at all" * 100
    )
    newer = tmp_path / "newer.db"
    with sqlite3.connect(newer) as c:
        c.execute("PRAGMA user_version=999")
    assert run("units", "--db", newer).returncode == 5
    clean = tmp_path / "清白"
    shutil.copytree(UNIT / "栖农罚〔2025〕5号", clean)
    assert run("score", clean, "--db", tmp_path / "c.db").returncode == 0
    (clean / "另一份.ofd").write_bytes(b"PK\x03\x04" + bytes(600))
    assert run("score", clean, "--db", tmp_path / "d.db").returncode == 6
    assert run("score", clean, "--db", tmp_path / "e.db", "--fail-under", "101").returncode == 6


def test_show_names_page_quote_and_arithmetic(scored):
    """The ledger of a faulty case."""
    out = run("show", "栖农罚〔2025〕9号", "--db", scored, COLUMNS="160").stdout
    assert "未告知陈述申辩权" in out and "得分 =" in out and "待人工" in out
    assert re.search(r"第\d+(?:页|段)", out)
    one = run("show", "9号", "--db", scored, "--check", "notice.defence-right").stdout
    assert "行政处罚法44" in one
    assert run("show", "栖农罚", "--db", scored).returncode == 2


def test_units_add_up(scored):
    """Counts of the ranking equal the counts of the export."""
    rows = json.loads(run("units", "--db", scored, "--json").stdout)
    cases = export(scored)
    assert sum(r["cases"] for r in rows) == len(cases) == 4
    assert sum(r["fails"] for r in rows) == sum(
        f["status"] == "fail" for c in cases for f in c["findings"]
    )


def test_read_gives_documents_and_facts():
    """read on one file, without a store."""
    path = next((SAMPLES / "芦汀县水务局").rglob("*行政处罚决定书.pdf"))
    got = json.loads(run("read", path, "--json").stdout)
    assert (
        got["documents"][0]["kind"] == "处罚决定书"
        and got["facts"]["处罚决定书.罚款金额"]["value"] == "20000"
    )


def test_a_correction_of_the_split_judges_only_that_case(tmp_path):
    """The reviewer says that a paper is another one; the file lies beside the store, and the other
    cases keep their rows.
    """
    db = tmp_path / "a.db"
    run("score", UNIT, "--db", db)
    before = {r["case"]: r for r in export(db)}
    name = next(k for k in before if k.endswith("5号") and "15" not in k)
    file = next(d["file"] for d in before[name]["documents"] if d["kind"] == "立案审批表")
    done = run("fix", name, f"{file}:1=其他", "--db", db)
    assert done.returncode == 0, done.stderr
    after = {r["case"]: r for r in export(db)}
    assert (
        next(f["status"] for f in after[name]["findings"] if f["check"] == "filing.present")
        == "fail"
    )
    assert all(after[k] == before[k] for k in before if k != name)
    assert (tmp_path / "a.corrections.yaml").exists()
    run("documents", name, "--db", db, "--reset")
    assert {r["case"]: r for r in export(db)}[name]["findings"] == before[name]["findings"]
    old = run("documents", name, "--db", db, "--correct", f"{file}:9=其他")
    assert old.returncode == 2 and "casereview fix" in old.stderr


def heard():
    """Let a child hear Ctrl-C, also where the tests themselves run in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_an_interrupted_run_goes_on(tmp_path):
    """Ctrl-C ends with 130 and the same command finishes the same run."""
    many = tmp_path / "批次"
    for i in range(12):
        shutil.copytree(UNIT / "栖农罚〔2025〕5号", many / "单位" / f"案卷{i:02d}")
    db = tmp_path / "a.db"
    slow = {"CASEREVIEW_CACHE": "off"}  # with what is remembered it would end before the signal
    p = subprocess.Popen(
        [sys.executable, "-m", "casereview", "score", str(many), "--db", str(db), "--workers", "1"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), **slow},
        start_new_session=True,
        preexec_fn=heard,
    )
    for _ in range(300):
        time.sleep(0.05)
        if db.exists():
            try:
                with sqlite3.connect(db) as c:
                    if c.execute("SELECT COUNT(*) FROM cases").fetchone()[0] >= 1:
                        break
            except sqlite3.OperationalError:
                continue
    p.send_signal(signal.SIGINT)
    p.communicate(timeout=60)
    assert p.returncode == 130
    done = run("score", many, "--db", db)
    assert done.returncode == 0 and "接着第 1 次评查" in done.stderr
    assert len(export(db)) == 12 and {r["run"] for r in export(db)} == {1}


def test_results_cannot_be_edited(scored):
    """Cases are append-only in the store itself."""
    with sqlite3.connect(scored) as c, pytest.raises(sqlite3.IntegrityError, match="只增不改"):
        c.execute("UPDATE cases SET grade='优秀'")


def test_the_store_is_private(scored):
    """Only its owner can read it."""
    assert scored.stat().st_mode & 0o077 == 0


def test_no_network_is_used(tmp_path):
    """With sockets forbidden, a whole score runs in the worker's own code."""
    code = (
        "import socket,sys\ndef no(*a, **k): raise OSError('network')\nsocket.socket.connect ="
        " no\nfrom casereview.run.work import Task, score_case\nfrom casereview.reading.intake"
        " import find_cases\nfrom casereview.rules.rulebook import load_rules\nfrom pathlib import"
        f" Path\nr = score_case(Task(find_cases(Path({str(UNIT)!r}))[0]),"
        " load_rules())\nprint(r.grade)"
    )
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=120
        ).returncode
        == 0
    )


def test_the_command_line_stands_ready_at_once():
    """What reads files, judges, stores and draws tables is loaded when a command needs it, not
    before.
    """
    code = (
        "import sys, casereview.cli.app\n"
        "rooms = {m.split('.')[1] for m in sys.modules if m.startswith('casereview.')}\n"
        "print(*sorted(rooms), *{'rich', 'yaml', 'pydantic', 'sqlite3'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert set(done.stdout.split()) == {"cli", "errors", "reports", "settings"}


def test_output_is_utf8_wherever_it_goes(scored, tmp_path):
    """On a machine that writes GBK, into pipes and files: marks of ledgers and money are whole."""
    for args, words in (
        (("export", "--db", scored), "¥"),
        (("doctor", "--db", scored), "✓"),
        (("show", "9号", "--db", scored), "↳"),
    ):
        done = run(*args, PYTHONIOENCODING="gbk")
        assert done.returncode == 0 and words in done.stdout, done.stderr
    path = tmp_path / "台账.txt"
    with path.open("wb") as f:
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "gbk"}
        command = [sys.executable, "-m", "casereview", "show", "9号", "--db", str(scored)]
        subprocess.run(command, stdout=f, cwd=ROOT, env=env, timeout=120, check=True)
    assert "栖农罚〔2025〕9号" in path.read_text("utf-8")


def test_a_store_that_is_not_there_is_no_fault_of_the_machine():
    """doctor says so and ends well."""
    assert run("doctor", "--db", "/nonexistent/x.db").returncode == 0
