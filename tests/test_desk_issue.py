"""Issuing, waivers and the items of units from the page: the same acts as at the terminal, refused
for the same reasons, and what was written can be taken away by nobody else.
"""

from __future__ import annotations

import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import SAMPLES
from test_acts import FARM, NAME, ORDER, WATER, who
from test_desk import OPEN_CASE, Opened, items_of, unit_list
from test_issuing import settle
from test_play import answered
from test_reports import stored

from casereview.record.drafts import Drafts
from casereview.record.store import Store
from casereview.reports.excel.rectification_answers import answers
from casereview.rounds.rulings import WAIVED
from casereview.run.campaigns import open_campaign
from casereview.run.decisions import listed
from casereview.run.issuing import issued
from casereview.run.outbox import acts, bundle, fresh, paper

SAID = {"联系人": "周某", "联系电话": "0550-1234567", "what": "整改通知书", "due": "2026-06-08"}


@pytest.fixture
def desk(sample_results, rules, tmp_path):
    """A desk over a campaign of which nothing is decided yet."""
    store = stored(tmp_path / "a.db", sample_results.values(), rules).store
    store.save_units(1, [unit_list(next(iter(store.results(1))))])
    open_campaign(store, NAME, ORDER, who(), 1)
    return Opened(store.path, (SAMPLES,))


@pytest.fixture
def pen(desk):
    """A browser that was let in."""
    return desk.browser()


def test_a_refusal_lists_what_is_missing_and_keeps_what_was_typed(desk, pen):
    """Nothing goes out, no folder appears, and the form stands there as it was."""
    page = pen.post("/r/1/issue/send", **SAID)
    assert "还不能印发" in page and "项还没有判断" in page and "批准人" in page
    assert "--" not in re.sub(r"<script.*?</script>", "", page).split("<h1>", 1)[1]
    assert 'value="0550-1234567"' in page and 'value="2026-06-08"' in page
    assert not issued(Store(desk.db)) and not (desk.db.parent / "印发").exists()


def test_a_preview_shows_drafts_and_records_nothing(desk, pen):
    """Each paper says that it is a draft; the bundle holds the same."""
    page = pen.post("/r/1/issue/preview", unit=WATER, **SAID)
    assert pen.at == "/r/1/issue/draft" and "草稿，未经印发" in page
    assert "整改通知书" in page and WATER in page and FARM not in page
    assert "2026年6月8日" in page and "【发文字号】" in pen.get("/r/1/issue/draft?n=1")
    got = pen.client.get("/r/1/issue/draft/all.zip").content
    names = zipfile.ZipFile(io.BytesIO(got)).namelist()
    assert names and all(WATER in n for n in names)
    assert page.count('class="item"') == len(names)
    assert not issued(Store(desk.db)) and not Store(desk.db).numbers()
    assert "还没有预览" in desk.browser("别人").get("/r/1/issue/draft", 404)


def test_a_person_lets_it_go_out_and_it_is_recorded(desk, pen):
    """With name and reason; the papers are on the disk, on the page and in the bundle; their list
    is one that comes back.
    """
    page = pen.post("/r/1/issue/send", **SAID, signer="局长", why="上级要求提前")
    assert "批准提前印发" in page and "已印发" in page
    sent = [p for _, p in issued(Store(desk.db))]
    assert {p.unit for p in sent} == {WATER, FARM}
    assert {(p.signer, p.why) for p in sent} == {("局长", "上级要求提前")}
    assert all(p.lacking and p.due == "2026-06-08" for p in sent)
    [act] = acts(next((desk.db.parent / "印发").iterdir()))
    listed_there = dict(re.findall(r'href="/r/1/papers/(\w{20})">([^<]+)<', page))
    assert listed_there == {p.key: p.name for p in act.papers}
    one = next(p for p in act.papers if p.name.endswith(".xlsx"))
    got = pen.client.get(f"/r/1/papers/{one.key}")
    assert (
        got.content == one.path.read_bytes() and "attachment" in got.headers["content-disposition"]
    )
    every = zipfile.ZipFile(io.BytesIO(pen.client.get(f"/r/1/papers/{act.name}/all.zip").content))
    assert {n: every.read(n) for n in every.namelist()} == {
        p.name: p.path.read_bytes() for p in act.papers
    }
    store = Store(desk.db)
    assert not answers(one.path, listed(store, who().today), who().today).answers  # nothing is said
    back = answered(one.path, desk.db.parent / "回.xls", [("有异议", "原件有")])
    told = pen.post("/r/1/answers", files={"file": ("甲局.xls", back.read_bytes())})
    assert "导入反馈 1 条" in told and "甲局.xls：第" in told and "handed-in" not in told
    assert "已经印发" in pen.post("/r/1/issue/send", **SAID, signer="局长", why="急")
    kept = Drafts(store).of("白露", "issue")
    assert kept["signer"] == "局长"  # what was refused stays


def test_a_second_click_issues_nothing(desk, pen):
    """Two requests at once: one goes out, the other is told that it did."""
    settle(Store(desk.db))
    other = desk.browser()
    with ThreadPoolExecutor(2) as both:
        pages = list(both.map(lambda b: b.post("/r/1/issue/send", **SAID), (pen, other)))
    assert sorted("写出" in page for page in pages) == [False, True]
    assert len(issued(Store(desk.db))) == 2  # one for each unit


def test_what_is_settled_goes_out_unit_by_unit_and_the_bulletin(desk, pen):
    """No signature is needed; each act has a folder of its own."""
    settle(Store(desk.db))
    done = pen.post("/r/1/issue/send", unit=FARM, **SAID | {"cases": "1"})
    assert f"已印发 {FARM}" in done and f"已印发 {WATER}" not in done
    told = SAID | {"what": "评查情况通报", "主送": "各单位"}
    assert "已印发 评查情况通报" in pen.post("/r/1/issue/send", **told)
    newest, first = acts(next((desk.db.parent / "印发").iterdir()))
    assert [p.name for p in newest.papers if p.name.endswith(".html")] == ["汇报网页.html"]
    assert any("个案评查意见书" in p.name for p in first.papers)
    assert (newest.name, first.name) == ("2026-05-06-2", "2026-05-06-1")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"days": "三十"}, "要写数字"),
        ({"what": "行政执法监督督办函", "unit": WATER}, "在“事由”一栏写明事由"),
        ({"联系人": "", "signer": "局长", "why": "急"}, "整改通知书还缺 联系人"),
        ({"unmasked": "1"}, "理由"),
        ({"unit": "没有这个局"}, "没有单位"),
    ],
)
def test_what_is_wrong_is_said_in_the_words_of_the_page(desk, pen, said, told):
    """And nothing went out."""
    page = pen.post("/r/1/issue/send", **SAID | said)
    assert told in page and not issued(Store(desk.db))
    assert not list((desk.db.parent / "印发").rglob("*.docx"))


def test_a_trial_offers_no_act(sample_results, rules, tmp_path):
    """It says that it is one; the act is refused as well."""
    store = stored(tmp_path / "a.db", sample_results.values(), rules).store
    pen = Opened(store.path).browser()
    page = pen.get("/r/1/issue")
    assert "试评不能印发" in page and "/issue/send" not in page
    assert "试评不能印发" in pen.post("/r/1/issue/send", **SAID)


@pytest.mark.parametrize("key", ["%2e%2e%2fa.db", "0" * 20, "a.db", "2026-05-06-1"])
def test_no_paper_is_taken_by_a_path(desk, pen, key):
    """A paper is known by its digest, an act by what is listed."""
    (desk.db.parent / "印发" / NAME / "2026-05-06-1").mkdir(parents=True)
    assert pen.client.get(f"/r/1/papers/{key}").status_code == 404
    assert pen.client.get(f"/r/1/papers/{key}/all.zip").status_code == 404


def test_a_waiver_needs_a_day_and_a_name_and_is_taken_back(desk, pen):
    """The waived fault costs nothing; what lacks is told; undo brings the fault back."""
    fault = items_of(desk, "fail")[0]
    told = pen.say(fault, "免予整改", why="数额轻微")
    assert "到哪一天为止" in told and not desk.history().rulings
    assert "数额轻微" in told  # the draft stays
    pen.say(fault, "免予整改", why="数额轻微", until="2026-12-31", signer="某局长")
    [ruling] = desk.history().rulings
    assert (ruling.action, ruling.until, ruling.signer) == ("waive", "2026-12-31", "某局长")
    assert fault in items_of(desk, WAIVED)
    assert "免予整改" in pen.get(f"/r/1/c/{OPEN_CASE}/i/{fault}")
    pen.post(f"/r/1/c/{OPEN_CASE}/i/{fault}/back")
    assert fault in items_of(desk, "fail")
    assert "已经过去" in pen.say(fault, "免予整改", why="轻", until="2026-01-31", signer="某")


def unit_item(desk, status):
    """The number of the unit in its address and of an item of its list in this status."""
    history = desk.history()
    result = history.units(1)[0]
    names = sorted({r.unit for r in history.results(1)})
    item = next(n for n, f in enumerate(result.findings, 1) if f.effective == status)
    return f"/r/1/u/{names.index(result.unit) + 1}/i/{item}", item


def test_an_item_of_a_unit_is_ruled_on(desk, pen):
    """Verdict, draft, waiver and back, as on an item of a case; its unit leads there."""
    there, item = unit_item(desk, "fail")
    assert there in pen.get(there.partition("/i/")[0])
    key = re.search(r'name="key" value="([^"]+)"', pen.get(there)).group(1)
    pen.post(f"{there}/draft", 204, why="看到一半")
    assert "看到一半" in pen.get(there)
    pen.post(f"{there}/say", word="合格", key=key, why="单位补交了名册")
    now = desk.history().units(1)[0].findings[item - 1]
    assert (now.effective, now.ruling.by, now.ruling.why) == ("pass", "白露", "单位补交了名册")
    assert "单位补交了名册" in pen.get(there).partition("<h3>意见</h3>")[2]
    pen.post(f"{there}/back")
    assert desk.history().units(1)[0].findings[item - 1].effective == "fail"
    pen.post(f"{there}/say", word="免予整改", key=key, why="轻", until="2026-12-31", signer="某")
    assert desk.history().units(1)[0].findings[item - 1].effective == WAIVED


def test_the_text_of_the_law_stands_beside_the_item(desk, pen):
    """The version that was in force when the case was decided, and no other, with its proof."""
    result = desk.history().results(1)[OPEN_CASE - 1]
    item = next(n for n, f in enumerate(result.findings, 1) if f.check == "service.within-7-days")
    ground = pen.get(f"/r/1/c/{OPEN_CASE}/i/{item}").partition("依据和标准")[2]
    assert "中华人民共和国行政处罚法，2021-07-15 起：读过原文" in ground
    assert "2018-01-01" not in ground


def test_a_unit_without_a_list_says_so(desk, pen):
    """The other unit of the samples was not judged by one; a wrong number is told."""
    there, _ = unit_item(desk, "fail")
    other = "/r/1/u/1" if "/u/2/" in there else "/r/1/u/2"
    assert "没有三项制度清单" in pen.get(f"{other}/i/1", 404)
    assert "没有第 99 项" in pen.get(there.rpartition("/")[0] + "/99", 404)


def test_folders_of_acts_follow_each_other(tmp_path):
    """The tenth comes after the ninth; an empty folder is no act."""
    for n in range(1, 11):
        where = fresh(tmp_path, "2026-05-06")
        where.mkdir()
        if n != 3:
            (where / "甲.docx").write_bytes(bytes([n]))
    assert [a.name for a in acts(tmp_path)][:2] == ["2026-05-06-10", "2026-05-06-9"]
    assert len(acts(tmp_path)) == 9 and not acts(tmp_path / "没有")
    first = acts(tmp_path)[0].papers[0]
    assert paper(tmp_path, first.key) == first
    assert bundle([("甲", b"1")]) == bundle([("甲", b"1")])
