"""The reviewer's desk without a browser: who is let in, what fails closed, and that what is said on
a page is the same act as at the terminal.
"""

from __future__ import annotations

import datetime as dt
import html
import io
import itertools
import re
import time
from dataclasses import replace

import openpyxl
import pytest
from conftest import SAMPLES, as_data
from starlette.testclient import TestClient
from test_campaign import Silent
from test_reports import stored
from test_reviewing import of_unit

from casereview.desk.app import ACTS, SCREENS, SLOW, build
from casereview.desk.guard import HEADERS
from casereview.desk.office import Setting
from casereview.desk.sessions import Sessions
from casereview.errors import UsageError
from casereview.privacy.mask import masker
from casereview.record.entries import ListedFinding, ListIssued, PanelAssigned, UnitAnswered
from casereview.record.journal import Journal, event_of
from casereview.record.store import Store
from casereview.reports.excel.review_sheet import VERDICT, sheet_of
from casereview.rounds.history import History
from casereview.rounds.listing import Asked
from casereview.rounds.rulings import SEALED
from casereview.rounds.settling import GOOD, of_case, to_settle
from casereview.run.engine import Done
from casereview.run.inbox import chosen
from casereview.run.reviewing import phrases

HOST = "127.0.0.1:8123"
HERE = {"host": HOST, "origin": f"http://{HOST}"}
PEN, OTHER = "白露", "谷雨"
EVIL = "<img src=x onerror=alert(1)>\"'</textarea><script>alert(2)</script>"
OPEN_CASE = 4  # a case of the samples with five open items and four faults


class Moments:
    """A clock that moves on with every look."""

    def __init__(self):
        self.n = itertools.count()

    def __call__(self):
        return f"2026-05-06T08:00:00.{next(self.n):06}Z"


class Here:
    """Draws pages in this process."""

    def ask(self, job):
        """Do it now."""
        return Done(job, job.do({}, lambda name, size: None))

    def close(self):
        """Nothing stands ready."""


class Browser:
    """A browser at a desk: follows redirects, says who it is, presses what a form offers."""

    def __init__(self, app, sessions, name=PEN):
        self.client = TestClient(app, base_url=f"http://{HOST}", headers=HERE)
        self.client.get("/in/" + sessions.link(name))

    def get(self, path, status=200):
        """A page as text."""
        got = self.client.get(path)
        assert got.status_code == status, got.text[:2000]
        return got.text

    def post(self, path, status=200, files=None, **form):
        """The page after an act."""
        got = self.client.post(path, data=form, files=files)
        assert got.status_code == status, got.text[:2000]
        self.at = got.url.path
        return got.text

    def say(self, item, word, case=OPEN_CASE, **form):
        """Say something of an item, as its form does."""
        there = f"/r/1/c/{case}/i/{item}"
        key = re.search(r'name="key" value="([^"]+)"', self.get(there)).group(1)
        return self.post(f"{there}/say", word=word, key=key, **form)


class Opened:
    """An open desk over a store."""

    def __init__(self, db, folders=(), host=HOST, engine=Silent):
        self.db, self.host, self.sessions = db, host, Sessions()
        setting = Setting(db, folders, Moments(), lambda: dt.date(2026, 5, 6), engine, Here)
        self.app = build(setting, self.sessions, (host,))

    def browser(self, name=PEN):
        """One more browser."""
        return Browser(self.app, self.sessions, name)

    def history(self, viewer=""):
        """The store as anybody else sees it."""
        return History(Store(self.db), viewer=viewer)


@pytest.fixture
def desk(sample_results, rules, tmp_path):
    """A desk over the samples."""
    return Opened(stored(tmp_path / "a.db", sample_results.values(), rules).store.path, (SAMPLES,))


@pytest.fixture
def pen(desk):
    """A browser that was let in."""
    return desk.browser()


def items_of(desk, status, case=OPEN_CASE):
    """Numbers of the items of a case in this effective status."""
    findings = desk.history().results(1)[case - 1].findings
    return [n for n, f in enumerate(findings, 1) if f.effective == status]


def test_a_link_opens_one_browser_once(desk):
    """The second who holds the link is refused; the cookie is no script's and no other site's."""
    link = "/in/" + desk.sessions.link()
    client = TestClient(desk.app, base_url=f"http://{HOST}", headers=HERE, follow_redirects=False)
    cookie = client.get(link).headers["set-cookie"]
    assert "HttpOnly" in cookie and "samesite=strict" in cookie.lower()
    assert client.get(link).status_code == 403
    assert client.get("/").headers["location"] == "/me"  # it is asked whose desk it is


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": "evil.example"},
        {"host": "127.0.0.1:80"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": f"https://{HOST}"},
        {"sec-fetch-site": "cross-site"},
        {"cookie": "desk=guessed"},
    ],
    ids=str,
)
def test_what_is_not_plainly_ours_changes_nothing(desk, pen, wrong):
    """A foreign address, page or cookie is refused before the act."""
    there = f"/r/1/c/{OPEN_CASE}/i/1/say"
    cookie = wrong.get("cookie") or f"desk={pen.client.cookies['desk']}"
    client = TestClient(desk.app, base_url=f"http://{HOST}")
    got = client.post(there, data={"word": "合格"}, headers={**HERE, "cookie": cookie} | wrong)
    assert got.status_code in (403, 421)
    assert not desk.history().rulings


def test_an_act_without_an_origin_is_refused(desk, pen):
    """A form that does not say from which page it comes is not taken; other verbs are not known."""
    headers = {"host": HOST, "cookie": f"desk={pen.client.cookies['desk']}"}
    client = TestClient(desk.app, base_url=f"http://{HOST}")
    assert client.post("/me/name", data={"name": "甲"}, headers=headers).status_code == 403
    assert client.put("/me/name", headers=headers | HERE).status_code == 405
    assert client.get("/me", headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/", "/r/1", "/nothing", "/in/wrong", "/static/desk.css"])
def test_every_answer_loads_nothing_from_outside(desk, path):
    """Let in or not, found or not: the same headers."""
    for client in (desk.browser().client, TestClient(desk.app, base_url=f"http://{HOST}")):
        got = client.get(path, headers=HERE)
        assert {k: got.headers.get(k) for k in HEADERS} == HEADERS
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize("path", [*SCREENS, *ACTS, *SLOW])
def test_nothing_is_shown_or_done_without_the_cookie(desk, path):
    """Every address of the desk asks who is there."""
    path = re.sub(r"\{\w+:int\}", "1", path)
    client = TestClient(desk.app, base_url=f"http://{HOST}", headers=HERE)
    for got in (client.get(path), client.post(path)):
        assert got.status_code == 403 and "栖" not in got.text


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2f..%2fcli%2fapp.py",
        "/static//etc/passwd",
        "/r/1/c/1/f/../../../../etc/passwd",
        "/r/1/c/1/f/999/1.jpg",
        "/r/1/c/1/f/-1/1.jpg",
        "/r/1/c/999/f/0/1.jpg",
        "/r/1/c/0/f/0/raw",
        "/r/9/c/1/f/0/raw",
        "/r/1/c/1/f/0/raw",  # a paper is never given as it is
        "/r/1/c/1/f/%2fetc%2fpasswd/raw",
    ],
)
def test_no_path_from_outside_reaches_the_disk(pen, path):
    """Files are known by their number in the store alone."""
    pen.get(path, 404)


def test_only_folders_that_were_named_can_be_scored(desk, pen):
    """A folder is chosen by what the page listed; a path is no choice."""
    outside = str(SAMPLES.parent / "maker")
    page = pen.post("/import/score", folder=outside, round="试评")
    assert "没有这个文件夹" in page
    with pytest.raises(UsageError):
        chosen((SAMPLES,), outside)
    listed = re.findall(r'name="folder" value="(\w+)"', pen.get("/import"))
    assert listed and all(
        SAMPLES in (p := chosen((SAMPLES,), k)).parents or p == SAMPLES for k in listed
    )


def unit_list(r, **said):
    """The list of the unit of a case: an open item and a fault. ``said``: of the fault."""
    rows = of_unit(r)
    return replace(
        rows, findings=(rows.findings[0], replace(rows.findings[1], status="fail", **said))
    )


@pytest.fixture
def evil(sample_results, rules, tmp_path):
    """A desk over a case whose every text is markup."""
    row = as_data([next(iter(sample_results.values()))])[0]
    row |= {"title": EVIL, "unit": EVIL, "case": f"{EVIL}/{EVIL}", "batch": EVIL}
    for f in row["findings"]:
        f |= {"message": EVIL, "working": [EVIL], "status": "fail", "veto": True}
        f["evidence"] = [{"file": EVIL, "page": 1, "box": [1, 2, 3, 4], "quote": EVIL}]
    for f in row["files"]:
        f |= {"file": f"{EVIL}{f['file']}"}
    row["documents"] = [d | {"file": EVIL, "kind": EVIL} for d in row["documents"]]
    row["unread"] = [{"file": EVIL, "outcome": "damaged", "reason": EVIL}]
    for fact in row["facts"].values():
        fact |= {"value": EVIL, "text": EVIL}
    history = stored(tmp_path / "e.db", [row], rules)
    result = history.results(1)[0]
    history.store.save_units(1, [unit_list(result, message=EVIL, working=(EVIL,))])
    f = result.findings[0]
    about = {"case": result.case, "check": f.check, "identity": f.identity}
    listed = ListIssued(run=1, unit=EVIL, due="2026-05-26", findings=(ListedFinding(**about),))
    answer = UnitAnswered(**about, unit=EVIL, run=1, word="有异议", note=EVIL, measure=EVIL)
    at = "2026-05-06T07:00:00Z"
    history.journal.add([event_of(at, EVIL, listed), event_of(at, EVIL, answer)])
    return Opened(history.store.path)


@pytest.mark.parametrize("path", [p for p in SCREENS if "progress" not in p])
def test_markup_in_a_case_stays_text(evil, path):
    """Names, sentences, quotes, reasons: nothing of a case becomes part of a page."""
    pen = evil.browser(EVIL[:20])
    pen.post("/r/1/c/1/i/1/draft", 204, why=EVIL, says=EVIL)
    pen.post("/r/1/issue/preview", unit=EVIL, 联系人=EVIL)
    page = pen.get(re.sub(r"\{\w+:int\}", "1", path).replace("/u/1/i/1", "/u/1/i/2"))
    assert "<img src=x" not in page and "<script>alert" not in page
    assert "onerror=alert(1)>" not in page.replace("onerror=alert(1)&gt;", "")


def test_the_markup_of_an_answer_is_shown_as_text(evil):
    """An objection full of markup is read, and stays one that can be decided."""
    page = evil.browser().get("/r/1/objections")
    assert "&lt;script&gt;alert(2)" in page and "单位的异议" in page


def test_a_desk_without_anything_yet(tmp_path):
    """An empty folder, no store: the desk opens and says what to do; what is not there is told."""
    (tmp_path / "空").mkdir()
    pen = Opened(tmp_path / "new.db", (tmp_path / "空",)).browser()
    assert "还没有评查活动" in pen.get("/") and "没有文件夹" in pen.get("/import")
    assert "没有第 1 次评查" in pen.get("/r/1", 404)


def test_who_sits_here_is_asked_first(desk):
    """Nothing is shown before there is a name; a name that cannot be one is refused."""
    nobody = desk.browser("")
    assert "这是谁的评查台" in nobody.get("/r/1/cases")
    assert "请写评查员的姓名" in nobody.post("/me/name", name="  ")
    assert "看不见的字符" in nobody.post("/me/name", name="甲\u200b乙")
    assert "2025年度评查" in nobody.post("/me/name", name=" 白 露 ")
    link = re.search(r'value="http://[^/]+(/in/[^"]+)"', nobody.post("/me/link")).group(1)
    other = TestClient(desk.app, base_url=f"http://{HOST}", headers=HERE)
    assert other.get(link).status_code == 200


def test_reasons_are_offered_and_what_is_open_is_listed(desk, pen):
    """The phrases of the rules stand beside the item; a filter shows what waits and no more."""
    page = pen.get(f"/r/1/c/{OPEN_CASE}?show=open")
    assert all(text in page for lines in phrases().values() for text in lines)
    listed = {int(n) for n in re.findall(r'data-number="(\d+)"', page)}
    assert listed == {*items_of(desk, "manual"), *items_of(desk, "review")}


def test_the_standard_tells_on_what_an_item_rests(pen):
    """Requirement, versions of the law, numbers of the law with their days, examples, failures."""
    page = pen.get("/r/1/s/1?item=service.within-7-days")
    for told in ("2021-07-15 起", "7日（工作日）", "行政处罚法61、85", "第八个工作日", "14号"):
        assert told in page


def test_what_is_said_on_a_page_is_a_ruling(desk, pen):
    """Verdict, reason and public sentence arrive; the score follows, and the next item opens."""
    before = desk.history().results(1)[OPEN_CASE - 1]
    fault, waiting = items_of(desk, "fail")[0], items_of(desk, "manual")
    page = pen.say(fault, "合格", why="原件上有", says="不该写进去的话")
    ruled = desk.history().rulings
    assert [(r.action, r.by, r.why, r.says) for r in ruled] == [("overrule", PEN, "原件上有", "")]
    after = desk.history().results(1)[OPEN_CASE - 1]
    assert after.score > before.score and f"<b>{after.score:g}</b>" in page
    assert pen.at in {f"/r/1/c/{OPEN_CASE}/i/{n}" for n in [*waiting, *items_of(desk, "review")]}
    assert "原件上有" in pen.get(f"/r/1/c/{OPEN_CASE}/i/{fault}")  # still there


def test_a_slip_is_taken_back(desk, pen):
    """Undo takes back the last of what was said, and then what was said before."""
    first, second = items_of(desk, "fail")[:2]
    pen.say(first, "合格")
    pen.say(second, "合格")
    page = pen.post(f"/r/1/c/{OPEN_CASE}/undo")
    assert pen.at.endswith(f"/i/{second}") and "已撤回" in page
    assert second in items_of(desk, "fail") and first not in items_of(desk, "fail")
    pen.post(f"/r/1/c/{OPEN_CASE}/undo")
    assert first in items_of(desk, "fail")
    assert "没有您可以撤回的意见" in pen.post(f"/r/1/c/{OPEN_CASE}/undo")


def test_a_draft_outlives_the_tab_and_the_program(desk, pen):
    """What was typed stands there again, for this person alone, until it is said."""
    item = items_of(desk, "manual")[0]
    there = f"/r/1/c/{OPEN_CASE}/i/{item}"
    pen.post(f"{there}/draft", 204, why="看到一半", says="程序有缺")
    again = Opened(desk.db)
    assert "看到一半" in again.browser().get(there)
    assert "看到一半" not in again.browser(OTHER).get(there)
    pen.say(item, "合格", why="看完了")
    assert "看到一半" not in pen.get(there)


def placeless(desk):
    """Numbers of a case and of an open item of it that stands at no place."""
    history = desk.history()
    return next(
        (c, n)
        for c in range(1, 9)
        for n, p in enumerate(of_case(history, 1, c), 1)
        if p.line.unsettled and p.lacks_place
    )


def test_what_cannot_be_said_is_told_and_kept(desk, pen):
    """A fault without a place is refused in words, and what was written stays in the form."""
    case, bare = placeless(desk)
    page = pen.say(bare, "不合格", case, why="没有写明")
    assert "要写明在哪里：“问题在哪里”一栏" in page and "--" not in page.partition("<nav")[2]
    assert ">没有写明</textarea>" in page
    assert not desk.history().rulings
    stale = pen.post(f"/r/1/c/{case}/i/{bare}/say", word="合格", key="0" * 41)
    assert "依据刚刚变了" in stale and not desk.history().rulings


def test_a_fault_is_placed_by_turning_to_its_page(desk, pen):
    """The page that is turned to stands in the form as the place; nobody types it."""
    case, bare = placeless(desk)
    page = pen.get(f"/r/1/c/{case}/i/{bare}?f=2&p=1")
    at = re.search(r'<input id="at"[^>]* value="([^"]*)"', page).group(1)
    file = desk.history().results(1)[case - 1].files[2].file
    assert at == f"{file}:1"
    pen.say(bare, "不合格", case, at=at, says="照片没有写明地点。")
    (ruling,) = desk.history().rulings
    assert (ruling.place.file, ruling.place.page, ruling.says) == (file, 1, "照片没有写明地点。")


def test_two_browsers_on_one_finding(desk, pen):
    """Both are kept; where they differ nobody's holds until it is settled."""
    other, item = desk.browser(OTHER), items_of(desk, "fail")[0]
    pen.say(item, "合格")
    assert PEN in other.get(f"/r/1/c/{OPEN_CASE}/i/{item}")
    other.say(item, "不合格")
    page = pen.get(f"/r/1/c/{OPEN_CASE}/i/{item}")
    assert "意见不一，待裁定" in page and OTHER in page
    desk.browser("组长").say(item, "合格", settle="1")
    assert item in items_of(desk, "pass")


def test_blind_double_review(desk, pen):
    """Neither sees the other before both handed in; then what differs is in one list."""
    other = desk.browser(OTHER)
    case = desk.history().results(1)[OPEN_CASE - 1]
    given = PanelAssigned(
        run=1, case=case.case, case_key=case.case_key, reviewers=(PEN, OTHER), seed="s"
    )
    Journal(Store(desk.db)).add([event_of("2026-05-06T07:00:00Z", "组织者", given)])
    item = items_of(desk, "fail")[0]
    there = f"/r/1/c/{OPEN_CASE}"
    pen.say(item, "合格", why="我看是有的")
    assert "我看是有的" not in other.get(f"{there}/i/{item}")
    assert "分派给了" in desk.browser("路人").get(f"{there}/i/{item}")
    pen.post(f"{there}/hand-in")
    assert "您已经提交" in pen.get(f"{there}/i/{item}")
    other.say(item, "不合格", why="确实没有")
    other.post(f"{there}/hand-in")
    assert "我看是有的" in other.get(f"{there}/i/{item}")
    assert f"{there}/i/{item}" in pen.get("/r/1/panel")
    assert SEALED not in pen.get(f"{there}/i/{item}")


def sheet_with(history, n):
    """A 复核表 of the first run in which the first rows are called 合格."""
    rows = to_settle(history, 1, Asked(), PEN).rows
    book = openpyxl.load_workbook(io.BytesIO(sheet_of("试评", rows, masker(history.results(1)))))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    head = next(c for c in cells if c.value == VERDICT)
    for k in range(1, n + 1):
        head.offset(row=k).value = GOOD
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_sheet_and_rubbish_are_handed_in(desk, pen):
    """A filled 复核表 is recorded; what is none is refused by its own name."""
    data = sheet_with(desk.history(PEN), 3)
    page = pen.post("/r/1/sheet", files={"file": ("../../复核表.xlsx", data)})
    assert "已记录 3 项" in page and len(desk.history().rulings) == 3
    page = pen.post("/r/1/sheet", files={"file": ("../甲.xlsx", b"rubbish")})
    assert "../甲.xlsx" in page and "handed-in" not in page
    assert "不是表格" in pen.post("/r/1/answers", files={"file": ("甲.exe", b"MZ")})


def test_a_split_is_put_right_and_only_this_case_is_judged_again(desk, pen):
    """Two pages change their paper; the change of verdicts is shown; a reset undoes it."""
    case = next(n for n, r in enumerate(desk.history().results(1), 1) if r.files[0].pages > 20)
    there = f"/r/1/c/{case}/split"
    page = pen.get(there)
    form = {
        select: chosen_of.group(1)
        if (chosen_of := re.search(r"<option selected>([^<]+)", body))
        else ""
        for select, body in re.findall(r'<select name="(k[\d.]+)"[^>]*>(.*?)</select>', page, re.S)
    }
    first = next(k for k, v in form.items() if v == "立案审批表")
    page = pen.post(f"{there}/save", **form | {first: "其他"})
    assert "立案审批表在卷：合格 → " in page
    revised = desk.history().results(1)
    assert not any(d.kind == "立案审批表" for d in revised[case - 1].documents)
    assert "→ 合格" in pen.post(f"{there}/reset")


def test_a_folder_is_scored_while_the_desk_goes_on(desk, pen):
    """Chosen, scored beside the desk, told as it goes, and shown when it is done."""
    listed = re.findall(r'value="(\w+)" id="(f\d+)".*?<label for="\2">([^<]+)<', pen.get("/import"))
    key = next(key for key, _, name in listed if name == "芦汀县水务局")
    pen.post("/import/score", folder=key, round="试评")
    until = time.monotonic() + 120
    while "正在评查" in (page := pen.get("/import/progress")) and time.monotonic() < until:
        time.sleep(0.2)
    assert "4/4 个案卷" in page and 'href="/r/2"' in page
    assert "芦汀县水务局" in pen.get("/r/2")  # the desk sees what another hand wrote
    assert len(desk.history().results(2)) == 4


def test_two_rounds_stand_side_by_side(desk, pen):
    """What became of every fault, against the round that is asked for."""
    store = Store(desk.db)
    header = replace(store.run_row(1), id=0, started="2026-09-01T00:00:00Z", as_of="2026-09-01")
    again = store.start_run(header)
    for r in list(store.results(1))[:3]:
        store.save_case(again, replace(r, run=0))
    store.finish_run(again, "2026-09-01T00:00:00Z")
    page = pen.get(f"/r/{again}/compare")
    assert "第 1 次评查 → 第 2 次评查" in page and "未整改" in page
    assert page == pen.get(f"/r/{again}/compare?with=1")
    assert "没有第 77 次评查" in pen.get(f"/r/{again}/compare?with=77", 404)


def test_recordings_are_played_in_parts(desk, pen):
    """A recording is given from any byte on, under a type that plays and does nothing else."""
    results = desk.history().results(1)
    case, file = next(
        (n, k)
        for n, r in enumerate(results, 1)
        for k, f in enumerate(r.files)
        if f.file.endswith(".wav")
    )
    got = pen.client.get(f"/r/1/c/{case}/f/{file}/raw", headers={"range": "bytes=0-3"})
    assert got.status_code == 206 and got.content == b"RIFF"
    assert got.headers["content-type"] == "audio/wav"


def test_a_long_list_has_pages(desk, pen, monkeypatch):
    """So many cases a page, the filters go along; no page shows a case twice."""
    monkeypatch.setattr("casereview.desk.campaign_screens.ROWS", 3)
    count = len(desk.history().heads(1))
    shown, address = [], "/r/1/cases?open=1"
    while address:
        text = pen.get(address)
        shown.append(re.findall(r'href="(/r/1/c/\d+)"', text))
        onward = re.search(r'href="([^"]+)">下一页', text)
        address = html.unescape(onward.group(1)) if onward else ""
        assert not address or "open=1" in address
    pages = [set(page) for page in shown]
    assert (
        len(pages) == -(-count // 3) and sum(map(len, pages)) == len(set().union(*pages)) == count
    )
    assert "上一页" in text
