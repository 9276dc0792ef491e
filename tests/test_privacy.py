"""No person leaks: a thousand planted values in every output, nothing left after erasing, a case
that may be shared, and a repository without anybody's data or secrets.
"""

from __future__ import annotations

import io
import json
import logging
import random
import re
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace

import pytest
from conftest import ROOT, SAMPLES
from planted import a_thousand, planted, resident
from test_masking import bare
from test_store import header
from typer.testing import CliRunner

from casereview.chinese import id_check
from casereview.cli.app import app
from casereview.errors import UsageError
from casereview.model import Place
from casereview.privacy.mask import masker
from casereview.reading import cache
from casereview.reading.intake import find_cases
from casereview.record.applied import edition_of
from casereview.record.entries import CaseErased, CaseOutcome
from casereview.record.journal import Journal, event_of
from casereview.record.result import FactResult
from casereview.record.store import Store
from casereview.reports.anonymous import shared_line
from casereview.reports.gather import campaign_view
from casereview.reports.office import load_office
from casereview.reports.word.papers import papers
from casereview.rounds.history import History
from casereview.run.decisions import Actor, RulingOrder, rule
from casereview.run.erasing import erase_case
from casereview.run.judged_again import JUDGED
from casereview.run.kept_cases import READ
from casereview.run.work import Task, score_case

pytestmark = pytest.mark.usefixtures("own_cache")


def laden(result, texts):
    """A result whose faults and open items quote these texts, some in each."""
    rows = list(result.findings)
    for n, f in enumerate(rows):
        mine = texts[n :: len(rows)]
        places = tuple(Place("01 询问笔录.docx", 1, None, t) for t in mine)
        told = "；".join(mine[:3])
        rows[n] = replace(
            f, status="fail", effective="fail", evidence=places, message=told, working=tuple(mine)
        )
    return replace(result, findings=tuple(rows))


def everything_in(data: bytes) -> str:
    """All text of a file, also of one that is a package; numbers of a workbook, and the places of
    its texts, are no text: side by side they would make any.
    """
    if not data.startswith(b"PK"):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        parts = (z.read(n).decode("utf-8", "replace") for n in z.namelist())
        return "\n".join(re.sub(r"<v>[^<]*</v>|<[^>]+>", "", part) for part in parts)


@pytest.fixture(scope="module")
def results(rules):
    """Two sample cases, scored."""
    refs = [r for r in find_cases(SAMPLES) if "11号" in r.title or r.title.endswith("〕9号")]
    return {r.title: score_case(Task(r), rules) for r in refs}


@pytest.fixture(scope="module")
def store_of(results, rules, tmp_path_factory):
    """A store with one case that carries a thousand planted values."""
    store = Store(tmp_path_factory.mktemp("库") / "casereview.db")
    store.save_editions([edition_of(rules)])
    run = store.start_run(header())
    texts = [text for _, text, _ in a_thousand()]
    store.save_case(run, laden(next(r for t, r in results.items() if "11号" in t), texts))
    store.finish_run(run, "2026-05-06T01:00:00Z")
    return store


def through(text: str) -> list[tuple[str, str]]:
    """Planted values that can be read in a text."""
    flat = bare(text)
    return [(kind, secret) for kind, _, secret in a_thousand() if bare(secret) in flat]


def test_a_thousand_values_are_a_thousand():
    """Of ten kinds, no two alike."""
    rows = a_thousand()
    assert len({secret for *_, secret in rows}) == 1000
    assert len(Counter(kind for kind, *_ in rows)) >= 9


def test_a_thousand_values_are_hidden_in_every_paper(store_of):
    """Word, Excel, page and pictures of the papers that go out: none of a thousand."""
    view = campaign_view(History(store_of), 1, "", True)
    files = dict(papers(view, load_office(None), (), None))
    assert {n.rsplit(".", 1)[-1] for n in files} >= {"docx", "xlsx", "html"}
    leaks = {name: found for name, data in files.items() if (found := through(everything_in(data)))}
    assert not leaks


def test_a_thousand_values_are_hidden_in_the_export_for_others(store_of):
    """``export --masked``: one line of JSON a case, with the same numbers."""
    results = History(store_of).results(1)
    mask = masker(results)
    lines = [shared_line(r, mask) for r in results]
    assert not through("\n".join(lines))
    assert [json.loads(x)["score"] for x in lines] == [r.score for r in results]
    assert all(json.loads(x)["findings"][0]["identity"] for x in lines)


def test_logs_carry_no_text(caplog, capfd, tmp_path):
    """A reader that breaks over a paper with planted values tells its kind of fault and no more."""
    from casereview.reading.door import read_source

    text = "\n".join(t for _, t, _ in planted())
    with caplog.at_level(logging.DEBUG):
        for name in ("a.pdf", "a.docx", "a.xlsx", "a.ofd", "a.jpg", "a.mp4"):
            s = read_source(name, text.encode())
            assert not through(s.detail)
    out = capfd.readouterr()
    assert not through(caplog.text + out.out + out.err)


NAME, STREET, NUMBER = "尉迟青衡", "南澜省平昌市凤鸣区望江路77号绿地小区9栋803室", "13899990007"


@pytest.fixture
def planted_store(results, rules, tmp_path, monkeypatch):
    """A store whose case 11号 names a person in name, facts, quotes, rulings and a list."""
    monkeypatch.setenv("CASEREVIEW_CACHE", str(tmp_path / "缓存"))
    pages = tmp_path / "缓存" / "pages" / "ab"
    pages.mkdir(parents=True)
    (pages / "ab12.json").write_text(f"当事人{NAME}", "utf-8")
    store = Store(tmp_path / "casereview.db")
    store.save_editions([edition_of(rules)])
    run = store.start_run(header())
    for title, r in results.items():
        if "11号" in title:
            fact = FactResult(value=[NAME], text=NAME, file="a.docx", page=1)
            more = {"处罚决定书.当事人": fact, "询问笔录.住址": FactResult(value=STREET)}
            case = r.case.replace(r.title, f"芦水罚决〔2025〕11号 {NAME}")
            r = replace(r, case=case, title=case.rpartition("/")[2], facts={**r.facts, **more})
            r = laden(r, [f"当事人：{NAME}，住{STREET}，电话{NUMBER}"] * 200)
        store.save_case(run, r)
    store.finish_run(run, "2026-05-06T01:00:00Z")
    return store


def actor(at="2026-05-07T00:00:00Z"):
    """A person at the desk."""
    import datetime as dt

    return Actor("王组长", at, dt.date(2026, 5, 7))


def raw_bytes(folder) -> bytes:
    """Every byte of every file below a folder."""
    return b"".join(p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file())


def forms(text: str) -> list[bytes]:
    """A text as the encodings of a Chinese machine, JSON and a page write it."""
    escaped = text.encode("ascii", "xmlcharrefreplace")
    return [
        *(text.encode(e) for e in ("gb18030", "utf-16-le")),
        json.dumps(text)[1:-1].encode(),
        escaped,
    ]


def test_erasing_leaves_nothing_that_a_byte_search_finds(planted_store, tmp_path):
    """Name, home and phone are in the store before and nowhere after: not in the file, the log
    beside it, the copies of migrations, the cache; verdicts, scores, rulings and the chain stay.
    """
    store = planted_store
    history = History(store)
    case = next(c for c in (r.case for r in history.raw(1)) if NAME in c)
    finding = history.case(case, 1).findings[0]
    rule(store, RulingOrder(finding.identity, "overrule", f"{NAME}已经说明"), actor())
    said = CaseOutcome(
        case=case, case_key="x", unit="u", outcome="维持", forum="行政复议", date="", why=NAME
    )
    Journal(store).add([event_of("2026-05-08T00:00:00Z", "王组长", said)])
    (tmp_path / "casereview.db.schema3.bak").write_bytes(NAME.encode())
    for shelf in (READ, JUDGED, cache.SHELF):
        shelf.put("ab12", NAME.encode())
    before = History(store).case(case, 1)
    secrets = [x.encode() for x in (NAME, STREET, NUMBER)]
    assert all(x in raw_bytes(tmp_path) for x in secrets)
    done = erase_case(store, case, "留存期限届满", actor("2026-05-09T00:00:00Z"))
    left = raw_bytes(tmp_path)
    assert [x for x in secrets if x in left] == []
    assert [x for x in (NAME, STREET, NUMBER) if any(form in left for form in forms(x))] == []
    assert NAME.encode() not in raw_bytes(cache.SHELF.folder.parent)
    after = History(store).case(done.called, 1)
    assert (after.score, after.grade, after.case_key) == (
        *(before.score, before.grade),
        before.case_key,
    )
    statuses = [(f.check, f.status, f.identity, f.evidence_digest) for f in before.findings]
    assert [(f.check, f.status, f.identity, f.evidence_digest) for f in after.findings] == statuses
    assert after.findings[0].ruling.action == "overrule" and after.findings[0].effective == "pass"
    assert Journal(store).broken() == ""
    assert done.copies == ("casereview.db.schema3.bak",)


def test_an_erased_entry_cannot_be_altered_afterwards(planted_store):
    """What was written over is fixed by the entry that says so; another change shows."""
    store = planted_store
    case = next(r.case for r in History(store).raw(1) if NAME in r.case)
    finding = History(store).case(case, 1).findings[0]
    rule(store, RulingOrder(finding.identity, "overrule", "理由"), actor())
    erase_case(store, case, "期满", actor("2026-05-09T00:00:00Z"))
    assert Journal(store).entries(CaseErased)[0].body.entries
    with pytest.raises(Exception, match="只增不改"):
        store.db.execute("UPDATE events SET body='{}'")
    store.db.execute("DROP TRIGGER events_no_update")
    store.db.execute("UPDATE events SET body=replace(body, 'overrule', 'confirm')")
    assert "不衔接" in Journal(store).broken()


def test_erasing_needs_a_reason_and_a_yes(planted_store, tmp_path):
    """Without a reason it is refused; without yes nothing happens."""
    store = planted_store
    case = next(r.case for r in History(store).raw(1) if NAME in r.case)
    with pytest.raises(UsageError, match="--why"):
        erase_case(store, case, " ", actor())
    db = str(tmp_path / "casereview.db")
    asked = CliRunner().invoke(app, ["erase", NAME, "--why", "期满", "--db", db], input="n\n")
    assert asked.exit_code != 0 and NAME.encode() in raw_bytes(tmp_path)


def test_a_campaign_says_how_long_its_cases_are_kept(planted_store, tmp_path):
    """--due erases what is past the day of its campaign, and nothing else."""
    db = str(tmp_path / "casereview.db")
    run = CliRunner().invoke
    by = ["--by", "王组长", "--db", db]
    made = run(app, ["campaign", "new", "旧活动", "--run", "1", "--keep-until", "2020-01-01", *by])
    assert made.exit_code == 0, made.output
    done = run(app, ["erase", "--due", "--yes", *by])
    assert done.exit_code == 0, done.output
    assert NAME.encode() not in raw_bytes(tmp_path)
    again = run(app, ["erase", "--due", "--yes", *by])
    assert "没有过了留存期限" in again.output


def test_a_case_that_may_be_shared(tmp_path):
    """Names, IDs, phones and homes are gone from texts, tables and file names; what it is about
    stays, and it is a case again.
    """
    case = tmp_path / "某县水务局" / f"芦水罚决〔2025〕7号 {NAME}"
    case.mkdir(parents=True)
    card = resident(random.Random(3), 1980)
    (case / f"询问笔录 {NAME}.txt").write_text(
        f"询问笔录\n被询问人：{NAME}，男，身份证号码：{card}\n住址：{STREET}\n电话：{NUMBER}\n"
        f"询问人：丁玲、魏青山\n问：{NAME}，你何时取水？答：2025年3月12日取水。\n"
        "芦汀县水务局以芦水罚决〔2025〕7号罚款20000元。",
        "utf-8",
    )
    out = tmp_path / "分享"
    done = CliRunner().invoke(app, ["anonymise", str(case), "-o", str(out)])
    assert done.exit_code == 0, done.output
    files = [p for p in out.rglob("*") if p.is_file()]
    text = "".join(everything_in(p.read_bytes()) for p in files)
    names = "".join(str(p.relative_to(out)) for p in files)
    assert not [x for x in (NAME, card, STREET, NUMBER) if x in text + names]
    assert all(x in text for x in ("询问笔录", "2025年3月12日", "罚款20000元", "尉迟某"))
    inside = CliRunner().invoke(app, ["anonymise", str(case), "-o", str(case / "x")])
    assert isinstance(inside.exception, UsageError) and not (case / "x").exists()


_SECRETS = (
    re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}\b"),
    re.compile(r"(?i)\b(?:password|passwd|secret|token)\s*[=:]\s*['\"][^'\"\s]{8,}['\"]"),
)
_ID = re.compile(r"(?<!\d)[1-8]\d{16}[\dXx](?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_HOST = re.compile("/(?:" + "home|Users|root" + r")/[a-z]\w+")


def tracked():
    """Every text that is kept in the repository."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.split(b"\0")
    for raw in filter(None, names):
        path = ROOT / raw.decode()
        if path.suffix in (
            ".py",
            ".md",
            ".yaml",
            ".csv",
            ".toml",
            ".sh",
            ".jsonl",
            ".json",
            ".txt",
        ):
            yield path, path.read_text("utf-8", errors="replace")


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no checkout")
def test_the_repository_holds_no_secret_and_nobody():
    """No key, no password, no path of anybody's home, no ID of a county that exists, no address
    but of example.com.
    """
    found = []
    for path, text in tracked():
        if path.name == "test_privacy.py":
            continue
        found += [(path.name, m[0]) for p in (*_SECRETS, _HOST) for m in p.finditer(text)]
        found += [(path.name, m[0]) for m in _ID.finditer(text) if id_check(m[0])]
        found += [(path.name, m[0]) for m in _MAIL.finditer(text) if "example" not in m[0].lower()]
    assert not found, found[:20]


def test_samples_name_nobody_that_lives():
    """The counties of the samples do not exist: their area codes begin with 99."""
    assert any(SAMPLES.rglob("*"))
    for path in (ROOT / "samples").rglob("*.py"):
        for m in re.finditer(r"(?<!\d)\d{17}[\dX](?!\d)", path.read_text("utf-8")):
            assert m[0].startswith("99"), (path, m[0])
