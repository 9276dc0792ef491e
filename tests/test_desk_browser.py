"""The desk in a real Chromium: the box lies on the words, a verdict moves the score and stays, two
browsers see each other, an edge is dragged, and every screen can be used without eyes or mouse.
"""

from __future__ import annotations

import re
import shutil
import socket
import threading
import time
import zipfile

import pdfplumber
import pytest
import uvicorn
from conftest import ROOT, SAMPLES
from ofd_writer import ofd
from test_acts import FARM, NAME, ORDER, WATER, who
from test_campaign import Silent
from test_desk import OTHER, PEN, Opened, sheet_with, unit_list
from test_issuing import settle
from test_reports import stored

from casereview.record.store import Store
from casereview.run.campaign import Order, score_folder
from casereview.run.campaigns import open_campaign
from casereview.run.destination import Wish
from casereview.run.engine import Step
from casereview.run.listener import Listener

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="这台机器没有 Chromium（Debian：apt install chromium）"
)
CHROMIUM_ARGS = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
AXE = ROOT / "tests" / "data" / "axe" / "axe.min.js"
SCREEN = {"width": 1366, "height": 768}
PDF_CASE, FAULTY, MERGED = 6, 4, 7  # of the samples: single PDFs, with faults, one merged PDF
SHOWN = [  # every screen
    "/",
    "/me",
    "/import",
    "/r/1",
    "/r/1/cases",
    "/r/1/u/1",
    "/r/1/compare",
    "/r/1/issue",
    "/r/1/objections",
    "/r/1/panel",
    "/r/1/s/1",
    "/r/1/u/1/i/1",
    f"/r/1/c/{FAULTY}",
    f"/r/1/c/{PDF_CASE}/i/1",
    f"/r/1/c/{MERGED}/course",
    f"/r/1/c/{MERGED}/split",
]


class Served(Opened):
    """A desk that answers on a port of its own."""

    def __init__(self, db, folders, engine=Silent):
        door = socket.socket()
        door.bind(("127.0.0.1", 0))
        super().__init__(db, folders, f"127.0.0.1:{door.getsockname()[1]}", engine)
        config = uvicorn.Config(self.app, log_level="warning", access_log=False)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, args=([door],), daemon=True)
        self.thread.start()
        until = time.monotonic() + 30
        while not self.server.started and time.monotonic() < until:
            time.sleep(0.02)

    def close(self):
        """Stop answering."""
        self.server.should_exit = True
        self.thread.join(10)


@pytest.fixture(scope="module")
def browser():
    """One Chromium for all tests here."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as p:
        chromium = p.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def desk(sample_results, rules, tmp_path):
    """A desk over a campaign."""
    store = stored(tmp_path / "a.db", sample_results.values(), rules).store
    store.save_units(1, [unit_list(next(r for r in store.results(1) if FARM in r.unit))])
    open_campaign(store, NAME, ORDER, who(), 1)
    served = Served(store.path, (SAMPLES,))
    yield served
    served.close()


@pytest.fixture
def sit(desk, browser):
    """Sits down in a browser of one's own."""
    opened = []

    def seat(name=PEN):
        context = browser.new_context(viewport=SCREEN, base_url=f"http://{desk.host}")
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(20000)
        page.on("console", lambda m: m.type == "error" and faults.append(m.text))
        page.goto("/in/" + desk.sessions.link(name))
        return page

    faults: list[str] = []
    yield seat
    for context in opened:
        context.close()
    assert not faults  # no script failed, nothing was blocked


def pressed(page, key):
    """Press a key and wait until what follows stands there."""
    before = page.locator("#work").element_handle()
    page.keyboard.press(key)
    page.wait_for_function("old => !old.isConnected", arg=before)
    page.wait_for_selector("#work")


def score(page):
    """The score that the head shows."""
    return float(page.locator("#score b").inner_text())


def opened_at(page, status):
    """Open the first item of a case in this status. Returns its address."""
    page.goto(f"/r/1/c/{FAULTY}")
    page.locator(f".item.is-{status}").first.click()
    page.wait_for_selector(f".panel .badge.is-{status}")
    return re.sub(r"\?.*", "", page.url)


def test_the_box_lies_on_the_quoted_words(desk, sit):
    """From the campaign to the case: what is lit is where the words stand on the page, as another
    library reads it.
    """
    page = sit()
    page.click("text=初评")
    page.click("nav >> text=案卷")
    page.locator(f"tbody tr:nth-child({PDF_CASE}) a").click()
    page.locator(".item.is-fail").first.click()
    lit = page.wait_for_selector("rect.lit")
    shown = lit.evaluate(
        """rect => {
          const sheet = rect.closest('.sheet'), paper = sheet.querySelector('img');
          const a = rect.getBoundingClientRect(), b = paper.getBoundingClientRect();
          return {quote: rect.dataset.quote, file: sheet.dataset.file, page: sheet.dataset.page,
                  box: [(a.left - b.left) / b.width, (a.top - b.top) / b.height,
                        (a.right - b.left) / b.width, (a.bottom - b.top) / b.height]};
        }"""
    )
    result = desk.history().results(1)[PDF_CASE - 1]
    path = SAMPLES / result.case / result.files[int(shown["file"])].file
    left, top, right, bottom = shown["box"]
    with pdfplumber.open(path) as pdf:
        sheet = pdf.pages[int(shown["page"]) - 1]
        inside = [
            c["text"]
            for c in sheet.chars
            if left < (c["x0"] + c["x1"]) / 2 / sheet.width < right
            and top < (c["top"] + c["bottom"]) / 2 / sheet.height < bottom
        ]
    assert bare(shown["quote"]) in bare("".join(inside))
    assert (right - left) * (bottom - top) < 0.1  # and not on half the page


def bare(text):
    """A text without blanks."""
    return "".join(text.split())


def test_a_key_overrules_and_it_stays(sit):
    """One key: the score moves, the next open item stands there; after a reload all is still so."""
    page = sit()
    there = opened_at(page, "fail")
    before = score(page)
    pressed(page, "1")
    after = score(page)
    assert after > before and page.url != there
    page.reload()
    assert score(page) == after
    page.goto(there)
    assert "否定" in page.inner_text(".opinions")
    pressed(page, "u")
    assert score(page) == before


def test_a_key_held_down_settles_one_item(desk, sit):
    """What comes next was not seen yet: nothing is said of it."""
    page = sit()
    opened_at(page, "manual")
    old = page.locator("#work").element_handle()
    for _ in range(6):
        page.keyboard.down("1")
    page.keyboard.up("1")
    page.wait_for_function("old => !old.isConnected", arg=old)
    page.wait_for_timeout(300)
    assert len(desk.history().rulings) == 1


def test_all_open_items_are_settled_with_two_keys_each_at_most(desk, sit):
    """A reviewer's keys on one case: counted, and nothing is left open."""
    page = sit()
    page.goto(f"/r/1/c/{FAULTY}")
    waiting = int(page.inner_text(".left b"))
    keys = 0
    while int(page.inner_text(".left b")) and keys <= 2 * waiting:
        pressed(page, "1")
        keys += 1
    assert waiting and keys <= 2 * waiting
    assert not any(
        f.effective in ("review", "manual") for f in desk.history().results(1)[FAULTY - 1].findings
    )


def test_a_draft_survives_a_closed_tab(sit):
    """What was typed stands there when the case is opened again."""
    page = sit()
    there = opened_at(page, "manual")
    page.keyboard.press("e")
    with page.expect_response(lambda r: r.url.endswith("/draft")):
        page.keyboard.type("1看到第三页")  # the keys of the desk are letters here
    page.close()
    again = sit()
    again.goto(there)
    assert again.input_value("#why") == "1看到第三页"


def test_two_browsers_on_one_finding(sit):
    """Each says something else; both see that it waits for a third."""
    first, second = sit(), sit(OTHER)
    there = opened_at(first, "fail")
    second.goto(there)
    pressed(first, "1")
    second.locator('#say [data-key="2"]').click()
    second.wait_for_function("old => location.href !== old", arg=there)
    for page in (first, second):
        page.goto(there)
        assert "意见不一，待裁定" in page.inner_text(".panel")


def test_an_edge_is_dragged_and_the_case_judged_again(desk, sit):
    """The paper begins where the edge was let go; the change of verdicts is shown."""
    page = sit()
    page.goto(f"/r/1/c/{MERGED}/split")
    start = page.locator('.leaf[data-page="3"]')
    kind = start.locator("select").input_value()
    moved_to = page.locator('.leaf[data-page="4"]').first
    edge, aim = start.locator(".edge"), moved_to.locator("img")
    edge.scroll_into_view_if_needed()
    a, b = edge.bounding_box(), aim.bounding_box()
    page.mouse.move(a["x"] + 8, a["y"] + 60)
    page.mouse.down()
    page.mouse.move(b["x"] + 50, b["y"] + 60, steps=4)
    page.mouse.up()
    assert moved_to.locator("select").input_value() == kind
    assert start.locator("select").input_value() == ""
    page.click("text=按更正重新评查本案")
    page.wait_for_selector("#moved", timeout=30000)
    papers = desk.history().results(1)[MERGED - 1].documents
    assert [(d.page_from, d.page_to) for d in papers if d.kind == kind] == [(4, 4)]


def test_a_workbook_is_handed_in(desk, sit, tmp_path):
    """A filled 复核表 chosen on the page is recorded."""
    path = tmp_path / "复核表.xlsx"
    path.write_bytes(sheet_with(desk.history(PEN), 2))
    page = sit()
    page.goto("/r/1")
    page.set_input_files("#sheet", path)
    page.click("text=读入复核表")
    page.wait_for_selector("text=已记录 2 项")
    assert len(desk.history().rulings) == 2


def test_no_screen_shuts_anybody_out(sit):
    """axe-core finds nothing serious on any screen, and none is wider than a small screen."""
    page = sit()
    bad = []
    for path in SHOWN:
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        bad += [(path, wide)] if wide > SCREEN["width"] else []
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("async () => (await axe.run()).violations")
        bad += [
            (path, v["id"], v["nodes"][0]["target"], v["nodes"][0]["failureSummary"][:200])
            for v in found
            if v["impact"] in ("serious", "critical")
        ]
    assert not bad


def shown_file(desk, page, case, end):
    """Open the file of a case that ends so, from the list above the pages."""
    files = desk.history().results(1)[case - 1].files
    page.goto(f"/r/1/c/{case}")
    at = next(n for n, f in enumerate(files) if f.file.endswith(end))
    with page.expect_navigation(url="**f=*"):
        page.select_option("#file", str(at))
    return files[at]


def test_what_is_no_page_is_shown_and_heard(desk, sit):
    """A photo with its time, a recording that plays, Word as text with the quoted run lit."""
    page = sit()
    photo = shown_file(desk, page, FAULTY, ".jpg")
    assert photo.created and f"拍摄时间 {photo.created}" in page.inner_text(".sheet")
    page.wait_for_function("() => document.querySelector('.sheet img').naturalWidth > 100")
    heard = shown_file(desk, page, FAULTY, ".wav")
    played = page.evaluate(
        """async () => {
          const it = document.querySelector('audio');
          await it.play();
          await new Promise(done => it.addEventListener('timeupdate', done, {once: true}));
          return [it.duration, it.currentTime, it.error];
        }"""
    )
    assert abs(played[0] - heard.seconds) < 0.5 and played[1] > 0 and played[2] is None
    result = desk.history().results(1)[FAULTY - 1]
    number, quote = next(
        (n, f.evidence[0].quote)
        for n, f in enumerate(result.findings, 1)
        if f.failed and f.evidence and f.evidence[0].file.endswith(".docx")
    )
    page.goto(f"/r/1/c/{FAULTY}/i/{number}")
    lit = page.locator(".text mark.lit")
    assert lit.count() and bare(lit.first.inner_text()) in bare(quote)
    assert lit.first.is_visible()


def test_ofd_is_shown_where_its_words_stand(browser, tmp_path):
    """The quoted line of an OFD is lit in its place."""
    case = tmp_path / "批" / WATER / "芦水罚决〔2025〕7号"
    case.mkdir(parents=True)
    lines = ["芦汀县水务局", "行政处罚决定书", "芦水罚决〔2025〕7号", "当事人：某建材厂"]
    texts = [(100, 80 + 40 * n, 16, line) for n, line in enumerate(lines)]
    (case / "行政处罚决定书.ofd").write_bytes(ofd([{"size": (595, 842), "texts": texts}]))
    db = tmp_path / "o.db"
    order = Order(tmp_path / "批", db, "2026-05-06", wish=Wish(trial=True))
    score_folder(order, Silent(), lambda: who().at, Listener())
    served = Served(db, (tmp_path,))
    context = browser.new_context(viewport=SCREEN, base_url=f"http://{served.host}")
    try:
        page = context.new_page()
        page.goto("/in/" + served.sessions.link(PEN))
        result = served.history().results(1)[0]
        number, quote = next(
            (n, p.quote)
            for n, f in enumerate(result.findings, 1)
            for p in f.evidence
            if p.quote and p.quote in lines
        )
        page.goto(f"/r/1/c/1/i/{number}")
        top = page.eval_on_selector("svg.placed rect.lit", "r => r.y.baseVal.value")
        assert abs(top - (80 + 40 * lines.index(quote))) < 4
    finally:
        context.close()
        served.close()


def test_papers_are_previewed_issued_and_taken_away(desk, sit, tmp_path):
    """Refused first, with the reasons; looked at as a draft; then the act, and the papers."""
    page = sit()
    page.goto("/r/1/issue")
    page.fill("text=联系人 >> xpath=following-sibling::input[1]", "周某")
    page.fill("text=联系电话 >> xpath=following-sibling::input[1]", "0550-1234567")
    page.fill("#due", "2026-06-08")
    page.click("button.main")
    assert "还不能印发" in page.inner_text(".note")
    assert page.input_value("#due") == "2026-06-08"
    page.click("text=预览草稿")
    page.wait_for_selector("h1:has-text('草稿')")
    assert "整改通知书" in page.inner_text(".items")
    settle(Store(desk.db))
    page.goto("/r/1/issue")
    page.click("button.main")
    assert f"已印发 {WATER}" in page.inner_text(".note")
    with page.expect_download() as taken:
        page.click("text=全部取走")
    taken.value.save_as(tmp_path / "取走.zip")
    names = zipfile.ZipFile(tmp_path / "取走.zip").namelist()
    assert f"{WATER}/整改通知书.docx" in names


class Long(Silent):
    """An engine that is at its second case until it is stopped, at most a minute."""

    def run(self, jobs, listen):
        """The first case, and then the same file again and again."""
        done = super().run(jobs, listen)
        yield next(done)
        for _ in range(600):
            time.sleep(0.1)
            listen(jobs[1].name, Step("01 卷宗封面.docx", 1))
        yield from done


def started(page, unit):
    """Have the folder of a unit scored as a trial."""
    page.goto("/import")
    page.select_option("#round", "试评")
    page.check(f"label:has-text('{unit}')")
    page.click("text=评查选中的文件夹")


def test_a_folder_is_scored_and_opened(sit):
    """The bar fills while people look on; then the results are a click away."""
    page = sit()
    started(page, WATER)
    page.wait_for_selector("text=评查结束", timeout=60000)
    assert "4/4 个案卷" in page.inner_text("#progress")
    page.click("text=打开结果")
    assert WATER in page.inner_text("main")


def test_what_is_scored_can_be_stopped(browser, tmp_path):
    """The page says at which case and file it is; a stop keeps what was scored."""
    served = Served(tmp_path / "a.db", (SAMPLES,), Long)
    context = browser.new_context(viewport=SCREEN, base_url=f"http://{served.host}")
    try:
        page = context.new_page()
        page.goto("/in/" + served.sessions.link(PEN))
        started(page, FARM)
        page.wait_for_selector("#progress :text('01 卷宗封面.docx')", timeout=30000)
        assert "1/4 个案卷" in page.inner_text("#progress")
        page.click("text=停止（已评的保留）")
        page.wait_for_selector("text=已保存 1 个案卷", timeout=30000)
        assert len(list(Store(served.db).results(1))) == 1
    finally:
        context.close()
        served.close()


def test_a_case_prints_without_what_is_only_for_the_screen(sit):
    """Printed: the page with what is lit and what was found, without menus, filters and keys."""
    page = sit()
    opened_at(page, "fail")
    page.emulate_media(media="print")
    for hidden in (".top nav", ".items", ".say", ".keys", ".sheets .bar"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator(".panel .message").is_visible()
    assert page.locator(".sheet").first.is_visible()
    assert len(page.pdf()) > 10_000
